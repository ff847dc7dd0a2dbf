import { meaningOf, stateOf } from '../invoice/invoice-state.ts';
import type { Seen } from '../invoice/money-beats-none.ts';
import { isRefusal, isUnknown } from '../invoice/platform-failure.ts';
import { watchedOf } from './attempt-state.ts';
import type { PaymentEvent } from './events.ts';
import type { Payment, Watched } from './payment.ts';
import { pauseOfRefund, spreadOf } from './pauses.ts';
import { isGivenUp, type GivenUpLife, type Refund, type RefundLife } from './refund.ts';
import { baselineBefore, baselineOf, isBackBefore, isShown } from './refunding.ts';
import { afterFailure, noTries } from './tries.ts';

type RefundEvent = Extract<PaymentEvent, { readonly refundId: string }>;

/** What the platform answered to a refund that it was asked for. */
export function applyToRefund(payment: Payment, event: RefundEvent): Payment {
  const refunds = payment.refunds.map((refund) =>
    refund.refundId === event.refundId
      ? { ...refund, ...baselineAfter(payment, refund, event), life: lifeAfter(payment, refund, event) }
      : refund,
  );
  return { ...payment, refunds };
}

/**
 * What a refund is on top of: all that had gone back, and was on its way, before its first call, or before the call that
 * made it. One that existed before that may be in the total already.
 */
function baselineAfter(
  payment: Payment,
  refund: Refund,
  event: RefundEvent,
): Partial<Pick<Refund, 'baseline' | 'behind' | 'isBeside'>> {
  const { life, attempt } = refund;
  const watched = watchedOf(payment, attempt);
  if (!watched) return {};
  if (life.state === 'refused' && life.isGivenUp) return baselineOf(payment, watched);
  if (life.state !== 'asked') return {};
  // None of the calls that are known made it.
  const isOlder = isEnded(event) && (!life.mayExist || isBackBefore(payment, refund, watched));
  if (isOlder) return baselineBefore(refund, watched);
  return isMade(event) || life.tries.count === 0 ? baselineOf(payment, watched) : {};
}

const isMade = (event: RefundEvent): boolean => event.kind === 'refund_accepted' && event.isNew;

/** It existed, and the platform does not say that it is on its way. */
const isEnded = (event: RefundEvent): boolean =>
  event.kind === 'refund_accepted' && !event.isNew && event.progress !== 'under_way';

function lifeAfter(payment: Payment, refund: Refund, event: RefundEvent): RefundLife {
  const { life } = refund;
  if (isGivenUp(life)) return lifeAfterLateAnswer(life, event);
  // What is decided stays: an answer that comes late says nothing new.
  if (life.state !== 'asked') return life;
  switch (event.kind) {
    case 'refund_accepted':
      return lifeAfterAcceptance(life, event, isBackAlready(payment, refund, event));
    case 'refund_refused':
      return { state: 'refused', messages: event.messages };
    case 'refund_unanswered': {
      const { failure, at } = event;
      const spread = spreadOf(payment.input.orderId);
      const tries = afterFailure(life.tries, failure, { at, spread, pause: pauseOfRefund });
      return isRefusal(failure, tries.badRequests)
        ? { state: 'refused', messages: failure.messages }
        : { ...life, tries, ...(isUnknown(failure) && { mayExist: true }) };
    }
  }
}

/** It existed, and its money may have gone back before anything that we remember. */
function isBackAlready(payment: Payment, refund: Refund, { isNew }: Accepted): boolean {
  const watched = watchedOf(payment, refund.attempt);
  return !isNew && watched !== null && isBackBefore(payment, refund, watched);
}

function lifeAfterAcceptance(life: AskedLife, event: Accepted, isBack: boolean): RefundLife {
  const next = lifeBy(event);
  // What was in doubt was under way no more.
  if (event.progress === 'done' && (life.isInDoubt || isBack)) return { state: 'done' };
  return life.givenUp && next.state === 'accepted' ? { ...life.givenUp, ...underWay(event) } : next;
}

/** A call was under way when an operator gave it up: its money is owed, or free, by what that call came to. */
function lifeAfterLateAnswer(life: GivenUpLife, event: RefundEvent): RefundLife {
  const { messages } = life;
  switch (event.kind) {
    case 'refund_accepted': {
      const next = lifeBy(event);
      const isMoving = next.state === 'accepted' && !next.isDone;
      return isMoving ? { state: 'abandoned', messages, ...underWay(event) } : next;
    }
    case 'refund_refused':
      return { state: 'refused', messages: event.messages };
    case 'refund_unanswered': {
      const { failure, at } = event;
      if (isRefusal(failure, 0)) return { state: 'refused', messages: failure.messages };
      return isUnknown(failure) && life.state === 'refused' ? { state: 'abandoned', at, messages } : life;
    }
  }
}

