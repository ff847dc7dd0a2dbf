import { formatMoney, sameMoney, type Money } from '../money.ts';
import { moneyOfAttempt, successesOf } from './attempt-state.ts';
import type { Payment } from './payment.ts';
import type { PaymentStatus } from './statuses.ts';
import { refusal, refusalTypes, wrongState, type UpdateRefusal } from './refusal.ts';
import { forgottenRefund } from './forgotten-refund.ts';
import { refundableOf, remainderOf, type RefundAsking } from './refundable.ts';

/** Why a refund cannot be given, or null; the same refund asked for again can. */
export function refusalOfRefund(
  payment: Payment,
  status: PaymentStatus,
  asking: RefundAsking,
): UpdateRefusal | null {
  const earlier = payment.refunds.find(({ refundId }) => refundId === asking.refundId);
  if (earlier) {
    const same = asking.amount === undefined || sameMoney(asking.amount, earlier.amount);
    return same ? null : refusal(refusalTypes.refund, 'this refundId was used for another amount', 'amount');
  }
  const refused = refusalOfNew(payment, status, asking);
  return status !== 'review' && forgottenRefund(payment, asking) ? null : refused;
}

function refusalOfNew(payment: Payment, status: PaymentStatus, asking: RefundAsking): UpdateRefusal | null {
  const paid = successesOf(payment).find((watched) => moneyOfAttempt(watched) !== null);
  if (!paid || status === 'review' || status === 'charged_back')
    return wrongState(`the payment is ${status}: there is nothing to refund`);
  const left = remainderOf(payment, refundableOf(payment) ?? paid);
  return refusalOfAmount(asking.amount ?? left, left);
}

function refusalOfAmount(wanted: Money, left: Money): UpdateRefusal | null {
  if (wanted.currency !== left.currency)
    return refusal(refusalTypes.input, `the payment was made in ${left.currency}`, 'amount.currency');
  if (wanted.minor > 0 && wanted.minor <= left.minor) return null;
  const what = wanted.minor === 0 && left.minor > 0 ? 'the amount must be greater than 0, and ' : '';
  const most = `${formatMoney(left)} ${left.currency}`;
  return refusal(refusalTypes.input, `${what}at most ${most} can be refunded`, 'amount');
}
