import { playAll, type Range } from './batch.ts';
import { coreWith } from './defects.ts';
import { firstFound } from './finding.ts';

export interface Task extends Range {
  readonly kind: 'play' | 'find' | 'workflow';
  readonly defect: string | null;
  /** Of the workflow tier: which of the differing environments. */
  readonly lane?: number;
}

const isTask = (value: unknown): value is Task =>
  typeof value === 'object' && value !== null && 'kind' in value && 'from' in value && 'defect' in value;

async function resultOf(task: Task): Promise<unknown> {
  switch (task.kind) {
    case 'find':
      return firstFound(task.defect ?? '', task);
    case 'play':
      return playAll(task, coreWith(task.defect));
    case 'workflow': {
      // Of the three it alone needs a server.
      const { playRange } = await import('./workflow/play-range.ts');
      return playRange(task, task.lane ?? 0);
    }
  }
}

const task: unknown = JSON.parse(process.argv[2] ?? 'null');
if (!isTask(task)) throw new Error('a worker needs a task');
const result = await resultOf(task);
// A server that stood still leaves calls behind that never end.
process.send?.(result, () => process.exit());
