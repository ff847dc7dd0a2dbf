import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

import type { TemporalProgram } from '../../src/dev/temporal-program.ts';

/** A program that no machine has and that nobody offers for download. */
export function fakeProgram(changes: Partial<TemporalProgram> = {}): TemporalProgram {
  return {
    name: 'fake-server',
    setting: 'FAKE_SERVER_PATH',
    version: '1.0.0',
    wheel: { package: 'fake-server-bin', sha256: { any: '0'.repeat(64) } },
    start: () => Promise.reject(new Error('download page out of reach')),
    alternatives: ['do without'],
    ...changes,
  };
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-dev-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

export async function writeExecutable(path: string, content = '#!/bin/sh\n'): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { mode: 0o755 });
  return path;
}

/** Leaves the wheel of `fakeProgram` in the folder, for pip's PIP_FIND_LINKS, and answers its sha256. */
export async function buildWheel(folder: string): Promise<string> {
  const stem = 'fake_server_bin-1.0.0';
  const files = {
    [`${stem}.data/scripts/fake-server`]: '#!/bin/sh\n',
    [`${stem}.dist-info/METADATA`]: 'Metadata-Version: 2.1\nName: fake-server-bin\nVersion: 1.0.0\n',
    [`${stem}.dist-info/WHEEL`]: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${stem}.dist-info/RECORD`]: '',
  };
  for (const [path, content] of Object.entries(files)) await writeExecutable(join(folder, path), content);
  const wheel = `${stem}-py3-none-any.whl`;
  execFileSync('python3', ['-m', 'zipfile', '-c', wheel, `${stem}.data`, `${stem}.dist-info`], {
    cwd: folder,
  });
  return createHash('sha256')
    .update(await readFile(join(folder, wheel)))
    .digest('hex');
}
