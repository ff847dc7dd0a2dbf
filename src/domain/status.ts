import { assertNever } from './assert-never.ts';
import {
  currentAttempt,
  maxAttemptsOf,
  type Attempt,
  type FinalStatus,
  type Payment,
  type PaymentStatus,
} from './payment.ts';
import { standingOf, type Standing } from './standing.ts';

/** What an attempt amounts to, whatever the payment around it. */
type AttemptStanding = Standing | 'creating' | 'refused' | 'unclear';

function standingOfAttempt(attempt: Attempt): AttemptStanding {
  const standing = attempt.seen && standingOf(attempt.seen);
  if (attempt.differences.length > 0 || standing === 'partially_paid') return 'unclear';
  if (standing && standing !== 'open') return standing;
  if (attempt.missing) return 'unclear';
  if (attempt.refusal) return 'refused';
  return standing ?? (attempt.redirect ? 'open' : 'creating');
}

const withMoney: ReadonlySet<AttemptStanding> = new Set([
  'paid',
  'verified',
  'refunding',
  'refunded',
  'partially_refunded',
  'charged_back',
  'partially_charged_back',
] satisfies AttemptStanding[]);

/** The status as everyone is told it: a function of what is known, so it cannot contradict itself. */
export function statusOf(payment: Payment): PaymentStatus {
  if (payment.resolution)
    return payment.resolution.decision === 'accept' ? 'paid' : (payment.settled ?? 'failed');
  if (reviewReasonsOf(payment).length > 0) return 'review';
  const paid = payment.attempts.find((attempt) => withMoney.has(standingOfAttempt(attempt)));
  return paid ? moneyStatus(standingOfAttempt(paid)) : (payment.settled ?? statusWithoutMoney(payment));
}

/** Why a person has to decide, each reason a sentence; empty when none has to. */
export function reviewReasonsOf(payment: Payment): string[] {
  const paid = payment.attempts.filter((attempt) => withMoney.has(standingOfAttempt(attempt)));
  const reasons = payment.attempts.flatMap((attempt) => [
    ...attempt.differences,
    ...(attempt.seen && standingOf(attempt.seen) === 'partially_paid'
      ? [
          `partly paid: ${attempt.seen.processedAmount ?? 'unknown'} of ${attempt.seen.amount} ${attempt.seen.currency}`,
        ]
      : []),
    ...(attempt.missing && standingOfAttempt(attempt) === 'unclear'
      ? [`the platform no longer knows the invoice of ${attempt.referenceId}`]
      : []),
  ]);
  if (paid.length > 1)
    reasons.push(`paid ${paid.length} times: ${paid.map(({ referenceId }) => referenceId).join(', ')}`);
  if (paid.length > 0 && isUnpaid(payment.settled))
    reasons.push(`paid after the order was told ${payment.settled}`);
  if (paid.length > 0 && payment.cancelReason !== null && !payment.settled)
    reasons.push('paid although canceled');
  if (payment.watchExhausted && paid.length === 0) reasons.push('the platform said nothing final for 24 h');
  return reasons;
}

const isUnpaid = (settled: FinalStatus | null): settled is 'failed' | 'expired' | 'canceled' =>
  settled === 'failed' || settled === 'expired' || settled === 'canceled';

function moneyStatus(standing: AttemptStanding): PaymentStatus {
  switch (standing) {
    case 'paid':
    case 'verified':
    case 'refunding':
    case 'refunded':
    case 'partially_refunded':
    case 'charged_back':
    case 'partially_charged_back':
      return standing;
    default:
      throw new Error(`no money in ${standing}`);
  }
}

function statusWithoutMoney(payment: Payment): PaymentStatus {
  const attempt = currentAttempt(payment);
  const canceled = payment.cancelReason !== null;
  if (!attempt) return beforeAnyChoice(payment);
  const standing = standingOfAttempt(attempt);
  switch (standing) {
    case 'creating':
      return 'creating';
    case 'open':
      // A form that no browser ever posted made no invoice.
      if (!attempt.seen && payment.timeIsUp) return canceled ? 'canceled' : 'expired';
      return canceled ? 'canceling' : 'awaiting_payment';
    case 'expired':
      return canceled ? 'canceled' : 'expired';
    case 'failed':
    case 'refused':
      return canceled ? 'canceled' : afterFailure(payment);
    default:
      throw new Error(`unreachable standing ${standing}`);
  }
}

function beforeAnyChoice({ cancelReason, timeIsUp }: Payment): PaymentStatus {
  if (cancelReason !== null) return 'canceled';
  return timeIsUp ? 'expired' : 'choosing';
}

const afterFailure = (payment: Payment): PaymentStatus =>
  payment.timeIsUp || payment.attempts.length >= maxAttemptsOf(payment.input) ? 'failed' : 'choosing';

/** The status that ends the payment, or null while it is open or a person has to decide. */
export function finalStatusOf(payment: Payment): FinalStatus | null {
  const status = statusOf(payment);
  switch (status) {
    case 'paid':
    case 'verified':
    case 'failed':
    case 'expired':
    case 'canceled':
      return status;
    case 'refunding':
    case 'refunded':
    case 'partially_refunded':
    case 'charged_back':
    case 'partially_charged_back':
      // The order was paid first, whatever was first seen of it.
      return 'paid';
    case 'choosing':
    case 'creating':
    case 'awaiting_payment':
    case 'canceling':
    case 'review':
      return null;
    default:
      return assertNever(status);
  }
}
