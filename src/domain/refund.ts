import { parseMoney, type Money } from './money.ts';
import type { Attempt, Payment, Refund } from './payment.ts';
import { standingOf } from './standing.ts';

export type RefundStatus = 'pending' | 'processed' | 'refused';

/** What the platform's refund carries as its `reference_id`: unique, and the same on every try. */
export const refundReferenceFor = (attempt: Attempt, { refundId }: Refund): string =>
  `${attempt.referenceId}-r-${refundId}`;

const attemptOf = ({ attempts }: Payment, number: number): Attempt | undefined =>
  attempts.find((attempt) => attempt.number === number);

/** Minor units that the platform says it gave back of an attempt. */
export function returnedOf({ input }: Payment, { seen }: Attempt): number {
  if (!seen) return 0;
  const whole = input.terms.amount.minor;
  const standing = standingOf(seen);
  const told = seen.refundedAmount === null ? null : parseMoney(seen.refundedAmount, seen.currency);
  if (told?.ok) return told.money.minor;
  return standing === 'refunded' ? whole : 0;
}

/** Decided by the platform's later answers: accepted refunds are done in their order, as far as money went back. */
export function refundStatusOf(payment: Payment, refund: Refund): RefundStatus {
  if (refund.answer === 'refused') return 'refused';
  const attempt = attemptOf(payment, refund.attempt);
  if (refund.answer === 'none' || !attempt?.seen) return 'pending';
  const accepted = payment.refunds.filter((it) => it.attempt === refund.attempt && it.answer === 'accepted');
  const before = accepted
    .slice(0, accepted.indexOf(refund) + 1)
    .reduce((sum, it) => sum + it.amount.minor, 0);
  if (before <= returnedOf(payment, attempt)) return 'processed';
  const standing = standingOf(attempt.seen);
  const over = attempt.seen.status === 'refund_failed' || standing.endsWith('charged_back');
  return over ? 'refused' : 'pending';
}

export const hasPendingRefund = (payment: Payment): boolean =>
  payment.refunds.some((refund) => refundStatusOf(payment, refund) === 'pending');

/** What can still be given back of an attempt. */
export function remainderOf(payment: Payment, attempt: Attempt): Money {
  const { amount } = payment.input.terms;
  const asked = payment.refunds
    .filter((it) => it.attempt === attempt.number && refundStatusOf(payment, it) !== 'refused')
    .reduce((sum, it) => sum + it.amount.minor, 0);
  const minor = Math.max(0, amount.minor - Math.max(asked, returnedOf(payment, attempt)));
  return { minor, currency: amount.currency };
}

export function refusalTextOf(payment: Payment, refund: Refund): string | null {
  if (refundStatusOf(payment, refund) !== 'refused') return null;
  const said = refund.messages.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  return said.length > 0 ? said.join('; ') : 'the platform refused the refund';
}
