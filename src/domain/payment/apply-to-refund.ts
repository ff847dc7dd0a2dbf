import { isRefusal, isUnknown } from '../invoice/platform-failure.ts';
import { watchedOf } from './attempt-state.ts';
import type { PaymentEvent } from './events.ts';
import type { Payment } from './payment.ts';
import { pauseOfRefund, spreadOf } from './pauses.ts';
import {
  cannotExist,
  isGivenUp,
  refundSince,
  type GivenUpLife,
  type Refund,
  type RefundLife,
} from './refund.ts';
import { baselineBefore, baselineOf } from './register-refund.ts';
import { isShown } from './refund-progress.ts';
import { isBackBefore } from './forgotten-refund.ts';
import { afterFailure, isBadRequestAgain, isRefusedForGood, type Tries } from './tries.ts';

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
    case 'refund_unanswered': {
      const { failure, at } = event;
      const spread = spreadOf(payment.input.orderId);
      const tries = afterFailure(life.tries, failure, { at, spread, pause: pauseOfRefund });
      // Its money is back: a 400 refuses only to do it twice.
      const isMade = isBadRequestAgain(tries) && hasBeenMade(payment, refund, tries);
      if (isMade) return { state: 'accepted', at: refundSince(refund), isDone: false, isUnsaid: true };
      return isRefusedForGood(failure, tries)
        ? { state: 'refused', messages: failure.messages }
        : { ...life, tries, ...(isUnknown(failure) && { mayExist: true }) };
    }
  }
}

/** A call that was not answered (nor met a 400) may have made it, and the total has grown by it. */
function hasBeenMade(payment: Payment, refund: Refund, { count, badRequests }: Tries): boolean {
  const watched = watchedOf(payment, refund.attempt);
  const mayExist = !cannotExist(refund) && count > badRequests;
  return mayExist && watched !== null && isShown(payment, refund, watched);
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
    case 'refund_unanswered': {
      const { failure, at } = event;
      if (isRefusal(failure)) return { state: 'refused', messages: failure.messages };
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
