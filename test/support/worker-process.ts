import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../dist/src/main/worker.js', import.meta.url));

/** The built worker as production runs it, in a process that can be killed. */
export async function startWorkerProcess(environment: Readonly<Record<string, string>>) {
  if (!existsSync(script)) throw new Error('There is no built worker: run "npm run build" first.');
  const child = spawn(process.execPath, [script], {
    env: { PATH: env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (line.includes('worker is polling')) resolve();
    });
    void exited.then(() => reject(new Error(`the worker ended:\n${lines.join('\n')}`)));
  });
  return {
    lines,
    pid: child.pid ?? 0,
    async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}
