import {
  dayMs,
  hourMs,
  minuteMs,
  secondMs,
  type Mishap,
  type Operation,
  type Policy,
  type RefundFate,
  type Step,
} from './plan.ts';
import type { Random } from './random.ts';

export const refundFateOf = (random: Random): RefundFate => ({
  ends: random.chance(0.75) ? 'done' : 'failed',
  afterMs: random.weighted([
    [5, 0],
    [2, random.between(0, 3) * secondMs],
    [3, random.between(5, 300) * secondMs],
    [0.3, random.between(1, 6) * hourMs],
    [0.05, random.between(60, 100) * hourMs],
    [0.03, null],
  ]),
});

export const stepsOf = (random: Random, policy: Policy, isWild: boolean): readonly Step[] =>
  new Steps(random, policy, isWild).all();

const mishaps: readonly Mishap[] = [
  { status: 500, effect: false, retryAfterMs: null },
  { status: 500, effect: true, retryAfterMs: null },
  { status: 503, effect: false, retryAfterMs: 30_000 },
  { status: 503, effect: true, retryAfterMs: null },
  { status: 429, effect: false, retryAfterMs: 20_000 },
  { status: 401, effect: false, retryAfterMs: null },
  { status: 403, effect: false, retryAfterMs: null },
  { status: 400, effect: false, retryAfterMs: null },
  { status: 422, effect: false, retryAfterMs: null },
  { status: 404, effect: false, retryAfterMs: null },
  { status: 'none', effect: false },
  { status: 'none', effect: true },
];

const reads: readonly Operation[] = ['byId', 'byReference'];
const concerned: readonly (readonly Operation[])[] = [
  ['create'],
  ['create', 'byReference'],
  ['byId'],
  ['byReference'],
  reads,
  ['refund'],
  ['refund', ...reads],
  ['services'],
];

class Steps {
  readonly #random: Random;
  readonly #policy: Policy;
  readonly #isWild: boolean;
  readonly #steps: Step[] = [];
  #refunds = 0;
  #last = 0;

  constructor(random: Random, policy: Policy, isWild: boolean) {
    this.#random = random;
    this.#policy = policy;
    this.#isWild = isWild;
  }

  all(): readonly Step[] {
    const random = this.#random;
    this.#customer();
    const disturbances = this.#isWild
      ? random.weighted([
          [2, 0],
          [4, 1],
          [3, 2],
          [1, 4],
        ])
      : 0;
    for (let left = disturbances; left > 0; left -= 1) this.#steps.push(this.#disturbance());
    for (
      let left = random.weighted([
        [2, 0],
        [3, 1],
        [3, 2],
        [2, 4],
        [1, 7],
      ]);
      left > 0;
      left -= 1
    )
      this.#steps.push(this.#event());
    return this.#steps.toSorted((a, b) => a.at - b.at);
  }