type AskedLife = Extract<RefundLife, { readonly state: 'asked' }>;
type Accepted = Extract<PaymentEvent, { readonly kind: 'refund_accepted' }>;

/** Only the platform's word makes one failed: what its totals do not show may be on its way. */
function lifeBy(event: Accepted): Extract<RefundLife, { readonly state: 'accepted' | 'failed' }> {
  if (event.progress === 'failed') return { state: 'failed', messages: [], isByAnswer: true };
  return { state: 'accepted', ...underWay(event), isDone: event.progress === 'done' };
}

const underWay = ({ at, progress }: Accepted) => ({
  at,
  ...(progress === null && { isUnsaid: true as const }),
});

/** Accepted refunds end as the platform's totals, and what it says of each, tell. */
export function settledRefunds(payment: Payment): Payment {
  // That one has failed says more than totals, which may have grown by another.
  const settled = [whenSetBack, whenShown, whenLost].reduce<Payment>(
    (known, change) => ({ ...known, refunds: known.refunds.map((refund) => change(known, refund)) }),
    payment,
  );
  return { ...settled, attempts: payment.attempts.map(noted), strays: payment.strays.map(noted) };
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
  const isFailure = isSetBack(watched) && watched.seen.snapshot.status === 'refund_failed';
  if (isFailure && isAlone(payment, refund, watched)) return failed(refund);
  if (!mayFail(refund.life)) return refund;
  const isDoubtful = isFailure || mayBeHidden(payment, refund, watched);
  return isDoubtful || hasEndedBeside(refund, watched.seen) ? doubted(refund) : refund;
}

const isSetBack = (watched: Watched): boolean => setBackAt(watched) > watched.setBackAt;

const mayBeHidden = (payment: Payment, refund: Refund, watched: Watched): boolean =>
  isSetBack(watched) && !isShown(payment, refund, watched);

/** The platform's clock is not ours: what failed this much earlier was no refund of ours. */
const clockMarginMs = 5 * 60_000;

/** None but it can have failed, and the total does not say that it was done. */
function isAlone(payment: Payment, refund: Refund, watched: Watched): boolean {
  if (!mayFail(refund.life)) return false;
  const others = payment.refunds.filter((it) => it.attempt === refund.attempt && it !== refund);
  if (refund.isBeside || others.some(({ life }) => mayHaveFailed(life))) return false;
  if ('at' in refund.life && setBackAt(watched) * 1000 < refund.life.at - clockMarginMs) return false;
  return !isShown(payment, refund, watched);
}

/** Where the platform only said that it exists, asking again would bring the same answer. */
const hasEndedBeside = ({ isBeside, life }: Refund, { snapshot, askedAt }: Seen): boolean =>
  isBeside && isOwed(life) && !life.isUnsaid && askedAt >= life.at && meaningOf(stateOf(snapshot)).final;

/** Has the platform asked for it once more. It was asked for before: what it is on top of stays. */
export const doubted = (refund: Refund): Refund => ({
  ...refund,
  life: {
    state: 'asked',
    tries: { ...noTries, count: 1 },
    isInDoubt: true,
    mayExist: true,
    ...(refund.life.state === 'abandoned' && { givenUp: refund.life }),
  },
});

const isUnderWay = (life: RefundLife): boolean => life.state === 'accepted' && !life.isDone;

const mayFail = (life: RefundLife): boolean => life.state === 'abandoned' || isUnderWay(life);

const mayHaveFailed = (life: RefundLife): boolean =>
  mayFail(life) || (life.state === 'failed' && life.isByAnswer === true);

/** Nothing is left that could go back. */
function whenLost(payment: Payment, refund: Refund): Refund {
  const seen = watchedOf(payment, refund.attempt)?.seen;
  const isLost = seen && stateOf(seen.snapshot) === 'charged_back';
  return isLost && isOwed(refund.life) ? failed(refund) : refund;
}

/** The platform may still do it. */
const isOwed = (life: RefundLife): life is Extract<RefundLife, { readonly at: number }> => 'at' in life;

/** Unix seconds; 0 where nothing of the kind was told. */
const setBackAt = ({ seen }: Watched): number =>
  seen && ['refund_failed', 'partially_charged_back'].includes(seen.snapshot.status)
    ? seen.snapshot.updated
    : 0;

const noted = <Of extends Watched>(watched: Of): Of =>
  isSetBack(watched) ? { ...watched, setBackAt: setBackAt(watched) } : watched;
