import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { changedBuild } from '../../support/changed-build.ts';
import { reordered } from '../../support/changed-workflows.ts';

const run = promisify(execFile);

let built: Promise<string> | null = null;

/** The product in a version that asks in another order, so that no history of one replays under the other; made once. */
export function nextVersion(): Promise<string> {
  built ??= changedBuild([reordered]).then(({ tree }) => {
    process.once('exit', () => rmSync(tree, { recursive: true, force: true }));
    return tree;
  });
  return built;
}

/** What an operator types: payments start with that version from now on. Again until Temporal has heard of it. */
export async function makeCurrent(temporal: string, address: string, version: string): Promise<void> {
  const words = ['--deployment-name', 'paytone-payments', '--build-id', version, '--yes'];
  for (let tries = 60; ; tries -= 1) {
    try {
      await run(temporal, [
        ...['worker', 'deployment', 'set-current-version', ...words],
        ...['--address', address, '--namespace', 'default'],
      ]);
      return;
    } catch (error) {
      if (tries <= 1) throw error;
      await pause(500);
    }
  }
}
