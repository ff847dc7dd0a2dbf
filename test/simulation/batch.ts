import type { Violation } from './evidence.ts';
import { productCore, type Core } from './life/core.ts';
import { planOf } from './planning.ts';
import { play } from './play.ts';

/** What a range of seeds came to. */
export interface Batch {
  readonly sequences: number;
  readonly requests: number;
  /** Virtual milliseconds that were lived through. */
  readonly livedMs: number;
  readonly states: readonly string[];
  readonly failures: readonly { readonly seed: number; readonly violations: readonly Violation[] }[];
}

export interface Range {
  readonly from: number;
  readonly count: number;
}

/** Plays a range of seeds, one payment each. */
export function playAll({ from, count }: Range, core: Core = productCore): Batch {
  const states = new Set<string>();
  const failures: Batch['failures'][number][] = [];
  let requests = 0;
  let livedMs = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const { evidence, violations } = play(planOf(seed), { core, states });
    requests += evidence.requests.length;
    livedMs += (evidence.rest?.at ?? 0) - (evidence.statuses[0]?.at ?? 0);
    if (violations.length > 0) failures.push({ seed, violations });
  }
  return { sequences: count, requests, livedMs, states: [...states], failures };
}

export function joined(batches: readonly Batch[]): Batch {
  const sum = (part: (batch: Batch) => number): number =>
    batches.reduce((total, batch) => total + part(batch), 0);
  return {
    sequences: sum((it) => it.sequences),
    requests: sum((it) => it.requests),
    livedMs: sum((it) => it.livedMs),
    states: [...new Set(batches.flatMap(({ states }) => states))],
    failures: batches.flatMap(({ failures }) => failures).toSorted((a, b) => a.seed - b.seed),
  };
}
