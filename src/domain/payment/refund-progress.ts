import { moneyOfAttempt, successesOf, watchedOf } from './attempt-state.ts';
import { withEachWatched, type Payment, type Watched } from './payment.ts';
import type { Refund, RefundLife } from './refund.ts';
import { refundsOf, remainderOf, returnedOf, sumOf } from './refundable.ts';
import { meaningOf, stateOf } from '../invoice/invoice-state.ts';
import type { InvoiceSnapshot } from '../invoice/invoice.ts';
import type { Seen } from '../invoice/money-beats-none.ts';
import { withFeeOnTop } from './fee-on-top.ts';
import { noTries } from './tries.ts';
import { clockMarginMs } from '../time.ts';

/** Accepted refunds whose money the platform's total shows, above what had gone back before them. */
export function isShown(payment: Payment, refund: Refund, watched: Watched): boolean {
  const others = payment.refunds.filter((other) => other !== refund && countsBefore(other, refund));
  const rounding = moneyOfAttempt(watched)?.rounding ?? 0;
  return returnedOf(watched) + rounding >= refund.baseline + sumOf(others) + refund.amount.minor;
}

/** One that an operator gave up may never come: what the total shows is that of the others first. */
function countsBefore(other: Refund, refund: Refund): boolean {
  const { attempt, life, refundId } = other;
  if (life.state === 'refused' || life.state === 'failed') return false;
  if (refund.behind.includes(refundId))
    return life.state !== 'abandoned' || refund.life.state === 'abandoned';
  const isLater = attempt === refund.attempt && other.behind.includes(refund.refundId);
  return refund.life.state === 'abandoned' && isLater && (life.state === 'accepted' || life.state === 'done');
}

/** A refund's money went back in another way, or there is none left. */
export function isGoneOtherwise(payment: Payment, refund: Refund): boolean {
  const watched = watchedOf(payment, refund.attempt);
  return !watched || isNothingLeft(payment, refund) || isShown(payment, refund, watched);
}

/** Nothing of the payment that a refund was of is left to go back, or is not on its way. */
export function isNothingLeft(payment: Payment, refund: Refund): boolean {
  const watched = successesOf(payment).find(({ number }) => number === refund.attempt);
  return !watched || remainderOf(payment, watched).minor === 0;
}

/** Accepted refunds end as the platform's totals, and what it says of each, tell. */
export function settledRefunds(before: Payment): Payment {
  const payment = withFeeOnTop(before);
  // That one has failed says more than totals, which may have grown by another.
  const settled = [whenSetBack, whenShown, whenLost].reduce<Payment>(
    (known, change) => ({ ...known, refunds: known.refunds.map((refund) => change(known, refund)) }),
    payment,
  );
  return withEachWatched(settled, withNotes);
}

function whenShown(payment: Payment, refund: Refund): Refund {
  const watched = watchedOf(payment, refund.attempt);
  if (!isOwed(refund.life) || !watched?.seen || watched.seen.askedAt < refund.life.at) return refund;
  // While a refund is on its way, the total may count what is not back yet.
  const isFinal = meaningOf(stateOf(watched.seen.snapshot)).final;
  return isFinal && isShown(payment, refund, watched) ? { ...refund, life: { state: 'done' } } : refund;
}

const failed = (refund: Refund): Refund => ({ ...refund, life: { state: 'failed', messages: [] } });

/**
 * A failure that the platform tells of is that of the one refund that was under way. Where it may be of another, the
 * dashboard's included, or a chargeback may hide one, the platform is asked for the refund once more under its
 * reference, and says how far it is (409).
 */
function whenSetBack(payment: Payment, refund: Refund): Refund {
  const watched = watchedOf(payment, refund.attempt);
  if (!watched?.seen) return refund;
  if (!mayFail(refund.life)) return whenUndone(payment, refund, watched);
  const isFailure = isSetBack(watched) && watched.seen.snapshot.status === 'refund_failed';
  if (isFailure && isAlone(payment, refund, watched)) return failed(refund);
  const isDoubtful = isFailure || mayBeHidden(payment, refund, watched);
  return isDoubtful || hasEndedBeside(refund, watched.seen) ? doubted(refund) : refund;
}

