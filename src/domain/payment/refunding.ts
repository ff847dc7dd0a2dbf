import { formatMoney, sameMoney, type Money } from '../money.ts';
import type { Attempt, Payment, Refund } from './payment.ts';
import { refundStatusOf, remainderOf } from './refund.ts';
import { isReturning, paidAttempts, reviewReasonsOf, statusOf } from './status.ts';
import { refusalTypes, type UpdateRefusal } from './refusal.ts';

/** What an order service asks: `amount` is the whole remainder when absent. */
export interface RefundAsking {
  readonly refundId: string;
  readonly amount?: Money | undefined;
  readonly reason: string;
}

const refusal = (type: UpdateRefusal['type'], detail: string, field?: string): UpdateRefusal => ({
  type,
  detail,
  errors: field === undefined ? [] : [{ field, message: detail }],
});

/** Why a refund cannot be given, or null; the same refund asked for again can. */
export function refusalOfRefund(payment: Payment, asking: RefundAsking): UpdateRefusal | null {
  const earlier = payment.refunds.find(({ refundId }) => refundId === asking.refundId);
  if (earlier) {
    const same = asking.amount === undefined || sameMoney(asking.amount, earlier.amount);
    return same ? null : refusal(refusalTypes.refund, 'this refundId was used for another amount', 'amount');
  }
  const [attempt] = paidAttempts(payment);
  const status = statusOf(payment);
  if (!attempt || status === 'review' || status === 'charged_back') {
    return refusal(refusalTypes.state, `the payment is ${status}: there is nothing to refund`);
  }
  const left = remainderOf(payment, attempt);
  return refusalOfAmount(asking.amount ?? left, left);
}

function refusalOfAmount(wanted: Money, left: Money): UpdateRefusal | null {
  if (wanted.currency !== left.currency)
    return refusal(refusalTypes.input, `the payment was made in ${left.currency}`, 'amount.currency');
  if (wanted.minor > 0 && wanted.minor <= left.minor) return null;
  const most = `${formatMoney(left)} ${left.currency}`;
  return refusal(refusalTypes.input, `at most ${most} can be refunded`, 'amount');
}

/** The refund to be registered for an asking that was not refused; null where it is registered already. */
export function refundFor(payment: Payment, { refundId, amount, reason }: RefundAsking): Refund | null {
  const [attempt] = paidAttempts(payment);
  if (!attempt || payment.refunds.some((it) => it.refundId === refundId)) return null;
  return newRefund(attempt, {
    refundId,
    amount: amount ?? remainderOf(payment, attempt),
    reason,
    askedBy: 'order_service',
  });
}

const newRefund = (
  attempt: Attempt,
  asked: Pick<Refund, 'refundId' | 'amount' | 'reason' | 'askedBy'>,
): Refund => ({ ...asked, attempt: attempt.number, answer: 'none', messages: [] });

/** Refunds that a rule (LATE_PAYMENT, PAID_AFTER_CANCEL) or an operator has decided and nobody registered yet. */
export function dueRefunds(payment: Payment): Refund[] {
  if (reviewReasonsOf(payment).length > 0) return [];
  const decision = payment.resolutions.at(-1);
  const paid = paidAttempts(payment);
  const byOperator = decision?.decision === 'refund';
  if (!byOperator && !isReturning(payment)) return [];
  const returned = byOperator && paid.length > 1 ? paid.slice(1) : paid;
  return returned.flatMap((attempt) => {
    const refundId = `auto-${attempt.number}`;
    const amount = remainderOf(payment, attempt);
    if (amount.minor === 0 || payment.refunds.some((it) => it.refundId === refundId)) return [];
    const reason = byOperator ? decision.why : 'paid after the order was given up';
    return newRefund(attempt, { refundId, amount, reason, askedBy: byOperator ? 'operator' : 'rule' });
  });
}

/** What a refund needs next of the platform, the oldest first; null when all are decided. */
export function openRefund(payment: Payment): Refund | null {
  return payment.refunds.find((refund) => refundStatusOf(payment, refund) === 'pending') ?? null;
}
