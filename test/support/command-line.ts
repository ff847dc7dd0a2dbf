import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../dist/src/main/cli.js', import.meta.url));

/** `paytone-payments …` as an operator types it, built, in a process of its own. */
export async function runCli(environment: Readonly<Record<string, string>>, ...args: string[]) {
  if (!existsSync(script)) throw new Error('There is no built command line: run "npm run build" first.');
  const child = spawn(
    process.execPath,
    [script, ...args],
    // Only what an operator has: no Paytone account, no keys of order services.
    {
      env: { PATH: env['PATH'], HOME: env['HOME'], ...settingsOf(environment) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out: out.trimEnd(), error: error.trimEnd(), code: child.exitCode };
}

const settingsOf = (environment: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => /^(TEMPORAL_|PAYLOAD_KEYS)/.test(name)));
