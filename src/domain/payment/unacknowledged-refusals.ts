import type { Payment } from './payment.ts';
import { refundStatusOf, type Refund } from './refund.ts';
import { isGoneOtherwise } from './refund-progress.ts';

/**
 * Refused refunds of the order service that nobody has seen to, and whose money did not go back in another way.
 * Those of a rule or an operator are reasons for review instead.
 */
export function unacknowledgedRefusals(payment: Payment): Refund[] {
  return payment.refunds.filter((refund, index) => {
    if (refund.askedBy !== 'order_service' || refundStatusOf(refund) !== 'refused') return false;
    if (payment.acknowledged.includes(refund.refundId)) return false;
    const later = payment.refunds.slice(index + 1).filter(({ attempt }) => attempt === refund.attempt);
    return later.every((it) => refundStatusOf(it) === 'refused') && !isGoneOtherwise(payment, refund);
  });
}
