import { judgmentOn, moneyOfAttempt, paidAt, successesOf } from './attempt-state.ts';
import { isDoubtful } from './attempt-mismatches.ts';
import type { Payment, Watched } from './payment.ts';
import { settledStatus } from './effective-outcome.ts';
import { isUnpaid } from './statuses.ts';

/** How money came that the order had been given up for; null where it had not been. */
export type Lateness = 'after_cancel' | 'late';

export function latenessOf(payment: Payment): Lateness | null {
  const settled = settledStatus(payment);
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

const isSecondPayment = (payment: Payment, watched: Watched): boolean =>
  payment.input.policy.paidTwice === 'refund' &&
  secondPaymentsOf(payment).some(({ number }) => number === watched.number);

/** Paid twice: the first payment counts (`PAID_TWICE`), unless it went back when there was another already. */
export function secondPaymentsOf(payment: Payment): Watched[] {
  const rankOf = (watched: Watched): number => precedenceOf(payment, watched);
  const wanted = wantedOf(payment).toSorted((a, b) => rankOf(a) - rankOf(b));
  return wanted.filter(
    (watched, index) =>
      hasMoneyLeft(watched) &&
      rankOf(watched) !== precedence.accepted &&
      wanted.slice(0, index).some((first) => hasMoneyLeft(first) || wentAt(first) <= paidAt(watched)),
  );
}

const precedence = { accepted: 0, asOrdered: 1, doubtful: 2 } as const;

/** A payment that an operator accepted counts before others, and none that is yet to be judged before one as ordered. */
function precedenceOf(payment: Payment, watched: Watched): number {
  if (isDoubtful(payment, watched)) return precedence.doubtful;
  const isAccepted = judgmentOn(payment, watched)?.decision === 'accept';
  return isAccepted ? precedence.accepted : precedence.asOrdered;
}

const wentAt = ({ goneAt, seen }: Watched): number => goneAt || (seen?.snapshot.updated ?? Infinity);

/** Some of what was paid has neither gone back nor been charged back. */
export function hasMoneyLeft(watched: Watched): boolean {
  const money = moneyOfAttempt(watched);
  return money !== null && money.left > 0;
}

/** Payments of the order that are to stay, in the order in which they were made. */
export const keptOf = (payment: Payment): Watched[] => wantedOf(payment).filter(hasMoneyLeft);

/** Those that no operator sends back. */
const wantedOf = (payment: Payment): Watched[] =>
  successesOf(payment).filter(
    (watched) => moneyOfAttempt(watched) !== null && judgmentOn(payment, watched)?.decision !== 'refund',
  );
