/** Which calls of the platform a disturbance concerns. */
export type Operation = 'services' | 'create' | 'byId' | 'byReference' | 'refund';

/** How a call of the platform goes wrong, before or after it had its effect. */
export type Mishap =
  | {
      readonly status: 400 | 401 | 403 | 404 | 422 | 429 | 500 | 503;
      readonly effect: boolean;
      readonly retryAfterMs: number | null;
    }
  | { readonly status: 'none'; readonly effect: boolean };

interface At {
  /** Milliseconds after the payment's start. */
  readonly at: number;
}

interface For extends At {
  readonly until: number;
}

/** What a refund comes to at the platform: at once, or after a while; `null` never ends. */
export interface RefundFate {
  readonly ends: 'done' | 'failed';
  readonly afterMs: number | null;
  /** So long after it was done the money is there again: the customer's bank would not take it. */
  readonly undoneAfterMs?: number;
}

/** Shares are of what is there to be paid, returned or charged back: 1 is all of it. */
export type Step =
  | (At & { readonly kind: 'choose'; readonly service: number })
  | (At & { readonly kind: 'pay'; readonly attempt: number; readonly share: number })
  | (At & { readonly kind: 'decline'; readonly attempt: number; readonly word: string })
  | (At & { readonly kind: 'visit' })
  | (At & { readonly kind: 'cancel' })
  | (At & { readonly kind: 'refund'; readonly id: string; readonly share: number | null })
  | (At & {
      readonly kind: 'dashboard_refund';
      readonly attempt: number;
      readonly share: number;
      readonly fate: RefundFate;
    })
  | (At & { readonly kind: 'chargeback'; readonly attempt: number; readonly share: number })
  /** Money under a reference that the payment has not made, and its callback. */
  | (At & { readonly kind: 'stray'; readonly attempt: number; readonly isPaid: boolean })
  | (At & { readonly kind: 'resolve'; readonly decision: 'accept' | 'reject' | 'refund' })
  | (At & { readonly kind: 'extend'; readonly hours: number })
  | (At & { readonly kind: 'acknowledge' })
  | (At & { readonly kind: 'redeliver' })
  | (At & { readonly kind: 'reconcile' })
  /** A worker dies: what it was doing has no result. */
  | (At & { readonly kind: 'death' })
  | (For & { readonly kind: 'no_worker' })
  | (For & { readonly kind: 'mishap'; readonly operations: readonly Operation[]; readonly mishap: Mishap })
  /** Answers to questions are as old as that. */
  | (For & { readonly kind: 'lag'; readonly operations: readonly Operation[]; readonly ms: number })
  | (For & { readonly kind: 'receiver'; readonly answer: 500 | 410 | 'lost' });

export interface Policy {
  readonly latePayment: 'review' | 'refund' | 'accept';
  readonly paidAfterCancel: 'refund' | 'review';
  readonly paidTwice: 'review' | 'refund';
  readonly ttlSeconds: number;
  readonly maxAttempts: number;
}

/** How the platform of this plan behaves; what is left out of a shrunk plan is as plain as can be. */
export interface Manners {
  /** `on_top`: the customer pays amount and fee. `other_currency`: pays in another one. */
  readonly fee: 'none' | 'inside' | 'on_top' | 'other_currency' | 'other_currency_on_top';
  /** What refunds by API come to, the last for all that follow. */
  readonly refunds: readonly RefundFate[];
  /** The total of what was returned shows refunds that are still on their way. */
  readonly countsPending: boolean;
  /** An invoice that nobody paid is `process_failed` with the resolution `expired`. */
  readonly saysFailed: boolean;
  /** The second create of a reference is answered 409; else it makes another invoice. */
  readonly isUnique: boolean;
  /** The second request of a refund is answered 409 without a word about the refund. */
  readonly isTerse: boolean;
  /** Money in another currency is counted in the invoice's, and back, without what is less than a unit. */
  readonly roundsDown: boolean;
  /** Of callbacks: shares that are lost, sent twice, and late by minutes or hours. */
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
}

/** Milliseconds that a clock is ahead of the true time. */
interface Skews {
  readonly worker: number;
  readonly ingress: number;
  readonly platform: number;
}

/** Everything that one payment lives through. */
export interface Plan {
  readonly seed: number;
  readonly policy: Policy;
  readonly manners: Manners;
  readonly skews: Skews;
  readonly amount: number;
  readonly currency: string;
  readonly flow: 'charge' | 'verify';
  /** The order names its method; else the customer chooses. */
  readonly hasService: boolean;
  /** One way to the platform, milliseconds. */
  readonly latencyMs: number;
  /** A run is continued as new after so many facts. */
  readonly factsPerRun: number;
  /** What operators decide, one after another, each so long after they find the payment in review. */
  readonly operators: readonly {
    readonly afterMs: number;
    readonly decision: 'accept' | 'reject' | 'refund';
  }[];
  readonly steps: readonly Step[];
}

/** No plan has as many: a payment with more refunds asks for one after another without end. */
export const mostRefunds = 60;

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** When every payment of the model starts; epoch milliseconds. */
export const startsAt = Date.UTC(2026, 10, 22);

/** A plan in which nothing goes wrong, for named cases to add to. */
export const calmPlan: Plan = {
  seed: 0,
  policy: {
    latePayment: 'review',
    paidAfterCancel: 'refund',
    paidTwice: 'review',
    ttlSeconds: 1800,
    maxAttempts: 3,
  },
  manners: {
    fee: 'none',
    refunds: [{ ends: 'done', afterMs: 0 }],
    countsPending: false,
    saysFailed: false,
    isUnique: true,
    isTerse: false,
    roundsDown: false,
    lost: 0,
    twice: 0,
    late: 0,
  },
  skews: { worker: 0, ingress: 0, platform: 0 },
  amount: 10_055,
  currency: 'AED',
  flow: 'charge',
  hasService: true,
  latencyMs: 50,
  factsPerRun: 150,
  operators: [],
  steps: [],
};
