import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Task } from '../worker.ts';

export const say = (line: string): void => void stdout.write(`${line}\n`);

export const cores = availableParallelism();

/** In a process of its own, which ends by itself. */
function inWorker(task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = fork(fileURLToPath(new URL('../worker.ts', import.meta.url)), [JSON.stringify(task)], {
      serialization: 'advanced',
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a worker ended with ${code ?? 'a signal'}`)));
  });
}

/** As many workers at a time as there are cores. */
export async function inWorkers(
  tasks: readonly Task[],
  onResult: (result: unknown, task: Task) => void,
): Promise<void> {
  const left = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = left.shift(); task; task = left.shift()) onResult(await inWorker(task), task);
  };
  await Promise.all(Array.from({ length: cores }, lane));
}

const mostLines = 80;
export const abridged = (lines: readonly string[]): string[] =>
  lines.length <= mostLines
    ? [...lines]
    : [
        ...lines.slice(0, mostLines / 2),
        `… ${lines.length - mostLines} more lines …`,
        ...lines.slice(-mostLines / 2),
      ];
