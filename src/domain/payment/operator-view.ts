import { formatMoney } from '../money.ts';
import { toIso } from '../time.ts';
import { redirectOf } from './attempt-mismatches.ts';
import { isOpen } from './attempt-state.ts';
import { watchEndOf } from './expiry.ts';
import { decide } from './decide.ts';
import type { OperatorNote } from './operator-note.ts';
import type { Attempt, Payment } from './payment.ts';
import { shownAttempt, toPaymentView } from './to-payment-view.ts';
import { refundStatusOf, refusalTextOf, type RefundStatus } from './refund.ts';
import type { Delivery, Told } from './outcome.ts';
import type { PaymentView } from './payment-view.ts';

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
  readonly account: string;
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
    /** In a row, and in vain. */
    readonly tries: number;
    /** When it was taken, or given up. */
    readonly at: string | null;
    readonly nextTryAt: string | null;
    /** What was answered last, where it was not taken. */
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
  const { owner, orderId, policy } = payment.input;
  const { attention, next, ...decided } = decide(payment);
  const { status, reason, decidedBy, amount, attempt, service, invoiceId, expiresAt, money } = toPaymentView(
    payment,
    decided,
  );
  const watchEnd = watchEndOfPayment(payment);
  return {
    ...{ orderId, owner, status, reason, decidedBy, amount, attempt, service, invoiceId, money },
    account: policy.account,
    openedAt: toIso(payment.openedAt),
    deadline: expiresAt,
    watchedUntil: watchEnd === null ? null : toIso(watchEnd),
    waiting: next && `${next.what}, until ${toIso(next.at)}`,
    lastLook: lastLookOf(shownAttempt(payment, status)),
    attention,
    attempts: payment.attempts.map((attempt) => attemptView(payment, attempt)),
    outcomes: payment.told.map((told) => ({
      id: told.id,
      status: told.status,
      ...deliveryView(told),
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

function deliveryView({ delivery }: Told) {
  const { state } = delivery;
  if (state !== 'waiting')
    return { delivery: state, tries: 0, at: toIso(delivery.at), nextTryAt: null } as const;
  const nextTryAt = delivery.tries === 0 ? null : toIso(delivery.notBefore);
  return { delivery: state, tries: delivery.tries, at: null, nextTryAt } as const;
}

type ToldView = OperatorView['outcomes'][number];

/** Whether an outcome arrived, in words; answers of an order service are told by their code alone. */
export function arrivalOf({
  delivery,
  tries,
  at,
  nextTryAt,
  refusal,
}: Omit<ToldView, 'id' | 'status'>): string {
  if (delivery === 'delivered') return `was taken at ${at}`;
  const answer = refusal === null ? '' : `; last answer: ${refusal}`;
  if (delivery === 'parked') return `was given up at ${at}${answer}; waits for \`redeliver-outcome\``;
  if (tries === 0) return `is being sent${answer}`;
  return `was not taken in ${tries} ${tries === 1 ? 'try' : 'tries'}${answer}; next try at ${nextTryAt}`;
}

/** When the platform is no longer asked and a person has to look, epoch milliseconds; null where nothing is watched. */
export function watchEndOfPayment(payment: Payment): number | null {
  const ends = payment.attempts
    .filter((attempt) => isOpen(payment, attempt))
    .map((attempt) => watchEndOf(payment, attempt));
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** When the platform was asked last, and what it said. */
export function lastLookOf(attempt: Attempt | null): string | null {
  if (!attempt) return null;
  const { polls, seen, absentAt } = attempt;
  if (polls.lastAt === null) return null;
  const said =
    polls.trouble ??
    (absentAt !== null && absentAt === polls.lastAt
      ? 'no such invoice'
      : (seen?.snapshot.status ?? 'nothing'));
  return `${toIso(polls.lastAt)}: ${said}`;
}

const attemptView = (payment: Payment, attempt: Attempt): AttemptView => {
  const { creation, seen } = attempt;
  return {
    number: attempt.number,
    referenceId: attempt.referenceId,
    service: attempt.choice.service,
    invoiceId: seen?.snapshot.invoiceId ?? null,
    platformStatus: seen?.snapshot.status ?? null,
    createdAt: seen ? toIso(seen.snapshot.created * 1000) : null,
    expiresAt: attempt.expiresAt === null ? null : toIso(attempt.expiresAt),
    redirectGiven: redirectOf(payment, attempt) !== null,
    refusal:
      creation.step === 'refused'
        ? creation.messages.map(({ field, message }) => `${field}: ${message}`).join('; ')
        : null,
  };
};
