import { applyToAttempt, applyToStray } from './apply-to-attempt.ts';
import { applyToOutcome } from './apply-to-outcome.ts';
import { applyToRefund } from './apply-to-refund.ts';
import { isSuccess } from './attempt-state.ts';
import { settledRefunds } from './refund-progress.ts';
import type { PaymentEvent } from './events.ts';
import { withNote } from './operator-note.ts';
import { attemptOf, watched, withAttempt, type Payment, type Watched } from './payment.ts';
import type { Source } from './statuses.ts';
import { spreadOf } from './pauses.ts';
import { withWatchExtended } from './extend-watch.ts';
import { judge } from './resolve.ts';
import { statusOf } from './derive-status.ts';
import { afterFailure, noTries } from './tries.ts';
import { woken } from './wake-ups.ts';

/**
 * The one place where what is known changes, and nothing else. Total; what the platform says only ever adds knowledge,
 * so the same answers in any order end in the same state. Only `decidedBy`, which tells who brought the last change of
 * status, depends on the order.
 */
export function apply(payment: Payment, event: PaymentEvent): Payment {
  const seen = onClock(payment.clock, event);
  const next = settledRefunds(learn('at' in seen ? { ...payment, clock: seen.at } : payment, seen));
  const source = sourceOf(event);
  return source !== null && statusOf(next) !== statusOf(payment) ? { ...next, decidedBy: source } : next;
}

/** A clock that is behind the payment's is set by it: else what is to follow would seem overdue, again and again. */
function onClock(clock: number, event: PaymentEvent): PaymentEvent {
  if (!('at' in event) || event.at >= clock) return event;
  return 'askedAt' in event ? { ...event, at: clock, askedAt: clock } : { ...event, at: clock };
}

function learn(payment: Payment, event: PaymentEvent): Payment {
  switch (event.kind) {
    case 'time_passed':
      return payment;
    case 'services_offered':
      return { ...payment, services: event.services, offering: noTries };
    case 'offering_failed': {
      const spread = spreadOf(payment.input.orderId);
      return {
        ...payment,
        offering: afterFailure(payment.offering, event.failure, { at: event.at, spread }),
      };
    }
    case 'method_chosen':
      return withAttempt(payment, event.choice);
    case 'woken':
      return wake(payment, event);
    case 'creation_begun':
      return begin(payment, event.attempt);
    case 'polled':
      return attemptOf(payment, event.attempt)
        ? applyToAttempt(payment, event)
        : applyToStray(payment, event);
    case 'invoice_created':
    case 'form_handed_out':
    case 'creation_failed':
    case 'looked_up':
    case 'look_up_failed':
      return applyToAttempt(payment, event);
    case 'refund_registered':
      return { ...payment, refunds: [...payment.refunds, event.refund] };
    case 'refund_accepted':
    case 'refund_unanswered':
      return applyToRefund(payment, event);
    case 'outcome_decided':
    case 'outcome_delivered':
    case 'delivery_failed':
    case 'redelivery_asked':
    case 'delivery_due':
      return applyToOutcome(payment, event);
    default:
      return applyPerson(payment, event);
  }
}

type PersonEvent = Extract<
  PaymentEvent,
  { kind: 'cancel_requested' | 'resolved' | 'watch_extended' | 'refusals_acknowledged' | 'noted' }
>;

function applyPerson(payment: Payment, event: PersonEvent): Payment {
  switch (event.kind) {
    case 'cancel_requested':
      return { ...payment, cancelReason: payment.cancelReason ?? event.reason };
    case 'resolved':
      return judge(payment, event.judgment);
    case 'watch_extended':
      return withWatchExtended(payment, event);
    case 'refusals_acknowledged':
      return { ...payment, acknowledged: [...payment.acknowledged, ...event.refundIds] };
    case 'noted':
      return { ...payment, operators: withNote(payment.operators, event.note) };
  }
}

function begin(payment: Payment, number: number): Payment {
  const attempts = payment.attempts.map((attempt) =>
    attempt.number === number && attempt.creation.step === 'create'
      ? { ...attempt, creation: { ...attempt.creation, isBegun: true } }
      : attempt,
  );
  return { ...payment, attempts };
}

/** A reference of this order that no attempt made is a stray one, to be looked up. */
function wake(payment: Payment, { attempt, wakeUp }: Extract<PaymentEvent, { kind: 'woken' }>): Payment {
  if (attemptOf(payment, attempt)) {
    const attempts = payment.attempts.map((it) => (it.number === attempt ? woken(it, wakeUp) : it));
    return { ...payment, attempts };
  }
  const others = payment.strays.filter(({ number }) => number !== attempt);
  const stray = payment.strays.find(({ number }) => number === attempt) ?? watched(payment, attempt);
  return { ...payment, strays: withoutCrowd([...others, woken(stray, wakeUp)]) };
}

/** More references than any order's customers make; a crowd of them must not fill the history. */
const mostStrays = 20;

/** What was paid is never dropped. */
function withoutCrowd(strays: readonly Watched[]): Watched[] {
  const kept = strays.filter((stray) => !isSuccess(stray)).slice(-mostStrays);
  return strays.filter((stray) => isSuccess(stray) || kept.includes(stray));
}

function sourceOf(event: PaymentEvent): Source | null {
  switch (event.kind) {
    case 'polled':
      return event.source;
    case 'time_passed':
      return 'expiry';
    case 'resolved':
      return 'operator';
    default:
      return null;
  }
}
