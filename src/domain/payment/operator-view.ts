import { formatMoney } from '../money.ts';
import type { OperatorNote } from './operator.ts';
import { outcomeIdFor, type Told } from './outcome.ts';
import type { Attempt, Payment } from './payment.ts';
import { refundStatusOf, type RefundStatus } from './refund.ts';
import { toIso, viewOf, type PaymentView } from './view.ts';
import { watchEndOf } from './watch.ts';

interface AttemptStory {
  readonly number: number;
  readonly referenceId: string;
  readonly service: string;
  readonly invoiceId: string | null;
  /** What the platform said last. */
  readonly platformStatus: string | null;
  readonly createdAt: string | null;
  readonly expiresAt: string | null;
  readonly redirectGiven: boolean;
  readonly differences: readonly string[];
  readonly refusal: string | null;
}

/** One payment as an operator has it told, without anything of the customer; times are RFC 3339. */
export interface Story extends Pick<
  PaymentView,
  'orderId' | 'status' | 'reason' | 'decidedBy' | 'amount' | 'attempt' | 'service' | 'invoiceId'
> {
  readonly owner: string;
  readonly openedAt: string;
  /** Of the open invoice, else of the order. */
  readonly deadline: string;
  /** When a person has to look; null where nothing is watched. */
  readonly watchedUntil: string | null;
  readonly waiting: string | null;
  readonly lastLook: string | null;
  readonly attention: string | null;
  readonly attempts: readonly AttemptStory[];
  readonly outcomes: readonly { readonly id: string; readonly status: string }[];
  readonly refunds: readonly {
    readonly refundId: string;
    readonly value: string;
    readonly status: RefundStatus;
  }[];
  readonly operators: readonly (Omit<OperatorNote, 'at'> & { readonly at: string })[];
}

export interface Known {
  readonly payment: Payment;
  readonly told: readonly Told[];
  readonly operators?: readonly OperatorNote[];
  readonly lastLook?: string | null;
  readonly waiting?: string | null;
  readonly attention?: string | null;
}

export function storyOf({ payment, told, ...known }: Known): Story {
  const { owner, orderId } = payment.input;
  const { status, reason, decidedBy, amount, attempt, service, invoiceId, expiresAt } = viewOf(payment);
  const watchEnd = watchEndOf(payment);
  return {
    ...{ orderId, owner, status, reason, decidedBy, amount, attempt, service, invoiceId },
    openedAt: toIso(payment.openedAt),
    deadline: expiresAt,
    watchedUntil: watchEnd === null ? null : toIso(watchEnd),
    waiting: known.waiting ?? null,
    lastLook: known.lastLook ?? null,
    attention: known.attention ?? null,
    attempts: payment.attempts.map(attemptStory),
    outcomes: told.map((it, index) => ({ id: outcomeIdFor(orderId, index + 1), status: it.status })),
    refunds: payment.refunds.map((refund) => ({
      refundId: refund.refundId,
      value: formatMoney(refund.amount),
      status: refundStatusOf(payment, refund),
    })),
    operators: (known.operators ?? []).map((note) => ({ ...note, at: toIso(note.at) })),
  };
}

const attemptStory = (attempt: Attempt): AttemptStory => ({
  number: attempt.number,
  referenceId: attempt.referenceId,
  service: attempt.choice.service,
  invoiceId: attempt.seen?.invoiceId ?? null,
  platformStatus: attempt.seen?.status ?? null,
  createdAt: attempt.seen ? toIso(attempt.seen.created * 1000) : null,
  expiresAt: attempt.expiresAt === null ? null : toIso(attempt.expiresAt),
  redirectGiven: attempt.redirect !== null,
  differences: attempt.differences,
  refusal: attempt.refusal?.map(({ field, message }) => `${field}: ${message}`).join('; ') ?? null,
});
