import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { env, stderr } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

type Environment = Readonly<Record<string, string>>;

/** One of our processes, built, as production runs it, in a process that can be killed. */
export async function startBuiltProcess(
  { name, says, folder = 'src/main' }: { name: string; says: string; folder?: string },
  environment: Environment,
) {
  const script = fileURLToPath(new URL(`../../dist/${folder}/${name}.js`, import.meta.url));
  if (!existsSync(script)) throw new Error(`There is no built ${name}: run "npm run build" first.`);
  const child = spawn(process.execPath, [script], {
    env: { PATH: env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    lines.push(line);
    stderr.write(`${line}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (line.includes(says)) resolve();
    });
    void exited.then(() => reject(new Error(`the ${name} ended:\n${lines.join('\n')}`)));
  });
  return {
    lines,
    pid: child.pid ?? 0,
    /** As when the collector of logs dies. */
    stopReading: (): void => void child.stdout.destroy(),
    async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

export const startWorkerProcess = (environment: Environment) =>
  startBuiltProcess({ name: 'worker', says: 'worker is polling' }, environment);
export const startIngressProcess = (environment: Environment) =>
  startBuiltProcess({ name: 'ingress', says: 'ingress is listening' }, environment);
export const startSandboxProcess = (environment: Environment) =>
  startBuiltProcess({ name: 'sandbox', says: 'sandbox is listening' }, environment);
