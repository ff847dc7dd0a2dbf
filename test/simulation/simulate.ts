import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { joined, type Batch, type Range } from './batch.ts';
import { coreWith, defects } from './defects.ts';
import type { Found } from './finding.ts';
import { calmPlan, dayMs, type Plan } from './plan.ts';
import { planOf } from './planning.ts';
import { play } from './play.ts';
import { shrink } from './shrink.ts';
import type { Task } from './worker.ts';

const usage = `npm run simulate -- --domain N [--seed S] [--defect NAME]   plays the payments of N seeds from S on
npm run simulate -- --seed S                                plays one and shows it
npm run simulate -- --defects                               has each planted defect found`;

const { values: asked } = parseArgs({
  options: {
    domain: { type: 'string' },
    seed: { type: 'string' },
    defect: { type: 'string' },
    defects: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const defect = asked.defect ?? null;
const seed = Number(asked.seed ?? Date.now() % 1_000_000_000);

/** So many seeds go to a worker at once. */
const perWorker = 5_000;
const mostShown = 5;

/** In a process of its own, which ends by itself. */
function inWorker(task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [JSON.stringify(task)], {
      serialization: 'advanced',
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a worker ended with ${code ?? 'a signal'}`)));
  });
}

/** As many workers at a time as there are cores. */
async function inWorkers(
  tasks: readonly Task[],
  onResult: (result: unknown, task: Task) => void,
): Promise<void> {
  const left = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = left.shift(); task; task = left.shift()) onResult(await inWorker(task), task);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}

const isBatch = (value: unknown): value is Batch =>
  typeof value === 'object' && value !== null && 'sequences' in value && 'failures' in value;
const isFound = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && 'sequences' in value && 'rule' in value;

async function playRange({ from, count }: Range): Promise<Batch> {
  const size = Math.min(perWorker, Math.ceil(count / availableParallelism()));
  const batches: Batch[] = [];
  const tasks = Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
    kind: 'play' as const,
    defect,
    from: from + index * size,
    count: Math.min(size, count - index * size),
  }));
  await inWorkers(tasks, (batch) => {
    if (isBatch(batch)) batches.push(batch);
  });
  return joined(batches);
}

async function simulate(count: number): Promise<void> {
  const startedAt = performance.now();
  const batch = await playRange({ from: seed, count });
  const seconds = (performance.now() - startedAt) / 1000;
  say(`seeds         ${seed} to ${seed + count - 1}`);
  say(`sequences     ${batch.sequences}`);
  say(`states        ${batch.states.length} distinct`);
  say(`requests      ${batch.requests}`);
  say(`virtual days  ${Math.round(batch.livedMs / dayMs)}`);
  say(`violations    ${batch.failures.length}`);
  say(`seconds       ${seconds.toFixed(1)} (${Math.round(batch.sequences / seconds)} sequences a second)`);
  const rules = new Map<string, number[]>();
  for (const { seed: failing, violations } of batch.failures)
    for (const { rule } of violations) rules.set(rule, [...(rules.get(rule) ?? []), failing]);
  for (const [rule, seeds] of rules) {
    const shown = [...new Set(seeds)];
    say(`  ${rule}: ${shown.length} seeds, ${shown.slice(0, mostShown).join(', ')}`);
  }
  for (const [rule, [first]] of rules) if (first !== undefined) show(planOf(first), rule);
  if (batch.failures.length > 0) process.exitCode = 1;
}

/** One payment, shrunk where it breaks a rule: the command, the plan and what happened. */
function show(plan: Plan, rule: string | null): void {
  const core = coreWith(defect);
  const smallest = rule === null ? plan : shrink(plan, rule, core);
  const { timeline, violations } = play(smallest, { core, hasTimeline: true });
  const ofDefect = defect === null ? '' : ` --defect ${defect}`;
  say(`\nnpm run simulate -- --seed ${plan.seed}${ofDefect}${rule === null ? '' : ` (${rule})`}`);
  say(`plan ${JSON.stringify(differences(smallest, calmPlan))}`);
  say(abridged(timeline).join('\n'));
  for (const violation of violations) say(`VIOLATION ${violation.rule}: ${violation.text}`);
}

const differences = (plan: Plan, calm: Plan): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(plan).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(calm)).get(name)),
    ),
  );

const mostLines = 80;
const abridged = (lines: readonly string[]): string[] =>
  lines.length <= mostLines
    ? [...lines]
    : [
        ...lines.slice(0, mostLines / 2),
        `… ${lines.length - mostLines} more lines …`,
        ...lines.slice(-mostLines / 2),
      ];

function replay(): void {
  const plan = planOf(seed);
  const { violations } = play(plan, { core: coreWith(defect) });
  show(plan, null);
  for (const rule of new Set(violations.map((violation) => violation.rule))) show(plan, rule);
  if (violations.length > 0) process.exitCode = 1;
}

/** Each planted defect alone, until a rule is broken that the product itself keeps with the same seed. */
async function findDefects(): Promise<void> {
  const tasks = Object.keys(defects).map((name) => ({
    kind: 'find' as const,
    defect: name,
    from: 0,
    count: 2_000,
  }));
  let missed = 0;
  await inWorkers(tasks, (found, { defect: name }) => {
    if (!isFound(found)) missed += 1;
    const what = isFound(found)
      ? `after ${String(found.sequences).padStart(4)} sequences, seed ${found.seed}: ${found.rule}`
      : 'NOT FOUND';
    say(`${(name ?? '').padEnd(38)} ${what}`);
  });
  say(`${tasks.length} defects planted, ${tasks.length - missed} found within 2,000 sequences each`);
  if (missed > 0) process.exitCode = 1;
}

if (asked.defects) await findDefects();
else if (asked.domain !== undefined) await simulate(Number(asked.domain));
else if (asked.seed !== undefined) replay();
else say(usage);
