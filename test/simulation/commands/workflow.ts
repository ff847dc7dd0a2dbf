import type { Range } from '../batch.ts';
import { joined } from '../figures.ts';
import type { PlayedRange, Shrunk } from '../workflow/play-range.ts';
import { violationsOf } from './domain.ts';
import { abridged, cores, inWorkers, say } from './pool.ts';
import { keep } from './records.ts';
import { differences, rulesOf, sayFigures } from './saying.ts';

const isPlayed = (value: unknown): value is PlayedRange =>
  typeof value === 'object' && value !== null && 'figures' in value && 'shrunk' in value;

/** The real workflows, many payments at once, on a server a core; `lane` plays all in one of the environments. */
export async function simulateWorkflow(range: Range, lane: number | null): Promise<void> {
  const startedAt = performance.now();
  const lanes = lane === null ? Math.min(cores, range.count) : 1;
  const size = Math.ceil(range.count / lanes);
  const played: PlayedRange[] = [];
  const tasks = Array.from({ length: lanes }, (_, index) => ({
    kind: 'workflow' as const,
    defect: null,
    lane: lane ?? index,
    from: range.from + index * size,
    count: Math.max(0, Math.min(size, range.count - index * size)),
  }));
  await inWorkers(tasks, (result, { lane: where = 0 }) => {
    if (!isPlayed(result)) return;
    played.push(result);
    for (const shrunk of result.shrunk) show(shrunk, where);
  });
  const figures = joined(played.map((it) => it.figures));
  const seconds = (performance.now() - startedAt) / 1000;
  sayFigures(range, figures, seconds);
  rulesOf(figures.failures);
  keep({ ...figures, tier: 'workflow', from: range.from, seconds, violations: violationsOf(figures) });
  if (figures.failures.length > 0) process.exitCode = 1;
}

function show({ rule, plan, timeline }: Shrunk, lane: number): void {
  say(`\nnpm run simulate -- --workflow 1 --seed ${plan.seed} --lane ${lane} (${rule})`);
  say(`plan ${JSON.stringify(differences(plan))}`);
  say(abridged(timeline).join('\n'));
}
