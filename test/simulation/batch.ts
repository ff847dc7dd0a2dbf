import { faultsOf, summed, joined as joinedFigures, type Figures } from './figures.ts';
import { productCore, type Core } from './life/core.ts';
import { planOf } from './planning.ts';
import { play } from './play.ts';

/** What a range of seeds came to. */
export interface Batch extends Figures {
  readonly states: readonly string[];
}

/** So many payments are played at once on one server. */
export const perRound = 30;

export interface Range {
  readonly from: number;
  readonly count: number;
}

/** Plays a range of seeds, one payment each. */
export function playAll({ from, count }: Range, core: Core = productCore): Batch {
  const states = new Set<string>();
  const failures: Batch['failures'][number][] = [];
  let faults: Figures['faults'] = {};
  let requests = 0;
  let livedMs = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const plan = planOf(seed);
    const { evidence, violations } = play(plan, { core, states });
    requests += evidence.requests.length;
    livedMs += (evidence.rest?.at ?? 0) - (evidence.statuses[0]?.at ?? 0);
    faults = summed([faults, faultsOf(plan)]);
    if (violations.length > 0) failures.push({ seed, violations });
  }
  return { seeds: count, requests, livedMs, faults, states: [...states], failures };
}

export const joined = (batches: readonly Batch[]): Batch => ({
  ...joinedFigures(batches),
  states: [...new Set(batches.flatMap(({ states }) => states))],
});
