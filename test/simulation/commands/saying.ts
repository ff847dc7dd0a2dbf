import type { Range } from '../batch.ts';
import type { Failure, Figures } from '../figures.ts';
import { calmPlan, dayMs, type Plan } from '../plan.ts';
import { say } from './pool.ts';

const mostShown = 5;

export function sayFigures({ from, count }: Range, figures: Figures, seconds: number): void {
  say(`seeds         ${from} to ${from + count - 1}`);
  say(`payments      ${figures.seeds}`);
  say(`requests      ${figures.requests}`);
  say(`days          ${(figures.livedMs / dayMs).toFixed(figures.livedMs < dayMs ? 3 : 0)}`);
  say(`faults        ${Object.values(figures.faults).reduce((sum, it) => sum + it, 0)}`);
  say(`violations    ${figures.failures.length}`);
  say(`seconds       ${seconds.toFixed(1)} (${(figures.seeds / seconds).toFixed(1)} payments a second)`);
}

/** Says which rules were broken, and by which seeds. */
export function rulesOf(failures: readonly Failure[]): Map<string, number[]> {
  const rules = new Map<string, number[]>();
  for (const { seed, violations } of failures)
    for (const rule of new Set(violations.map((it) => it.rule)))
      rules.set(rule, [...(rules.get(rule) ?? []), seed]);
  for (const [rule, seeds] of rules)
    say(`  ${rule}: ${seeds.length} seeds, ${seeds.slice(0, mostShown).join(', ')}`);
  return rules;
}

/** What of a plan is not as calm as can be. */
export const differences = (plan: Plan): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(plan).filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(calmPlan)).get(name)),
    ),
  );
