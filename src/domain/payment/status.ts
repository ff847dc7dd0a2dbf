import { assertNever } from '../assert-never.ts';
import {
  currentAttempt,
  maxAttemptsOf,
  type Attempt,
  type FinalStatus,
  type Payment,
  type PaymentStatus,
} from './payment.ts';
import { hasPendingRefund, refusalTextOf } from './refund.ts';
import { hourMs, watchEndsAt } from './polling.ts';
import { standingOf, type Standing } from '../invoice/invoice-state.ts';

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

const isPaid = (attempt: Attempt): boolean => ['paid', 'verified'].includes(standingOfAttempt(attempt));

/** Attempts with money in them, those that nothing was returned of first. */
export const paidAttempts = ({ attempts }: Payment): Attempt[] =>
  attempts
    .filter((attempt) => withMoney.has(standingOfAttempt(attempt)))
    .toSorted((a, b) => Number(isPaid(b)) - Number(isPaid(a)));

/** The status as everyone is told it: a function of what is known, so it cannot contradict itself. */
export function statusOf(payment: Payment): PaymentStatus {
  if (reviewReasonsOf(payment).length > 0) return 'review';
  const decision = payment.resolutions.at(-1)?.decision;
  if (decision === 'reject') return payment.settled ?? 'failed';
  const [attempt] = paidAttempts(payment);
  if (attempt) return statusWithMoney(payment, attempt);
  return decision === 'accept' ? 'paid' : (payment.settled ?? statusWithoutMoney(payment));
}

function statusWithMoney(payment: Payment, attempt: Attempt): PaymentStatus {
  if (hasPendingRefund(payment)) return 'refunding';
  const untouched = isPaid(attempt) && !payment.refunds.some((refund) => refund.attempt === attempt.number);
  if (isReturning(payment) && untouched) return payment.settled ?? 'canceled';
  return moneyStatus(standingOfAttempt(attempt));
}

/** Whether a rule gives back what came after the order was given up. */
export function isReturning({ input, settled, cancelReason, resolutions }: Payment): boolean {
  if (resolutions.at(-1)?.decision === 'accept') return false;
  const { latePayment, paidAfterCancel } = input.policy;
  if (cancelReason !== null && (settled === null || settled === 'canceled'))
    return paidAfterCancel === 'refund';
  return isUnpaid(settled) && latePayment === 'refund';
}

/** Why a person has to decide, each reason a sentence; empty when none has to, or one has. */
export function reviewReasonsOf(payment: Payment): string[] {
  const resolved = new Set(payment.resolutions.flatMap(({ reasons }) => reasons));
  return [
    ...payment.attempts.flatMap(attemptReasons),
    ...doublePayment(payment),
    ...latePayment(payment),
    ...refusedRefunds(payment),
    ...silence(payment),
  ].filter((reason) => !resolved.has(reason));
}

const attemptReasons = (attempt: Attempt): string[] => [
  ...attempt.differences,
  ...(attempt.seen && standingOf(attempt.seen) === 'partially_paid'
    ? [
        `partly paid: ${attempt.seen.processedAmount ?? 'unknown'} of ${attempt.seen.amount} ${attempt.seen.currency}`,
      ]
    : []),
  ...(attempt.missing && standingOfAttempt(attempt) === 'unclear'
    ? [`the platform no longer knows the invoice of ${attempt.referenceId}`]
    : []),
];

function doublePayment(payment: Payment): string[] {
  const kept = payment.attempts.filter(
    (attempt) => isPaid(attempt) && !payment.refunds.some((refund) => refund.attempt === attempt.number),
  );
  if (kept.length < 2) return [];
  return [`paid ${kept.length} times: ${kept.map(({ referenceId }) => referenceId).join(', ')}`];
}

function latePayment({ attempts, input, settled, cancelReason }: Payment): string[] {
  if (!attempts.some(isPaid)) return [];
  const { latePayment: rule, paidAfterCancel } = input.policy;
  if (cancelReason !== null && (settled === null || settled === 'canceled'))
    return paidAfterCancel === 'review' ? ['paid although canceled'] : [];
  return isUnpaid(settled) && rule === 'review' ? [`paid after the order was told ${settled}`] : [];
}

/** What an order service asked for and was refused, it is told; what we decided ourselves, a person must see. */
const refusedRefunds = (payment: Payment): string[] =>
  payment.refunds
    .filter(({ askedBy }) => askedBy !== 'order_service')
    .flatMap((refund) => {
      const refusal = refusalTextOf(payment, refund);
      return refusal === null ? [] : [`refund ${refund.refundId} was refused: ${refusal}`];
    });

function silence(payment: Payment): string[] {
  if (!payment.watchExhausted || paidAttempts(payment).length > 0) return [];
  const expiresAt = currentAttempt(payment)?.expiresAt ?? payment.deadlineAt;
  const watchedMs = watchEndsAt(expiresAt, currentAttempt(payment)?.watchUntil) - expiresAt;
  return [`the platform said nothing final for ${Math.round(watchedMs / hourMs)} h`];
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

const isGivenUp = ({ cancelReason, resolutions }: Payment): boolean =>
  cancelReason !== null && resolutions.at(-1)?.decision !== 'accept';

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
      return payment.settled ?? (isGivenUp(payment) ? 'canceled' : 'paid');
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
