import type { Range } from './batch.ts';
import { coreWith } from './defects.ts';
import { productCore } from './life/core.ts';
import { planOf } from './planning.ts';
import { play } from './play.ts';

export interface Found {
  readonly seed: number;
  readonly sequences: number;
  readonly rule: string;
}

/** The first seed at which a planted defect breaks a rule that the product itself keeps there. */
export function firstFound(defect: string, { from, count }: Range): Found | null {
  const core = coreWith(defect);
  for (let seed = from; seed < from + count; seed += 1) {
    const plan = planOf(seed);
    const { violations } = play(plan, { core });
    if (violations.length === 0) continue;
    const own = play(plan, { core: productCore }).violations.map(({ rule }) => rule);
    const broken = violations.find(({ rule }) => !own.includes(rule));
    if (broken) return { seed, sequences: seed - from + 1, rule: broken.rule };
  }
  return null;
}
