import { claimsSuccess, meaningOf } from '../invoice/invoice-state.ts';
import { formatMoney } from '../money.ts';
import { hourMs } from '../time.ts';
import {
  isDisowned,
  isOpen,
  isSuccess,
  judgmentOn,
  moneyOfAttempt,
  stateOfAttempt,
  successesOf,
  worthOf,
  type AttemptState,
} from './attempt-state.ts';
import { isDoubtful, mismatchesOfAttempt } from './attempt-mismatches.ts';
import { watchEndOf } from './expiry.ts';
import { hasMoneyLeft, keptOf, latenessOf, ruleOf, secondPaymentsOf } from './unwanted-money.ts';
import type { Attempt, Payment, WakeUp, Watched } from './payment.ts';
import { isPending, refundSince, refundStatusOf, refusalTextOf, type Refund } from './refund.ts';
import { refundPatiencesSince } from './refund-patience.ts';
import { pendingRefundsOf } from './refundable.ts';
import { isNothingLeft } from './refund-progress.ts';
import { effectiveOutcome } from './effective-outcome.ts';

/** Why a person has to decide. New facts make new ones, under new keys. */
export interface ReviewReason {
  readonly key: string;
  /** A clause for people, without anything of a customer. */
  readonly text: string;
  /** Numbers of the attempts whose money a decision about it disposes of. */
  readonly attempts: readonly number[];
  /** More of them, where the decision is that it stays. */
  readonly kept?: readonly number[];
}

/** A callback is contradicted by so many older answers, over so long. */
const contradiction = { answers: 3, ms: 15_000 };

/** What nobody has decided yet; empty when no person has to look. */
export function reviewReasonsOf(payment: Payment): ReviewReason[] {
  const settled = new Set(payment.judgments.flatMap(({ keys }) => keys));
  return [
    ...payment.attempts.flatMap((attempt) => reasonsOfAttempt(payment, attempt)),
    ...paidTwice(payment),
    ...payment.strays.flatMap((stray) => straySuccess(payment, stray)),
    ...payment.refunds.flatMap((refund) => reasonsOfRefund(payment, refund)),
  ].filter(({ key }) => !settled.has(key));
}

function reasonsOfAttempt(payment: Payment, attempt: Attempt): ReviewReason[] {
  if (isDisowned(payment, attempt)) return contradicted(payment, attempt);
  return [
    ...mismatchesOfAttempt(payment, attempt).map(({ key, text }) => of(attempt, key, text)),
    ...missing(payment, attempt),
    ...contradicted(payment, attempt),
    ...silence(payment, attempt),
    ...late(payment, attempt),
    ...stuckRefund(payment, attempt),
  ];
}

const of = ({ number }: Watched, key: string, text: string): ReviewReason => ({
  key,
  text,
  attempts: [number],
});

function missing(payment: Payment, attempt: Attempt): ReviewReason[] {
  const { seen, absentAt, referenceId } = attempt;
  const isGone = seen !== null && absentAt !== null && absentAt >= seen.askedAt;
  if (!isGone || stateOfAttempt(payment, attempt) !== 'open') return [];
  const text = `the platform no longer knows the invoice of ${referenceId}`;
  return [of(attempt, `missing/${referenceId}/${seen.snapshot.invoiceId}`, text)];
}

/** No payment, of which a signed callback says otherwise, again and again. */
function contradicted(payment: Payment, attempt: Attempt): ReviewReason[] {
  const { seen, referenceId, polls, wakeUps } = attempt;
  if (!isUnpaidState(stateOfAttempt(payment, attempt)) && !isDisowned(payment, attempt)) return [];
  const claim = wakeUps.find((wakeUp) => isContradicted(wakeUp, polls.lastAt ?? 0));
  if (!claim) return [];
  const answer = seen?.snapshot.status ?? 'that it knows no invoice';
  const text = `a callback says ${claim.status ?? 'nothing'}, the platform answers ${answer}`;
  return [of(attempt, `contradiction/${referenceId}/${claim.status}/${claim.updated}`, text)];
}

const isUnpaidState = (state: AttemptState): boolean =>
  state === 'refused' || (state !== 'creating' && meaningOf(state).rank === 1);

const isContradicted = ({ status, contradicted: answers, firstAskedAt }: WakeUp, askedAt: number): boolean =>
  claimsSuccess(status) &&
  answers >= contradiction.answers &&
  firstAskedAt !== null &&
  askedAt - firstAskedAt >= contradiction.ms;

