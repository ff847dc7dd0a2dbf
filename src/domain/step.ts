import { assertNever } from './assert-never.ts';
import { currentAttempt, type Attempt, type FinalStatus, type Payment } from './payment.ts';
import { finalStatusOf, statusOf } from './status.ts';

/** What a payment needs next. */
export type Step =
  | { readonly kind: 'offer_services' }
  | { readonly kind: 'await_choice'; readonly until: number }
  | { readonly kind: 'create_invoice'; readonly attempt: Attempt }
  | { readonly kind: 'watch'; readonly attempt: Attempt; readonly expiresAt: number }
  | { readonly kind: 'review' }
  | { readonly kind: 'settle'; readonly status: FinalStatus };

export function stepOf(payment: Payment): Step {
  const status = statusOf(payment);
  const final = finalStatusOf(payment);
  if (final) return { kind: 'settle', status: final };
  switch (status) {
    case 'choosing':
      return payment.services
        ? { kind: 'await_choice', until: payment.deadlineAt }
        : { kind: 'offer_services' };
    case 'creating':
      return { kind: 'create_invoice', attempt: attemptOf(payment) };
    case 'awaiting_payment':
    case 'canceling': {
      const attempt = attemptOf(payment);
      return { kind: 'watch', attempt, expiresAt: attempt.expiresAt ?? payment.deadlineAt };
    }
    case 'review':
      return { kind: 'review' };
    case 'paid':
    case 'verified':
    case 'failed':
    case 'expired':
    case 'canceled':
    case 'refunding':
    case 'refunded':
    case 'partially_refunded':
    case 'charged_back':
    case 'partially_charged_back':
      throw new Error(`${status} is final`);
    default:
      return assertNever(status);
  }
}

function attemptOf(payment: Payment): Attempt {
  const attempt = currentAttempt(payment);
  if (!attempt) throw new Error('no attempt was made');
  return attempt;
}