/** It was done, and the platform tells of a failure since. Where that may be another's, it is asked once more. */
function whenUndone(payment: Payment, refund: Refund, watched: Watched): Refund {
  const isOthers = !isSetBack(watched) || isOlderThan(refund.registeredAt, watched);
  if (refund.life.state !== 'done' || isOthers || !hasUndone(payment, watched)) return refund;
  const rounding = moneyOfAttempt(watched)?.rounding ?? 0;
  const isCertain = returnedOf(watched) + rounding < refund.amount.minor;
  return isCertain ? failed(refund) : doubted(refund);
}

/** The total no longer shows all that was done of it. */
const hasUndone = (payment: Payment, watched: Watched): boolean =>
  refundsOf(payment, watched).some(
    (refund) => refund.life.state === 'done' && !isShown(payment, refund, watched),
  );

const isSetBack = (watched: Watched): boolean => setBackAt(watched) > watched.setBackAt;

const mayBeHidden = (payment: Payment, refund: Refund, watched: Watched): boolean =>
  isSetBack(watched) && !isShown(payment, refund, watched);

/** What failed so much earlier was no refund of ours. */
const isOlderThan = (at: number, watched: Watched): boolean => setBackAt(watched) * 1000 < at - clockMarginMs;

/** None but it can have failed, and the total does not say that it was done. */
function isAlone(payment: Payment, refund: Refund, watched: Watched): boolean {
  const others = payment.refunds.filter((it) => it.attempt === refund.attempt && it !== refund);
  if (refund.isBeside || others.some(({ life }) => mayHaveFailed(life))) return false;
  if (hasUndone(payment, watched)) return false;
  if ('at' in refund.life && isOlderThan(refund.life.at, watched)) return false;
  return !isShown(payment, refund, watched);
}

/** Where the platform only said that it exists, asking again would bring the same answer; so where a chargeback hides it. */
const hasEndedBeside = ({ isBeside, life }: Refund, { snapshot, askedAt }: Seen): boolean =>
  isBeside && isOwed(life) && !life.isUnsaid && askedAt >= life.at && hasRefundsEnded(snapshot);

function hasRefundsEnded(snapshot: InvoiceSnapshot): boolean {
  const { final, line } = meaningOf(stateOf(snapshot));
  return final && line !== 'chargedBack';
}

/** Has the platform asked for it once more. It was asked for before: what it is on top of stays. */
export const doubted = (refund: Refund): Refund => ({
  ...refund,
  life: {
    state: 'asked',
    tries: { ...noTries, count: 1 },
    isInDoubt: true,
    ...('at' in refund.life && { since: refund.life.at }),
    mayExist: true,
    ...(refund.life.state === 'abandoned' && { givenUp: refund.life }),
  },
});

const isAcceptedOnly = (life: RefundLife): boolean => life.state === 'accepted' && !life.isDone;

const mayFail = (life: RefundLife): boolean => life.state === 'abandoned' || isAcceptedOnly(life);

const mayHaveFailed = (life: RefundLife): boolean =>
  mayFail(life) || (life.state === 'failed' && life.isByAnswer === true);

/** Nothing is left that could go back; what went back before the bank took the rest did so all the same. */
function whenLost(payment: Payment, refund: Refund): Refund {
  const watched = watchedOf(payment, refund.attempt);
  const isLost = watched?.seen && stateOf(watched.seen.snapshot) === 'charged_back';
  if (!isLost || !isOwed(refund.life)) return refund;
  if (refund.life.state === 'accepted' && refund.life.isDone) return { ...refund, life: { state: 'done' } };
  // The next answer, which began after it was accepted, ends it.
  return isShown(payment, refund, watched) ? refund : failed(refund);
}

/** The platform may still do it. */
const isOwed = (life: RefundLife): life is Extract<RefundLife, { readonly at: number }> => 'at' in life;

/** Unix seconds; 0 where nothing of the kind was told. */
const setBackAt = ({ seen }: Watched): number =>
  seen && ['refund_failed', 'partially_charged_back'].includes(seen.snapshot.status)
    ? seen.snapshot.updated
    : 0;

const withNotes = <Of extends Watched>(watched: Of): Of => ({
  ...watched,
  setBackAt: Math.max(watched.setBackAt, setBackAt(watched)),
  goneAt: goneAtOf(watched),
});

/** What is noted on the invoice later does not move it. */
function goneAtOf(watched: Watched): number {
  const isGone = moneyOfAttempt(watched)?.left === 0;
  return isGone ? watched.goneAt || (watched.seen?.snapshot.updated ?? 0) : 0;
}
