import type { Range } from '../batch.ts';
import { joined, summed } from '../figures.ts';
import { chaosOf } from '../processes/chaos.ts';
import { playChaos, type PlayedChaos } from '../processes/play-processes.ts';
import { violationsOf } from './domain.ts';
import { abridged, say } from './pool.ts';
import { keep } from './records.ts';
import { differences, rulesOf, sayFigures } from './saying.ts';

/** Real processes, one seed after another: each has some ten payments, and a minute or two. */
export async function simulateProcesses(range: Range): Promise<void> {
  const startedAt = performance.now();
  const played: PlayedChaos[] = [];
  for (let seed = range.from; seed < range.from + range.count; seed += 1) {
    const chaos = chaosOf(seed);
    const result = await playChaos(chaos);
    played.push(result);
    const { failures } = result.figures;
    say(
      `seed ${seed}: ${chaos.blows.length} blows, ${failures.length} of ${chaos.plans.length} payments break a rule`,
    );
    for (const [index, { plan, timeline }] of result.timelines.slice(0, 2).entries()) {
      say(`\nnpm run simulate -- --processes 1 --seed ${seed}`);
      say(`blows ${JSON.stringify(chaos.blows)}`);
      say(`plan ${JSON.stringify(differences(plan))}`);
      say(abridged(timeline).join('\n'));
      for (const { rule, text } of failures[index]?.violations ?? []) say(`VIOLATION ${rule}: ${text}`);
    }
  }
  const figures = joined(played.map((it) => it.figures));
  const kills = summed(played.map((it) => it.kills));
  const seconds = (performance.now() - startedAt) / 1000;
  sayFigures(range, figures, seconds);
  say(
    `kills         ${Object.entries(kills)
      .map(([name, count]) => `${name}: ${count}`)
      .join(', ')}`,
  );
  rulesOf(figures.failures);
  const violations = violationsOf(figures);
  keep({ ...figures, kills, tier: 'processes', from: range.from, seeds: range.count, seconds, violations });
  if (violations.length > 0) process.exitCode = 1;
}
