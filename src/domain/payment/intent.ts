import { judgmentOn, moneyOfAttempt, successesOf } from './attempt-state.ts';
import { lastEffective } from './telling.ts';
import type { Payment, Watched } from './payment.ts';
import { isUnpaid } from './payment-status.ts';

/** How money came that the order had been given up for; null where it had not been. */
export type Lateness = 'after_cancel' | 'late';

export function latenessOf(payment: Payment): Lateness | null {
  const settled = lastEffective(payment)?.status ?? null;
  if (payment.cancelReason !== null && (settled === null || settled === 'canceled')) return 'after_cancel';
  return isUnpaid(settled) ? 'late' : null;
}

/** What the merchant's rules make of money that is not wanted: `PAID_AFTER_CANCEL`, `LATE_PAYMENT`. */
export function ruleOf({ input }: Payment, lateness: Lateness | null): 'review' | 'refund' | 'accept' | null {
  if (lateness === null) return null;
  return lateness === 'late' ? input.policy.latePayment : input.policy.paidAfterCancel;
}

/** A standing intent, of a rule or an operator, that all of an attempt's money goes back. */
export function isReturning(payment: Payment, watched: Watched): boolean {
  const judgment = judgmentOn(payment, watched);
  // A rejection was about what was there then; what is there now is another matter.
  if (judgment && judgment.decision !== 'reject') return judgment.decision === 'refund';
  return ruleOf(payment, latenessOf(payment)) === 'refund' || isSecondPayment(payment, watched);
}

/** Paid twice: the first payment counts (`PAID_TWICE`). */
function isSecondPayment(payment: Payment, watched: Watched): boolean {
  if (payment.input.policy.paidTwice !== 'refund' || !moneyOfAttempt(watched)) return false;
  const [first] = keptOf(payment);
  return first !== undefined && first.number !== watched.number;
}

/** Payments of the order that are to stay, in the order in which they were made: paid twice, where there are several. */
export const keptOf = (payment: Payment): Watched[] =>
  successesOf(payment).filter((watched) => {
    const money = moneyOfAttempt(watched);
    if (!money || judgmentOn(payment, watched)?.decision === 'refund') return false;
    return money.refundable > money.inOrder(money.refunded) + money.inOrder(money.chargedBack);
  });
