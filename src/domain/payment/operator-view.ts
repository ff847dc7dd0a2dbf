import { formatMoney } from '../money.ts';
import { toIso } from '../time.ts';
import { isOpen, watchEndOf } from './attempt-state.ts';
import { decide } from './decide.ts';
import type { OperatorNote } from './operator.ts';
import { currentAttempt, type Attempt, type Payment } from './payment.ts';
import { toView } from './payment-view.ts';
import { refundStatusOf, refusalTextOf, type RefundStatus } from './refund.ts';
import type { Delivery } from './outcome.ts';
import type { PaymentView } from './view.ts';

interface AttemptView {
  readonly number: number;
  readonly referenceId: string;
  readonly service: string;
  readonly invoiceId: string | null;
  /** What the platform said last. */
  readonly platformStatus: string | null;
  readonly createdAt: string | null;
  readonly expiresAt: string | null;
  readonly redirectGiven: boolean;
  readonly refusal: string | null;
}

/** One payment as operators see it, without anything of the customer; times are RFC 3339. */
export interface OperatorView extends Pick<
  PaymentView,
  'orderId' | 'status' | 'reason' | 'decidedBy' | 'amount' | 'attempt' | 'service' | 'invoiceId' | 'money'
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
  readonly attempts: readonly AttemptView[];
  readonly outcomes: readonly {
    readonly id: string;
    readonly status: string;
    readonly delivery: Delivery['state'];
    readonly refusal: string | null;
  }[];
  readonly refunds: readonly {
    readonly refundId: string;
    readonly value: string;
    readonly status: RefundStatus;
    readonly refusal: string | null;
  }[];
  readonly operators: readonly (Omit<OperatorNote, 'at'> & { readonly at: string })[];
}

export function toOperatorView(payment: Payment): OperatorView {
  const { owner, orderId } = payment.input;
  const { attention, next, ...decided } = decide(payment);
  const { status, reason, decidedBy, amount, attempt, service, invoiceId, expiresAt, money } = toView(
    payment,
    decided,
  );
  const watchEnd = watchEndOfPayment(payment);
  return {
    ...{ orderId, owner, status, reason, decidedBy, amount, attempt, service, invoiceId, money },
    openedAt: toIso(payment.openedAt),
    deadline: expiresAt,
    watchedUntil: watchEnd === null ? null : toIso(watchEnd),
    waiting: next && `${next.what}, until ${toIso(next.at)}`,
    lastLook: lastLookOf(payment),
    attention,
    attempts: payment.attempts.map(attemptView),
    outcomes: payment.told.map((told) => ({
      id: told.id,
      status: told.status,
      delivery: told.delivery.state,
      refusal: told.refusal,
    })),
    refunds: payment.refunds.map((refund) => ({
      refundId: refund.refundId,
      value: formatMoney(refund.amount),
      status: refundStatusOf(refund),
      refusal: refusalTextOf(refund),
    })),
    operators: payment.operators.map((note) => ({ ...note, at: toIso(note.at) })),
  };
}

/** When the platform is no longer asked and a person has to look, epoch milliseconds; null where nothing is watched. */
export function watchEndOfPayment(payment: Payment): number | null {
  const ends = payment.attempts
    .filter((attempt) => isOpen(payment, attempt))
    .map((attempt) => watchEndOf(payment, attempt));
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** When the platform was asked last, and what it said. */
export function lastLookOf(payment: Payment): string | null {
  const attempt = currentAttempt(payment);
  if (!attempt || attempt.polls.lastAt === null) return null;
  const { polls, seen, absentAt } = attempt;
  const said =
    polls.trouble ??
    (absentAt !== null && absentAt === polls.lastAt
      ? 'no such invoice'
      : (seen?.snapshot.status ?? 'nothing'));
  return `${toIso(attempt.polls.lastAt)}: ${said}`;
}

const attemptView = (attempt: Attempt): AttemptView => {
  const { creation, seen } = attempt;
  return {
    number: attempt.number,
    referenceId: attempt.referenceId,
    service: attempt.choice.service,
    invoiceId: seen?.snapshot.invoiceId ?? null,
    platformStatus: seen?.snapshot.status ?? null,
    createdAt: seen ? toIso(seen.snapshot.created * 1000) : null,
    expiresAt: attempt.expiresAt === null ? null : toIso(attempt.expiresAt),
    redirectGiven: attempt.redirect !== null,
    refusal:
      creation.step === 'refused'
        ? creation.messages.map(({ field, message }) => `${field}: ${message}`).join('; ')
        : null,
  };
};
