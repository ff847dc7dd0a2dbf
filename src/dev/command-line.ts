import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** Where a clone does not have it yet, builds what `npx paytone-payments` runs, behind everything else; returns how to give that up. */
export function buildCommandLine(): () => Promise<void> {
  const command = new URL('dist/package/src/main/cli.js', root);
  if (existsSync(command)) return () => Promise.resolve();
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const project = fileURLToPath(new URL('tsconfig.package.json', root));
  const building = spawn(execPath, [compiler, '-p', project], { stdio: 'ignore' });
  if (building.pid !== undefined) setPriority(building.pid, constants.priority.PRIORITY_LOW);
  const ended = once(building, 'exit').then(() => {
    if (existsSync(command)) chmodSync(command, 0o755);
  });
  return async () => {
    building.kill();
    await ended;
  };
}
