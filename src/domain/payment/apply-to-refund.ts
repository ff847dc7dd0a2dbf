import { meaningOf, stateOf } from '../invoice/invoice-state.ts';
import { isRefusal } from '../invoice/platform-failure.ts';
import { watchedOf } from './attempt-state.ts';
import type { PaymentEvent } from './events.ts';
import type { Payment, Watched } from './payment.ts';
import { pauseOfRefund, spreadOf } from './polling.ts';
import type { Refund, RefundLife } from './refund.ts';
import { baselineOf, isShown } from './refunding.ts';
import { afterFailure } from './tries.ts';

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
 * made it. When one that existed was made, nobody knows.
 */
function baselineAfter(
  payment: Payment,
  refund: Refund,
  event: RefundEvent,
): Partial<Pick<Refund, 'baseline' | 'behind'>> {
  const { life, attempt } = refund;
  const watched = watchedOf(payment, attempt);
  if (life.state !== 'asked' || !watched) return {};
  const isMade = event.kind === 'refund_accepted' && event.isNew;
  return isMade || life.tries.count === 0 ? baselineOf(payment, watched) : {};
}

function lifeAfter({ input }: Payment, { life }: Refund, event: RefundEvent): RefundLife {
  // What is decided stays: an answer that comes late says nothing new.
  if (life.state !== 'asked') return life;
  switch (event.kind) {
    case 'refund_accepted':
      return event.progress === 'failed'
        ? { state: 'failed', messages: [] }
        : { state: 'accepted', at: event.at, isDone: event.progress === 'done' };
    case 'refund_refused':
      return { state: 'refused', messages: event.messages };
    case 'refund_unanswered': {
      const { failure, at } = event;
      const tries = afterFailure(life.tries, failure, {
        at,
        spread: spreadOf(input.orderId),
        pause: pauseOfRefund,
      });
      return isRefusal(failure, tries.badRequests)
        ? { state: 'refused', messages: failure.messages }
        : { state: 'asked', tries };
    }
  }
}

/** Accepted refunds end as the platform's totals, and its word for a failed one, say. */
export function settledRefunds(payment: Payment): Payment {
  // That one has failed says more than totals, which may have grown by another.
  const settled = [whenFailed, whenShown, whenLost].reduce<Payment>(
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

/** A failed refund is a fact of the one that was under way then, and of none that is asked for later. */
function whenFailed(payment: Payment, refund: Refund): Refund {
  const watched = watchedOf(payment, refund.attempt);
  const hasFailed = watched !== null && failedAt(watched) > watched.refundFailedAt;
  return hasFailed && canFail(refund.life) && isFirstToFail(payment, refund) ? failed(refund) : refund;
}

/** Nothing is left that could go back. */
function whenLost(payment: Payment, refund: Refund): Refund {
  const seen = watchedOf(payment, refund.attempt)?.seen;
  const isLost = seen && stateOf(seen.snapshot) === 'charged_back';
  return isLost && isOwed(refund.life) ? failed(refund) : refund;
}

/** The platform may still do it. */
const isOwed = (life: RefundLife): life is Extract<RefundLife, { readonly at: number }> => 'at' in life;

const canFail = (life: RefundLife): boolean => isOwed(life) && !(life.state === 'accepted' && life.isDone);

const isFirstToFail = ({ refunds }: Payment, { refundId, attempt }: Refund): boolean =>
  refunds.find((it) => it.attempt === attempt && canFail(it.life))?.refundId === refundId;

const failedAt = ({ seen }: Watched): number =>
  seen?.snapshot.status === 'refund_failed' ? seen.snapshot.updated : 0;

const noted = <Of extends Watched>(watched: Of): Of =>
  failedAt(watched) > watched.refundFailedAt ? { ...watched, refundFailedAt: failedAt(watched) } : watched;
