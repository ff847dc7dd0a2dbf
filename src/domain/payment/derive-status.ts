import { assertNever } from '../assert-never.ts';
import { stateOf } from '../invoice/invoice-state.ts';
import {
  isDisowned,
  isOpen,
  isPaidByDecision,
  moneyOfAttempt,
  stateOfAttempt,
  successesOf,
  type AttemptState,
} from './attempt-state.ts';
import { isPastDeadline } from './expiry.ts';
import { reviewReasonsOf, type ReviewReason } from './review-reasons.ts';
import { isReturning, keptOf } from './unwanted-money.ts';
import { mayChoose } from './may-choose-method.ts';
import { currentAttempt, type Payment, type Watched } from './payment.ts';
import { isUnpaid, type MoneyMovedStatus, type PaymentStatus } from './statuses.ts';
import { pendingRefundsOf } from './refundable.ts';
import { settledStatus } from './effective-outcome.ts';
import { owesMoneyAnswer } from './wake-ups.ts';

/** The status as everyone is told it: a function of what is known, so it cannot contradict itself. */
export function statusOf(
  payment: Payment,
  reviewReasons: readonly ReviewReason[] = reviewReasonsOf(payment),
): PaymentStatus {
  if (reviewReasons.length > 0) return 'review';
  const successes = successesOf(payment);
  if (successes.length > 0) return statusWithSuccess(payment, successes);
  if (payment.attempts.some((attempt) => isPaidByDecision(payment, attempt))) return 'paid';
  const settled = settledStatus(payment);
  return isUnpaid(settled) ? settled : statusWithoutSuccess(payment);
}

function statusWithSuccess(payment: Payment, successes: readonly Watched[]): PaymentStatus {
  const isMoving = (watched: Watched): boolean =>
    pendingRefundsOf(payment, watched).length > 0 || stateOfWatched(watched) === 'refunding';
  if (successes.some(isMoving)) return 'refunding';
  const [first = successes[0]] = keptOf(payment);
  if (!first) throw new Error('no success among the successes');
  const status = moneyStatusOf(first);
  if (status !== 'paid' && status !== 'verified') return status;
  if (!isReturning(payment, first)) return status;
  // A verification has no money to give back: the order stays given up.
  if (status === 'verified') return givenUpStatus(payment);
  return 'refunding';
}

const stateOfWatched = ({ seen }: Watched): AttemptState => (seen ? stateOf(seen.snapshot) : 'open');

function givenUpStatus(payment: Payment): PaymentStatus {
  const settled = settledStatus(payment);
  return isUnpaid(settled) ? settled : 'canceled';
}

/** By where the money is; the platform's word tells a chargeback from a refund. */
function moneyStatusOf(watched: Watched): 'paid' | 'verified' | Exclude<MoneyMovedStatus, 'refunding'> {
  const state = stateOfWatched(watched);
  const money = moneyOfAttempt(watched);
  if (state === 'charged_back' || state === 'partially_charged_back') return state;
  if (!money) return state === 'verified' ? 'verified' : 'paid';
  if (money.refunded === 0 && state === 'partially_refunded') return state;
  if (money.refunded > 0) return money.left === 0 ? 'refunded' : 'partially_refunded';
  return money.chargedBack > 0 ? 'partially_charged_back' : 'paid';
}

function statusWithoutSuccess(payment: Payment): PaymentStatus {
  const attempt = currentAttempt(payment);
  if (!attempt) return beforeAnyChoice(payment);
  const isCanceled = payment.cancelReason !== null;
  const waiting = isCanceled ? 'canceling' : 'awaiting_payment';
  const state = isDisowned(payment, attempt) ? 'refused' : stateOfAttempt(payment, attempt);
  if (state === 'creating') return 'creating';
  if (state === 'open') return waiting;
  // Unpaid is no end while a callback says otherwise.
  if (payment.attempts.some((it) => owesMoneyAnswer(it) && !isDisowned(payment, it))) return waiting;
  if (state !== 'expired' && mayChoose(payment)) return 'choosing';
  return isStillPayable(payment) ? waiting : unpaidEnd(state, isCanceled);
}

function unpaidEnd(state: AttemptState, isCanceled: boolean): 'canceled' | 'expired' | 'failed' {
  if (isCanceled) return 'canceled';
  switch (state) {
    case 'expired':
      return 'expired';
    case 'failed':
    case 'refused':
      return 'failed';
    case 'creating':
    case 'open':
    case 'verified':
    case 'paid':
    case 'partially_paid':
    case 'refunding':
    case 'refunded':
    case 'partially_refunded':
    case 'charged_back':
    case 'partially_charged_back':
      throw new Error(`${state} is no unpaid end`);
    default:
      return assertNever(state);
  }
}

function beforeAnyChoice(payment: Payment): PaymentStatus {
  if (payment.cancelReason !== null) return 'canceled';
  return isPastDeadline(payment) ? 'expired' : 'choosing';
}

/** An earlier invoice than the last can still be paid. */
const isStillPayable = (payment: Payment): boolean =>
  payment.attempts.some((attempt) => isOpen(payment, attempt));