/** It dies with the silence. */
function silence(payment: Payment, attempt: Attempt): ReviewReason[] {
  const end = watchEndOf(payment, attempt);
  if (!isOpen(payment, attempt) || payment.clock < end || successesOf(payment).length > 0) return [];
  const hours = Math.round((end - (attempt.expiresAt ?? payment.deadlineAt)) / hourMs);
  const text = `the platform said nothing final for ${hours} h`;
  return [of(attempt, `silence/${attempt.referenceId}/${end}`, text)];
}

function late(payment: Payment, attempt: Attempt): ReviewReason[] {
  const lateness = latenessOf(payment);
  if (lateness === null || ruleOf(payment, lateness) !== 'review') return [];
  const isKept =
    isSuccess(attempt) && !isReturned(attempt) && judgmentOn(payment, attempt)?.decision !== 'refund';
  if (!isKept) return [];
  const told = effectiveOutcome(payment)?.status ?? 'unpaid';
  const text = lateness === 'late' ? `paid after the order was told ${told}` : 'paid although canceled';
  return [of(attempt, `late/${attempt.referenceId}/${worthOf(attempt)}`, text)];
}

const isReturned = (watched: Watched): boolean => moneyOfAttempt(watched) !== null && !hasMoneyLeft(watched);

function paidTwice(payment: Payment): ReviewReason[] {
  const second = secondPaymentsOf(payment);
  if (second.length === 0 || ruleOf(payment, latenessOf(payment)) === 'refund') return [];
  const kept = keptOf(payment);
  // The rule is about the later payment. Where one is not what was ordered, a person says which of them counts.
  const isByRule = payment.input.policy.paidTwice === 'refund';
  if (isByRule && !kept.some((watched) => isDoubtful(payment, watched))) return [];
  const references = kept.map(({ referenceId }) => referenceId).join(', ');
  const attempts = second.map(({ number }) => number);
  const text =
    second.length === kept.length
      ? `paid once more after it had gone back: ${references}`
      : `paid ${kept.length} times: ${references}`;
  const all = kept.map(({ number }) => number);
  return [{ key: `paid-twice/${references}`, text, attempts, kept: all }];
}

/** Money under a reference of ours that no attempt of this payment made. */
function straySuccess(payment: Payment, stray: Watched): ReviewReason[] {
  if (!isSuccess(stray) || isDisowned(payment, stray)) return [];
  const money = moneyOfAttempt(stray);
  const what = money
    ? `${formatMoney({ minor: money.paid, currency: money.currency })} ${money.currency}`
    : 'verified';
  const text = `paid under ${stray.referenceId}, which this payment never made: ${what}`;
  return [of(stray, `stray/${stray.referenceId}/${worthOf(stray)}`, text)];
}

/** What an order service asked for and was refused, it is told; what we decided ourselves, a person must see. */
function reasonsOfRefund(payment: Payment, refund: Refund): ReviewReason[] {
  const { refundId, attempt, askedBy } = refund;
  if (refundStatusOf(refund) === 'refused') {
    const text = `refund ${refundId} was refused: ${refusalTextOf(refund) ?? ''}`;
    // All was to go back. While some is left, however little, the next refund is for a person to decide.
    const isSettled = askedBy === 'order_service' || isNothingLeft(payment, refund);
    return isSettled ? [] : [{ key: refusedKey(refund), text, attempts: [attempt] }];
  }
  const since = refundSince(refund);
  const periods = refundPatiencesSince(since, payment.clock);
  if (!isPending(refund) || periods < 1) return [];
  const text = `refund ${refundId} has had no end for ${periods * 72} h`;
  // The order service wants this much back, and no more.
  const attempts = askedBy === 'order_service' ? [] : [attempt];
  return [{ key: `${overdueKey(refund)}/${since}/${periods}`, text, attempts }];
}

export const refusedKey = ({ refundId }: Refund): string => `refund-refused/${refundId}`;
export const overdueKey = ({ refundId }: Refund): string => `refund-overdue/${refundId}`;

export const dashboardKey = 'refunding/';

/** A refund that the dashboard began, and that does not end. */
function stuckRefund(payment: Payment, attempt: Attempt): ReviewReason[] {
  const since = (attempt.seen?.snapshot.updated ?? 0) * 1000;
  const periods = refundPatiencesSince(since, payment.clock);
  const isStuck = stateOfAttempt(payment, attempt) === 'refunding' && periods >= 1;
  if (!isStuck || pendingRefundsOf(payment, attempt).length > 0) return [];
  const text = `a refund made at the platform has had no end for ${periods * 72} h`;
  return [{ key: `${dashboardKey}${attempt.referenceId}/${since}/${periods}`, text, attempts: [] }];
}
