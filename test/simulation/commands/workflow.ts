import { perRound, type Range } from '../batch.ts';
import { joined } from '../figures.ts';
import type { PlayedRange, Shrunk } from '../workflow/play-range.ts';
import { violationsOf } from './domain.ts';
import { abridged, cores, inWorkers, say } from './pool.ts';
import { keep } from './records.ts';
import { differences, rulesOf, sayFigures } from './saying.ts';

const isPlayed = (value: unknown): value is PlayedRange =>
  typeof value === 'object' && value !== null && 'figures' in value && 'shrunk' in value;

/** So many payments are played on one server. */
const perServer = 120;
/** A server stands still now and then, by what happens to fall together. */
const mostStandstills = 12;

/** The real workflows, many payments at once, on a server a core; `lane` plays all in one of the environments. */
export async function simulateWorkflow(range: Range, lane: number | null): Promise<void> {
  const startedAt = performance.now();
  const size = Math.min(perServer, Math.ceil(range.count / (lane === null ? cores : 1)));
  const played: PlayedRange[] = [];
  let standstills = 0;
  let tasks = Array.from({ length: Math.ceil(range.count / size) }, (_, index) =>
    taskOf(lane ?? index % 2, {
      from: range.from + index * size,
      count: Math.min(size, range.count - index * size),
    }),
  );
  while (tasks.length > 0) {
    const again: typeof tasks = [];
    await inWorkers(tasks, (result, task) => {
      if (!isPlayed(result)) return;
      played.push(result);
      const where = task.lane ?? 0;
      for (const shrunk of result.shrunk) show(shrunk, where);
      if (!result.left) return;
      standstills += 1;
      say(`the server stood still at seed ${result.left.from}; played again on others`);
      again.push(...partsOf(result.left).map((part) => taskOf(where, part)));
    });
    if (standstills > mostStandstills) throw new Error(`${standstills} servers stood still`);
    tasks = again;
  }
  const figures = joined(played.map((it) => it.figures));
  const seconds = (performance.now() - startedAt) / 1000;
  sayFigures(range, figures, seconds);
  say(`standstills   ${standstills}`);
  rulesOf(figures.failures);
  keep({ ...figures, tier: 'workflow', from: range.from, seconds, violations: violationsOf(figures) });
  if (figures.failures.length > 0) process.exitCode = 1;
}

/** The round in which a server stood still, in three parts that are played apart, and the rounds that follow it. */
function partsOf({ from, count }: Range): Range[] {
  if (count === 1) throw new Error(`the server stands still at seed ${from}, even alone`);
  const round = Math.min(count, perRound);
  const size = Math.ceil(round / 3);
  const parts = Array.from({ length: Math.ceil(round / size) }, (_, index) => ({
    from: from + index * size,
    count: Math.min(size, round - index * size),
  }));
  return count > round ? [...parts, { from: from + round, count: count - round }] : parts;
}

const taskOf = (lane: number, range: Range) => ({ kind: 'workflow', defect: null, lane, ...range }) as const;

function show({ rule, plan, timeline }: Shrunk, lane: number): void {
  say(`\nnpm run simulate -- --workflow 1 --seed ${plan.seed} --lane ${lane} (${rule})`);
  say(`plan ${JSON.stringify(differences(plan))}`);
  say(abridged(timeline).join('\n'));
}
