import { assertNever } from '../assert-never.ts';
import { laterOf } from '../invoice/money-beats-none.ts';
import { isRefusal, isUnknown, troubleOf, type PlatformFailure } from '../invoice/platform-failure.ts';
import { attachInvoice, foundInvoice } from './attach-invoice.ts';
import type { PaymentEvent } from './events.ts';
import { attemptOf, noPolls, type Attempt, type Payment, type Swept, type Watched } from './payment.ts';
import { pauseAfterUnknown, spreadOf } from './pauses.ts';
import { afterFailure, isBadRequestAgain, noTries, pauseBefore, type Tries } from './tries.ts';
import { unansweredAt, unansweredBy } from './wake-ups.ts';

type Polled = Extract<PaymentEvent, { readonly kind: 'polled' }>;
type AttemptEvent = Extract<PaymentEvent, { readonly attempt: number; readonly at: number }>;
type FailedEvent = Extract<AttemptEvent, { readonly failure: PlatformFailure }>;

/** What became known of an invoice of an attempt. */
export function applyToAttempt(payment: Payment, event: AttemptEvent): Payment {
  const attempts = payment.attempts.map((attempt) =>
    attempt.number === event.attempt ? learnOfAttempt(payment, attempt, event) : attempt,
  );
  const before = attemptOf(payment, event.attempt);
  const swept = event.kind === 'polled' && before ? sweptBy(payment, before, event) : payment.swept;
  return { ...payment, attempts, swept };
}

export function applyToStray(payment: Payment, event: Polled): Payment {
  const strays = payment.strays.map((stray) =>
    stray.number === event.attempt ? polled(stray, event) : stray,
  );
  return { ...payment, strays };
}

function learnOfAttempt(payment: Payment, attempt: Attempt, event: AttemptEvent): Attempt {
  switch (event.kind) {
    case 'invoice_created':
      return attachInvoice(payment, attempt, event);
    case 'form_handed_out':
      return {
        ...attempt,
        creation: { step: 'made' },
        redirect: event.redirect,
        expiresAt: event.expiresAt,
        polls: noPolls(event.at),
      };
    case 'creation_failed':
      return creationFailed(payment, attempt, event);
    case 'looked_up':
      return lookedUp(payment, attempt, event);
    case 'look_up_failed': {
      const { creation } = attempt;
      const next =
        creation.step === 'look_up'
          ? { ...creation, lookUps: afterFailure(creation.lookUps, event.failure, when(payment, event.at)) }
          : creation;
      const { polls, wakeUps, ...rest } = asked(attempt, event.at, next);
      return {
        ...rest,
        polls: { ...polls, failed: polls.failed + 1, uneventful: polls.uneventful + 1 },
        wakeUps: unansweredAt(wakeUps, event.at),
      };
    }
    case 'polled':
      return polled(attempt, event);
    default:
      return assertNever(event);
  }
}

const when = ({ input }: Payment, at: number) => ({ at, spread: spreadOf(input.orderId) });

function creationFailed(payment: Payment, attempt: Attempt, { at, failure }: FailedEvent): Attempt {
  const { creation } = attempt;
  if (creation.step !== 'create') return attempt;
  if (failure.earlier) return attachInvoice(payment, attempt, foundInvoice(payment, failure.earlier, at));
  const tries = afterFailure(creation.tries, failure, when(payment, at));
  if (isUnknown(failure)) return toBeLookedUp(payment, attempt, { at, tries, messages: failure.messages });
  if (!isRefusal(failure)) return { ...attempt, creation: { step: 'create', tries, isBegun: false } };
  return { ...attempt, creation: { step: 'refused', messages: failure.messages } };
}

function toBeLookedUp(
  { input }: Payment,
  attempt: Attempt,
  { at, tries, messages }: { readonly at: number; readonly tries: Tries } & Pick<PlatformFailure, 'messages'>,
): Attempt {
  const notBefore = at + pauseAfterUnknown(0, spreadOf(input.orderId));
  // The trouble is only that nobody knows: what the look-up meets is worth telling.
  return {
    ...attempt,
    creation: {
      step: 'look_up',
      tries: { ...tries, trouble: null },
      lookUps: { ...noTries, notBefore },
      ...(messages.length > 0 && { messages }),
    },
  };
}

/** Found, it is ours; not found, it may be created again, or was refused for good. */
function lookedUp(
  payment: Payment,
  attempt: Attempt,
  { at, askedAt, invoice }: Extract<AttemptEvent, { kind: 'looked_up' }>,
): Attempt {
  const { creation } = attempt;
  if (invoice) return attachInvoice(payment, attempt, foundInvoice(payment, invoice, at));
  if (creation.step !== 'look_up' && creation.step !== 'create') return attempt;
  const { tries } = creation;
  const wakeUps = unansweredBy(attempt.wakeUps, { snapshot: null, askedAt });
  const next: Attempt['creation'] = isBadRequestAgain(tries)
    ? { step: 'refused', messages: (creation.step === 'look_up' && creation.messages) || [] }
    : { step: 'create', isBegun: false, tries: { ...tries, notBefore: Math.max(tries.notBefore, at) } };
  return { ...asked(attempt, askedAt, next), wakeUps };
}

const asked = (attempt: Attempt, at: number, creation: Attempt['creation']): Attempt => ({
  ...attempt,
  creation,
  polls: { ...attempt.polls, done: attempt.polls.done + 1, lastAt: at },
});

/** The answer to a question about an invoice; it answers what happened before it. */
function polled<Of extends Watched>(watched: Of, { askedAt, at, answer }: Polled): Of {
  const { polls, wakeUps } = watched;
  const done = { ...polls, done: polls.done + 1, lastAt: askedAt };
  switch (answer.kind) {
    case 'seen': {
      const { snapshot } = answer;
      const seen = laterOf(watched.seen, { snapshot, askedAt });
      const isNew = JSON.stringify(seen.snapshot) !== JSON.stringify(watched.seen?.snapshot);
      return {
        ...watched,
        seen,
        polls: { ...done, failed: 0, uneventful: isNew ? 0 : polls.uneventful + 1, trouble: null },
        wakeUps: unansweredBy(wakeUps, { snapshot: seen.snapshot, askedAt }),
      };
    }
    case 'absent':
      return {
        ...watched,
        absentAt: askedAt,
        polls: { ...done, failed: 0, uneventful: polls.uneventful + 1, trouble: null },
        wakeUps: unansweredBy(wakeUps, { snapshot: null, askedAt }),
      };
    case 'failed': {
      const { failure } = answer;
      const notBefore = at + pauseBefore(failure, 0);
      const failed = polls.failed + 1;
      const uneventful = polls.uneventful + 1;
      return {
        ...watched,
        polls: { ...done, failed, uneventful, notBefore, trouble: troubleOf(failure) },
        wakeUps: unansweredAt(wakeUps, askedAt),
      };
    }
    default:
      return assertNever(answer);
  }
}

/** What the platform said to a question that the daily reconciliation led to, so that the next need not ask it again. */
function sweptBy({ swept }: Payment, attempt: Attempt, { answer }: Polled): readonly Swept[] {
  const day = attempt.wakeUps.find((wakeUp) => wakeUp.day !== undefined)?.day;
  if (day === undefined || answer.kind === 'failed') return swept;
  const { status, updated } = answer.kind === 'seen' ? answer.snapshot : { status: null, updated: null };
  const { number } = attempt;
  if (swept.some((it) => it.attempt === number && it.status === status && it.updated === updated))
    return swept;
  return [...swept.filter((it) => it.attempt !== number), { attempt: number, day, status, updated }];
}
