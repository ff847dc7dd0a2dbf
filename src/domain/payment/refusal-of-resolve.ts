import { moneyOfAttempt, watchedOf } from './attempt-state.ts';
import { statusOf } from './derive-status.ts';
import type { Judgment, Payment } from './payment.ts';
import { wrongState, type UpdateRefusal } from './refusal.ts';
import { dashboardKey, reviewReasonsOf, type ReviewReason } from './review-reasons.ts';

/** Why a review cannot be ended like this, or null. */
export function refusalOfResolve(payment: Payment, decision: Judgment['decision']): UpdateRefusal | null {
  const reviewReasons = reviewReasonsOf(payment);
  if (reviewReasons.length === 0)
    return wrongState(`the payment is ${statusOf(payment)}: there is nothing to resolve`);
  const hasNoMoney =
    decision === 'refund' && !reviewReasons.some((reviewReason) => concernsMoney(payment, reviewReason));
  if (!hasNoMoney) return null;
  const isDashboards = reviewReasons.some(({ key }) => key.startsWith(dashboardKey));
  const why = isDashboards
    ? 'only the dashboard can make its refund again'
    : 'the platform shows no money of it';
  return wrongState(`${why}: there is nothing to refund; accept or reject`);
}

function concernsMoney(payment: Payment, { key, attempts }: ReviewReason): boolean {
  if (key.startsWith('refund-')) return true;
  return attempts.some((number) => {
    const watched = watchedOf(payment, number);
    return watched !== null && moneyOfAttempt(watched) !== null;
  });
}
