import { assertNever } from '../assert-never.ts';
import { currentAttempt, type Attempt, type FinalStatus, type Payment, type Refund } from './payment.ts';
import { dueRefunds, openRefund } from './refunding.ts';
import { finalStatusOf, statusOf } from './status.ts';

/** What a payment needs next. */
export type Step =
  | { readonly kind: 'offer_services' }
  | { readonly kind: 'await_choice'; readonly until: number }
  | { readonly kind: 'create_invoice'; readonly attempt: Attempt }
  | { readonly kind: 'watch'; readonly attempt: Attempt; readonly expiresAt: number }
  | { readonly kind: 'review' }
  | { readonly kind: 'settle'; readonly status: FinalStatus }
  | { readonly kind: 'register_refunds'; readonly refunds: readonly Refund[] }
  | { readonly kind: 'ask_refund'; readonly refund: Refund; readonly attempt: Attempt }
  | { readonly kind: 'follow_refund'; readonly refund: Refund; readonly attempt: Attempt }
  | { readonly kind: 'rest' };

export function stepOf(payment: Payment): Step {
  const status = statusOf(payment);
  const final = finalStatusOf(payment);
  const refunds = dueRefunds(payment);
  if (refunds.length > 0) return { kind: 'register_refunds', refunds };
  if (final && payment.settled !== final) return { kind: 'settle', status: final };
  const refund = refundStep(payment);
  if (refund) return refund;
  if (final) return { kind: 'rest' };
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

function refundStep(payment: Payment): Step | null {
  const refund = openRefund(payment);
  const attempt = payment.attempts.find(({ number }) => number === refund?.attempt);
  if (!refund || !attempt) return null;
  return { kind: refund.answer === 'none' ? 'ask_refund' : 'follow_refund', refund, attempt };
}
