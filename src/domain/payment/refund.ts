import { parseMoney, type Money } from '../money.ts';
import type { Attempt, Payment, Refund } from './payment.ts';
import { standingOf } from '../invoice/invoice-state.ts';

export type RefundStatus = 'pending' | 'processed' | 'refused';

/** What the platform's refund carries as its `reference_id`: unique, and the same on every try. */
export const refundReferenceFor = (attempt: Attempt, { refundId }: Refund): string =>
  `${attempt.referenceId}-r-${refundId}`;

const attemptOf = ({ attempts }: Payment, number: number): Attempt | undefined =>
  attempts.find((attempt) => attempt.number === number);

/** Minor units that the platform says it gave back of an attempt. */
function returnedOf({ input }: Payment, { seen }: Attempt): number {
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

/**
 * Refused refunds of the order service that nobody has seen to, and whose money did not go back in another way.
 * Those of a rule or an operator open a review instead.
 */
export function refusalsInSight(payment: Payment): Refund[] {
  const { refunds, acknowledged = [] } = payment;
  return refunds.filter((refund, index) => {
    if (refund.askedBy !== 'order_service') return false;
    if (refundStatusOf(payment, refund) !== 'refused' || acknowledged.includes(refund.refundId)) return false;
    const later = refunds.slice(index + 1).filter(({ attempt }) => attempt === refund.attempt);
    return later.every((it) => refundStatusOf(payment, it) === 'refused') && !isGone(payment, refund);
  });
}

function isGone(payment: Payment, refund: Refund): boolean {
  const attempt = attemptOf(payment, refund.attempt);
  if (!attempt?.seen || standingOf(attempt.seen) === 'charged_back') return true;
  return remainderOf(payment, attempt).minor === 0 || wasGiven(payment, refund);
}

/** Whether the platform gave back as much more than it had accepted. */
export function wasGiven(payment: Payment, refund: Refund): boolean {
  const attempt = attemptOf(payment, refund.attempt);
  const accepted = payment.refunds
    .filter((it) => it.attempt === refund.attempt && it.answer === 'accepted')
    .reduce((sum, { amount }) => sum + amount.minor, 0);
  return attempt !== undefined && returnedOf(payment, attempt) >= accepted + refund.amount.minor;
}

export function refusalTextOf(payment: Payment, refund: Refund): string | null {
  if (refundStatusOf(payment, refund) !== 'refused') return null;
  const said = refund.messages.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  return said.length > 0 ? said.join('; ') : 'the platform refused the refund';
}