  /** Chooses, is declined and chooses again, pays; or some of it. */
  #customer(): void {
    const random = this.#random;
    let at = random.between(0, 20) * 500;
    this.#steps.push({ kind: 'choose', at, service: 0 });
    let attempt = 1;
    while (attempt < 3 && random.chance(0.25)) {
      at += this.#gap();
      if (random.chance(0.8)) this.#steps.push({ kind: 'decline', at, attempt, word: 'process_failed' });
      at += this.#gap();
      this.#steps.push({ kind: 'choose', at, service: attempt });
      attempt += 1;
    }
    if (random.chance(0.15)) this.#steps.push({ kind: 'cancel', at: this.#early() });
    if (random.chance(0.85)) {
      at = random.chance(0.8) ? at + this.#gap() : this.#time();
      this.#steps.push({ kind: 'pay', at, attempt, share: this.#share() });
      if (random.chance(0.6)) this.#steps.push({ kind: 'visit', at: at + random.between(0, 5) * secondMs });
    }
    this.#last = at;
  }

  #gap(): number {
    const random = this.#random;
    return random.weighted([
      [3, random.between(0, 3_000)],
      [5, random.between(3, 120) * secondMs],
      [2, random.between(2, 15) * minuteMs],
    ]);
  }

  #share(): number {
    return this.#random.weighted([
      [16, 1],
      [1, 0.999],
      [1, 0.5],
      [1, 1.2],
    ]);
  }

  #early(): number {
    return Math.floor(this.#random.next() * this.#policy.ttlSeconds * secondMs);
  }

  /** Soon after the event before, while the order waits, some hours later, or days. */
  #time(): number {
    const random = this.#random;
    this.#last = random.weighted([
      [3, this.#last + random.between(0, 4_000)],
      [3, this.#early()],
      [2, this.#policy.ttlSeconds * secondMs + random.between(0, 120) * minuteMs],
      [3, random.between(2, 30) * hourMs],
      [1, random.between(1, 6) * dayMs],
    ]);
    return this.#last;
  }

  #event(): Step {
    const random = this.#random;
    const at = this.#time();
    const attempt = random.pick([1, 1, 1, 2, 3]);
    return random.weighted<() => Step>([
      [3, () => ({ kind: 'pay', at, attempt, share: this.#share() })],
      [
        1,
        () => ({
          kind: 'decline',
          at,
          attempt,
          word: random.pick(['process_failed', 'terminated', 'expired']),
        }),
      ],
      [1, () => ({ kind: 'choose', at, service: random.between(0, 2) })],
      [1, () => ({ kind: 'visit', at })],
      [2, () => ({ kind: 'cancel', at })],
      [6, () => this.#refund(at)],
      [3, () => this.#dashboardRefund(at, attempt)],
      [3, () => ({ kind: 'chargeback', at, attempt, share: random.pick([0.1, 0.25, 0.5, 1]) })],
      [1, () => ({ kind: 'stray', at, attempt: random.pick([2, 4]), isPaid: random.chance(0.7) })],
      [2, () => ({ kind: 'resolve', at, decision: random.pick(['accept', 'reject', 'refund'] as const) })],
      [1, () => ({ kind: 'extend', at, hours: random.pick([1, 24, 168]) })],
      [1, () => ({ kind: 'acknowledge', at })],
      [1, () => ({ kind: 'redeliver', at })],
      [1, () => ({ kind: 'reconcile', at })],
    ])();
  }

  #refund(at: number): Step {
    const random = this.#random;
    const isRepeated = this.#refunds > 0 && random.chance(0.2);
    if (!isRepeated) this.#refunds += 1;
    const share = random.weighted([
      [3, null],
      [2, 0.3],
      [2, 0.5],
      [1, 1],
      [1, 0.01],
    ]);
    return { kind: 'refund', at, id: `r${this.#refunds}`, share };
  }

  #dashboardRefund(at: number, attempt: number): Step {
    const random = this.#random;
    return {
      kind: 'dashboard_refund',
      at,
      attempt,
      share: random.pick([0.3, 0.3, 0.5, 1]),
      fate: refundFateOf(random),
    };
  }

  #disturbance(): Step {
    const random = this.#random;
    const at = random.chance(0.5)
      ? Math.max(0, this.#time() - random.between(0, 3_000))
      : random.between(0, 2_000);
    const until =
      at +
      random.weighted([
        [4, random.between(1, 30) * secondMs],
        [3, random.between(1, 20) * minuteMs],
        [0.6, random.between(1, 4) * hourMs],
        [0.1, random.between(20, 60) * hourMs],
      ]);
    const operations = random.pick(concerned);
    return random.weighted<() => Step>([
      [6, () => ({ kind: 'mishap', at, until, operations, mishap: random.pick(mishaps) })],
      [3, () => ({ kind: 'lag', at, until, operations: reads, ms: random.between(1, 40) * 500 })],
      [
        1,
        () => ({
          kind: 'lag',
          at,
          until,
          operations: ['byReference'],
          ms: random.between(1, 120) * secondMs,
        }),
      ],
      [2, () => ({ kind: 'receiver', at, until, answer: random.pick([500, 500, 410, 'lost'] as const) })],
      [2, () => ({ kind: 'death', at })],
      [1, () => ({ kind: 'no_worker', at, until: Math.min(until, at + 2 * hourMs) })],
    ])();
  }
}
