import { hourMs, secondMs, type Plan, type RefundFate, type Step } from '../plan.ts';
import { planOf } from '../planning.ts';
import { Random } from '../random.ts';
import type { Weather } from './link.ts';

export type Victim = 'worker 1' | 'worker 2' | 'ingress 1' | 'ingress 2' | 'server';
export type Line = 'order API' | 'platform' | 'temporal' | 'receiver';

/** What is done to the processes, milliseconds after the start; all of it is over by `endsAt`. */
export type Blow =
  | { readonly kind: 'kill'; readonly at: number; readonly victim: Victim; readonly downMs: number }
  | {
      readonly kind: 'weather';
      readonly at: number;
      readonly line: Line;
      readonly weather: Weather;
      readonly forMs: number;
    }
  | { readonly kind: 'clock'; readonly at: number; readonly aheadMs: number }
  /** The Temporal server finds no room on its disk. */
  | { readonly kind: 'full disk'; readonly at: number; readonly forMs: number }
  /** Worker 2 goes, and comes back as the next version, which takes the payments that start from then on. */
  | { readonly kind: 'deploy'; readonly at: number };

export interface Chaos {
  readonly seed: number;
  readonly blows: readonly Blow[];
  readonly plans: readonly Plan[];
}

const orders = 10;
export const blowsEndAt = 34 * secondMs;
const lastBlowAt = 26 * secondMs;

/** What the processes of a seed live through, and their payments. */
export function chaosOf(seed: number): Chaos {
  const random = new Random(Math.imul(seed + 1, 0x85ebca6b));
  const plans = Array.from({ length: orders }, (_, index) => hastened(planOf(seed * orders + index), random));
  const policy = { ...(plans[0]?.policy ?? planOf(seed).policy), ttlSeconds: 1800, maxAttempts: 3 };
  const blows = [
    ...Array.from({ length: random.between(2, 5) }, () => killOf(random)),
    ...Array.from({ length: random.between(1, 3) }, () => weatherOf(random)),
    ...Array.from({ length: random.between(0, 2) }, () => clockOf(random)),
    ...(random.chance(0.4) ? [fullDiskOf(random)] : []),
    ...(random.chance(0.4) ? [{ kind: 'deploy' as const, at: timeOf(random) }] : []),
  ].toSorted((a, b) => a.at - b.at);
  return { seed, blows, plans: plans.map((plan) => ({ ...plan, policy })) };
}

const timeOf = (random: Random): number => random.between(500, lastBlowAt);

const killOf = (random: Random): Blow => ({
  kind: 'kill',
  at: timeOf(random),
  victim: random.weighted<Victim>([
    [3, 'worker 1'],
    [3, 'worker 2'],
    [2, 'ingress 1'],
    [2, 'ingress 2'],
    [2, 'server'],
  ]),
  downMs: random.pick([0, 500, 2_000, 5_000]),
});

const weatherOf = (random: Random): Blow => ({
  kind: 'weather',
  at: timeOf(random),
  line: random.pick<Line>(['order API', 'platform', 'temporal', 'receiver']),
  weather: random.chance(0.5) ? { kind: 'cut' } : { kind: 'slow', ms: random.pick([100, 400, 1_500]) },
  forMs: random.between(1, 6) * secondMs,
});

const clockOf = (random: Random): Blow => ({
  kind: 'clock',
  at: timeOf(random),
  aheadMs: random.between(-3_000, 3_000),
});

const fullDiskOf = (random: Random): Blow => ({
  kind: 'full disk',
  at: timeOf(random),
  forMs: random.between(1, 6) * secondMs,
});

const left: readonly Step['kind'][] = [
  ...(['choose', 'pay', 'decline', 'visit', 'cancel', 'refund', 'dashboard_refund', 'chargeback'] as const),
  ...(['resolve', 'acknowledge', 'redeliver', 'reconcile', 'mishap', 'receiver'] as const),
];

/** The same in real time: what took days happens within half a minute, in the same order. */
function hastened(plan: Plan, random: Random): Plan {
  let at = random.between(0, 9 * secondMs);
  const steps = plan.steps
    .filter((step) => left.includes(step.kind) && !(step.kind === 'receiver' && step.answer === 410))
    .map((step): Step => {
      at = Math.min(at + random.between(100, 2_500), blowsEndAt - 4 * secondMs);
      if ('until' in step) return { ...step, at, until: at + random.between(500, 4_000) };
      return step.kind === 'dashboard_refund' ? { ...step, at, fate: hasty(step.fate) } : { ...step, at };
    });
  return {
    ...plan,
    manners: { ...plan.manners, refunds: plan.manners.refunds.map(hasty), late: 0 },
    skews: { worker: 0, ingress: 0, platform: 0 },
    latencyMs: 5,
    operators: plan.operators.map((it) => ({ ...it, afterMs: Math.min(it.afterMs, 2_000) })),
    // Nothing is prompt where processes die.
    steps: [...steps, { kind: 'no_worker', at: 0, until: 14 * hourMs }],
  };
}

const hasty = ({ ends, afterMs }: RefundFate): RefundFate => ({
  ends,
  afterMs: Math.min(afterMs ?? 2_000, 2_000),
});
