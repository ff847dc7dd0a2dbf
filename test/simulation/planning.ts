import {
  calmPlan,
  hourMs,
  minuteMs,
  secondMs,
  type Manners,
  type Plan,
  type Policy,
  type RefundFate,
  type Step,
} from './plan.ts';
import { Random } from './random.ts';
import { refundFateOf, stepsOf } from './step-planning.ts';

/** What the payment of a seed lives through. */
export function planOf(seed: number): Plan {
  const random = new Random(Math.imul(seed + 1, 0x9e3779b1));
  const policy = policyOf(random);
  const flow = random.chance(0.04) ? ('verify' as const) : ('charge' as const);
  const currency = random.weighted([
    [6, 'AED'],
    [1, 'BHD'],
    [1, 'BIF'],
  ]);
  const amount = random.weighted([
    [5, 10_055],
    [3, random.between(100, 99_999)],
    [1, random.between(1, 9)],
  ]);
  const isWild = random.chance(0.75);
  const steps = stepsOf(random, policy, isWild);
  const manners = mannersOf(random, flow === 'verify' || amount < 100);
  const plan = {
    ...calmPlan,
    seed,
    policy,
    flow,
    currency,
    // Where look-ups may miss an invoice, only the platform can keep a second one from being made.
    manners: { ...manners, isUnique: manners.isUnique || steps.some(isBlinding) },
    skews: isWild && random.chance(0.4) ? skewsOf(random) : calmPlan.skews,
    amount,
    hasService: random.chance(0.7),
    latencyMs: random.pick([5, 50, 50, 200, 1_500]),
    factsPerRun: isWild ? random.pick([5, 12, 40, 150]) : 150,
    operators: operatorsOf(random),
    steps,
  };
  // Drawn last: what came before it is as it was without it.
  const isTerse = random.chance(0.3);
  const more = random.chance(0.08) ? paidAgain(random) : [];
  const isOnTop = plan.manners.fee === 'other_currency' && random.chance(0.5);
  const fates = random.chance(0.06) ? [fateOfMoved(random), calmFate] : null;
  const moves = fates && flow === 'charge' ? movedMeanwhile(random) : [];
  // With a fee on top, which no figure tells of, a small refund would be taken for another: a person has to look.
  const roundsDown = random.chance(0.4) && !isOnTop;
  return {
    ...plan,
    manners: {
      ...plan.manners,
      isTerse,
      roundsDown,
      ...(isOnTop && { fee: 'other_currency_on_top' as const }),
      ...(fates && { refunds: fates }),
    },
    steps: [...steps, ...more, ...moves].toSorted((a, b) => a.at - b.at),
  };
}

const calmFate: RefundFate = { ends: 'done', afterMs: 0 };

/** A refund that takes its time, or fails days after it was done. */
const fateOfMoved = (random: Random): RefundFate => ({
  ends: 'done',
  afterMs: random.pick([0, 0, 20 * secondMs, 3 * hourMs]),
  ...(random.chance(0.5) && { undoneAfterMs: random.between(10, 50) * hourMs }),
});

/** The bank takes money back, or all that is left, while a refund is asked for or under way. */
function movedMeanwhile(random: Random): Step[] {
  const paid = random.between(20, 120) * secondMs;
  const at = paid + random.between(1, 10) * minuteMs;
  const until = at + random.between(2, 60) * secondMs;
  const effect = random.chance(0.7);
  const mishap = { status: 'none', effect } as const;
  return [
    { kind: 'pay', at: paid, attempt: 1, share: 1 },
    { kind: 'refund', at, id: 'moved', share: random.pick([0.3, 0.3, null]) },
    ...(random.chance(0.5)
      ? [{ kind: 'mishap' as const, at, until, operations: ['refund' as const], mishap }]
      : []),
    ...[0.1, 0.15, random.pick([0.2, 1])]
      .map((share, index) => ({
        kind: 'chargeback' as const,
        at: at + (index + 1) * random.pick([secondMs, 10 * secondMs, 20 * minuteMs]),
        attempt: 1,
        share,
      }))
      .slice(random.between(0, 3)),
  ];
}

/** The first payment goes back, and the customer pays what another page still offers. */
function paidAgain(random: Random): Step[] {
  const chosen = random.between(15, 60) * secondMs;
  const paid = chosen + random.between(5, 120) * secondMs;
  const returned = paid + random.between(1, 10) * minuteMs;
  const again = returned + random.between(1, 600) * secondMs;
  const fate = { ends: 'done', afterMs: 0 } as const;
  return [
    { kind: 'choose', at: chosen, service: 1 },
    ...(random.chance(0.4) ? [{ kind: 'cancel' as const, at: random.between(chosen, paid) }] : []),
    { kind: 'pay', at: paid, attempt: 1, share: 1 },
    { kind: 'dashboard_refund', at: returned, attempt: 1, share: random.pick([1, 1, 0.3]), fate },
    { kind: 'pay', at: again, attempt: 2, share: 1 },
  ];
}

const isBlinding = (step: Step): boolean =>
  step.kind === 'lag' ||
  (step.kind === 'mishap' && step.mishap.status === 404 && step.operations.includes('byReference'));

const policyOf = (random: Random): Policy => ({
  latePayment: random.pick(['review', 'refund', 'accept'] as const),
  paidAfterCancel: random.pick(['refund', 'refund', 'review'] as const),
  paidTwice: random.pick(['review', 'refund'] as const),
  ttlSeconds: random.pick([840, 1800, 1800, 7200]),
  maxAttempts: random.pick([1, 3, 3]),
});

function mannersOf(random: Random, isPlain: boolean): Omit<Manners, 'isTerse' | 'roundsDown'> {
  const isLossy = random.chance(0.5);
  return {
    fee: isPlain
      ? 'none'
      : random.weighted([
          [5, 'none'],
          [1, 'inside'],
          [2, 'on_top'],
          [1, 'other_currency'],
        ]),
    refunds: Array.from({ length: random.between(1, 3) }, () => refundFateOf(random)),
    countsPending: random.chance(0.3),
    saysFailed: random.chance(0.3),
    isUnique: random.chance(0.5),
    lost: isLossy ? random.pick([0.2, 0.5, 1]) : 0,
    twice: isLossy ? random.pick([0, 0.3]) : 0,
    late: isLossy ? random.pick([0, 0.3, 0.8]) : 0,
  };
}

const skewsOf = (random: Random) => ({
  worker: random.between(-3_000, 3_000),
  ingress: random.between(-3_000, 3_000),
  platform: random.between(-2_000, 2_000),
});

const operatorsOf = (random: Random) =>
  Array.from(
    {
      length: random.weighted([
        [3, 0],
        [4, 1],
        [2, 2],
        [1, 4],
      ]),
    },
    () => ({
      afterMs: random.weighted([
        [2, random.between(0, 2) * secondMs],
        [3, random.between(1, 60) * minuteMs],
        [1, random.between(1, 30) * hourMs],
      ]),
      decision: random.pick(['accept', 'accept', 'reject', 'refund', 'refund'] as const),
    }),
  );
