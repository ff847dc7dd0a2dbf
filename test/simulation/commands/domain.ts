import { joined, type Batch, type Range } from '../batch.ts';
import { coreWith, defects } from '../defects.ts';
import type { Found } from '../finding.ts';
import { type Plan } from '../plan.ts';
import { planOf } from '../planning.ts';
import { play } from '../play.ts';
import { shrink } from '../shrink.ts';
import { abridged, cores, inWorkers, say } from './pool.ts';
import { keep } from './records.ts';
import { differences, rulesOf, sayFigures } from './saying.ts';

/** So many seeds go to a worker at once. */
const perWorker = 5_000;
/** Of the planted defects so many at least are to be found within so many seeds, and all within more. */
const bound = { defects: 30, seeds: 500, all: 5_000 };

const isBatch = (value: unknown): value is Batch =>
  typeof value === 'object' && value !== null && 'seeds' in value && 'states' in value;
const isFound = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && 'sequences' in value && 'rule' in value;

async function playRange({ from, count }: Range, defect: string | null): Promise<Batch> {
  const size = Math.min(perWorker, Math.ceil(count / cores));
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

export async function simulateDomain(range: Range, defect: string | null): Promise<void> {
  const startedAt = performance.now();
  const batch = await playRange(range, defect);
  const seconds = (performance.now() - startedAt) / 1000;
  const states = batch.states.length;
  sayFigures(range, batch, seconds);
  say(`states        ${states} distinct`);
  const rules = rulesOf(batch.failures);
  for (const [rule, [first]] of rules) if (first !== undefined) show(planOf(first), { rule, defect });
  if (batch.failures.length > 0) process.exitCode = 1;
  if (defect === null)
    keep({ ...batch, tier: 'domain', from: range.from, seconds, states, violations: violationsOf(batch) });
}

export const violationsOf = ({ failures }: Pick<Batch, 'failures'>) =>
  failures.map(({ seed, violations }) => ({ seed, rules: violations.map(({ rule }) => rule) }));

interface Showing {
  readonly rule: string | null;
  readonly defect: string | null;
}

/** One payment, shrunk where it breaks a rule: the command, the plan and what happened. */
function show(plan: Plan, { rule, defect }: Showing): void {
  const core = coreWith(defect);
  const smallest = rule === null ? plan : shrink(plan, rule, core);
  const { timeline, violations } = play(smallest, { core, hasTimeline: true });
  const ofDefect = defect === null ? '' : ` --defect ${defect}`;
  say(`\nnpm run simulate -- --seed ${plan.seed}${ofDefect}${rule === null ? '' : ` (${rule})`}`);
  say(`plan ${JSON.stringify(differences(smallest))}`);
  say(abridged(timeline).join('\n'));
  for (const violation of violations) say(`VIOLATION ${violation.rule}: ${violation.text}`);
}

export function replayDomain(seed: number, defect: string | null): void {
  const plan = planOf(seed);
  const { violations } = play(plan, { core: coreWith(defect) });
  show(plan, { rule: null, defect });
  for (const rule of new Set(violations.map((violation) => violation.rule))) show(plan, { rule, defect });
  if (violations.length > 0) process.exitCode = 1;
}

/** Each planted defect alone, until a rule is broken that the product itself keeps with the same seed. */
export async function findDefects(): Promise<void> {
  const startedAt = performance.now();
  const tasks = Object.keys(defects).map((defect) => ({
    kind: 'find' as const,
    defect,
    from: 0,
    count: bound.all,
  }));
  const found: Record<string, number | null> = {};
  await inWorkers(tasks, (result, { defect }) => {
    const name = defect ?? '';
    found[name] = isFound(result) ? result.sequences : null;
    const what = isFound(result)
      ? `after ${String(result.sequences).padStart(4)} sequences, seed ${result.seed}: ${result.rule}`
      : 'NOT FOUND';
    say(`${name.padEnd(38)} ${what}`);
  });
  const missed = Object.values(found).filter((sequences) => sequences === null).length;
  const soon = Object.values(found).filter((sequences) => (sequences ?? Infinity) <= bound.seeds).length;
  const seconds = (performance.now() - startedAt) / 1000;
  say(
    `${tasks.length} defects planted, ${soon} found within ${bound.seeds} seeds each, ${missed} not within ${bound.all}`,
  );
  keep({ tier: 'defects', from: 0, seeds: bound.all, seconds, found });
  if (missed > 0 || soon < bound.defects) process.exitCode = 1;
}
