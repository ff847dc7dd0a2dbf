import { toIso } from '../time.ts';
import { freshDelivery } from './delivery-retries.ts';
import { judgmentOn, moneyOfAttempt, successesOf } from './attempt-state.ts';
import type { ReviewReason } from './review-reasons.ts';
import { isReturning, latenessOf } from './unwanted-money.ts';
import type { Outcome, Told } from './outcome.ts';
import type { Payment } from './payment.ts';
import { isMoved, isTellable, type OutcomeStatus, type PaymentStatus } from './statuses.ts';
import { toPaymentView } from './to-payment-view.ts';
import { effectiveOutcome } from './effective-outcome.ts';
import { outcomeIdFor } from '../identity.ts';

/** What the order service is owed to be told next; null where it knows everything. */
export function owedOutcome(
  payment: Payment,
  decided: { readonly status: PaymentStatus; readonly reviewReasons: readonly ReviewReason[] },
): Told | null {
  const isLosing = decided.status === 'refunding' && hasLostMore(payment);
  const status = owedStatus(payment, isLosing ? 'partially_charged_back' : decided.status);
  return status && toldOf(payment, status, decided);
}

function owedStatus(payment: Payment, status: PaymentStatus): OutcomeStatus | null {
  const isReviewTold = payment.told.at(-1)?.status === 'review';
  if (status === 'review') return isReviewTold ? null : 'review';
  const effective = effectiveOutcome(payment);
  // The order was decided first, whatever was first seen of it.
  const first = !effective && isMoved(status) ? firstOf(payment) : null;
  if (first) return first;
  if (!isTellable(status)) return null;
  // The end of a review is told, changed or not.
  return isReviewTold || !isAsTold(effective, status, payment) ? status : null;
}

const isAsTold = (told: Told | null, status: OutcomeStatus, payment: Payment): boolean =>
  told?.status === status && told.moved === movedOf(payment);

/** Canceled, unless an operator took it for paid all the same; else paid, unless all of it is to go back. */
function firstOf(payment: Payment): 'canceled' | 'paid' | null {
  const successes = successesOf(payment);
  const isAccepted = successes.some((it) => judgmentOn(payment, it)?.decision === 'accept');
  if (latenessOf(payment) === 'after_cancel' && !isAccepted) return 'canceled';
  return successes.every((it) => isReturning(payment, it)) ? null : 'paid';
}

/** A chargeback does not wait for the refunds that are on their way. */
const hasLostMore = (payment: Payment): boolean =>
  chargedBackOf(payment) > (effectiveOutcome(payment)?.chargedBack ?? 0);

const chargedBackOf = (payment: Payment): number =>
  successesOf(payment).reduce((sum, watched) => sum + (moneyOfAttempt(watched)?.chargedBack ?? 0), 0);

/** Where the order's money is; changes when it moves. */
const movedOf = (payment: Payment): string =>
  successesOf(payment)
    .flatMap((watched) => {
      const money = moneyOfAttempt(watched);
      return money ? [`${money.currency} ${money.paid}/${money.refunded}/${money.chargedBack}`] : [];
    })
    .sort()
    .join(', ');

function toldOf(
  payment: Payment,
  status: OutcomeStatus,
  decided: { readonly status: PaymentStatus; readonly reviewReasons: readonly ReviewReason[] },
): Told {
  const { input, clock, told } = payment;
  const supersedes = status === 'review' ? null : (effectiveOutcome(payment)?.id ?? null);
  const id = outcomeIdFor(payment, told.length + 1, clock);
  const chargedBack = chargedBackOf(payment);
  const data = { ...toPaymentView(payment, decided), status };
  const outcome: Outcome = {
    id,
    type: `payment.${status}`,
    timestamp: toIso(clock),
    ...(supersedes !== null && { supersedes }),
    data,
  };
  return {
    id,
    status,
    moved: movedOf(payment),
    ...(chargedBack > 0 && { chargedBack }),
    outcome: input.policy.tellsOutcomes ? outcome : null,
    delivery: input.policy.tellsOutcomes ? freshDelivery : { state: 'delivered', at: clock },
    refusal: null,
  };
}
