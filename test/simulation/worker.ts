import { playAll, type Range } from './batch.ts';
import { coreWith } from './defects.ts';
import { firstFound } from './finding.ts';

export interface Task extends Range {
  readonly kind: 'play' | 'find';
  readonly defect: string | null;
}

const isTask = (value: unknown): value is Task =>
  typeof value === 'object' && value !== null && 'kind' in value && 'from' in value && 'defect' in value;

const task: unknown = JSON.parse(process.argv[2] ?? 'null');
if (!isTask(task)) throw new Error('a worker needs a task');
const result =
  task.kind === 'find' ? firstFound(task.defect ?? '', task) : playAll(task, coreWith(task.defect));
process.send?.(result);
