import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { env, stderr } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

type Environment = Readonly<Record<string, string>>;

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

interface Program {
  readonly name: string;
  /** What it says once it has started. */
  readonly says: string;
  readonly folder?: string;
  /** Another build than `dist`. */
  readonly tree?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

/** One of our processes, built, as production runs it, in a process that can be killed. */
export async function startBuiltProcess(
  { name, says, folder = 'src/main', tree = dist, node = [] }: Program,
  environment: Environment,
) {
  const script = join(tree, folder, `${name}.js`);
  if (!existsSync(script)) throw new Error(`There is no built ${name}: run "npm run build" first.`);
  const child = spawn(process.execPath, [...node, script], {
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
    async end(signal: 'SIGKILL' | 'SIGTERM' | 'SIGHUP'): Promise<number | null> {
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

export type BuiltProcess = Awaited<ReturnType<typeof startBuiltProcess>>;

type Started = Pick<Program, 'tree' | 'node'>;

export const startWorkerProcess = (environment: Environment, started: Started = {}) =>
  startBuiltProcess({ name: 'worker', says: 'worker is polling', ...started }, environment);
export const startIngressProcess = (environment: Environment, started: Started = {}) =>
  startBuiltProcess({ name: 'ingress', says: 'ingress is listening', ...started }, environment);
export const startCodecProcess = (environment: Environment) =>
  startBuiltProcess({ name: 'codec', says: 'codec server is listening' }, environment);
export const startSandboxProcess = (environment: Environment) =>
  startBuiltProcess({ name: 'sandbox', says: 'sandbox is listening' }, environment);
