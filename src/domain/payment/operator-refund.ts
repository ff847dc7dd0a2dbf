import { parseMoney } from '../money.ts';
import { currentAttempt, type Payment } from './payment.ts';
import type { RefundAsking } from './refundable.ts';
import { refusalOfRefund } from './refusal-of-refund.ts';
import { refusal, refusalTypes, type UpdateRefusal } from './refusal.ts';
import { statusOf } from './derive-status.ts';

/** A refund as an operator asks for it. */
export interface OperatorRefund {
  /** The same id again is the same refund. */
  readonly refundId: string;
  /** Decimal string; all that is left where it is absent. */
  readonly amount?: string;
  readonly why: string;
}

/** The same as an order service's; null where the amount is none of the invoice's currency. */
export function refundAskingOf(
  payment: Payment,
  { refundId, amount, why }: OperatorRefund,
): RefundAsking | null {
  const asking = { refundId, reason: why };
  if (amount === undefined) return asking;
  const { currency } = currentAttempt(payment)?.seen?.snapshot ?? payment.input.terms.amount;
  const parsed = parseMoney(amount, currency);
  return parsed.ok ? { ...asking, amount: parsed.money } : null;
}

const refundIdPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Why it cannot be given, or null. */
export function refusalOfOperatorRefund(payment: Payment, asked: OperatorRefund): UpdateRefusal | null {
  const { refundId, amount } = asked;
  if (typeof refundId !== 'string' || !refundIdPattern.test(refundId))
    return refusal(refusalTypes.input, '"refundId" must be 1 to 64 letters, digits, "-" or "_"');
  if (amount !== undefined && typeof amount !== 'string')
    return refusal(refusalTypes.input, '"amount" must be a decimal string, such as "10.00"');
  const asking = refundAskingOf(payment, asked);
  return asking
    ? refusalOfRefund(payment, statusOf(payment), asking)
    : refusal(refusalTypes.input, `"amount": ${amount} is no amount of the invoice's currency`);
}
