import { stateOf } from '../invoice/invoice-state.ts';
import { dayMs, secondMs } from '../time.ts';
import { isOpen, stateOfAttempt, watchedOf } from './attempt-state.ts';
import { watchEndOf } from './expiry.ts';
import type { ReviewReason } from './review-reasons.ts';
import type { Outcome, Receivers, Told } from './outcome.ts';
import { owedOutcome } from './owed-outcome.ts';
import type { Attempt, Payment, Watched } from './payment.ts';
import type { PaymentStatus, Source } from './statuses.ts';
import { nextPollAt, nextRefundPollAt } from './poll-schedule.ts';
import { pauseAfterRejection } from './pauses.ts';
import { refundSince, type Refund } from './refund.ts';
import { refundPatienceMs, refundPatiencesSince } from './refund-patience.ts';
import { isNextRefund } from './next-refund.ts';
import { unacknowledgedRefusals } from './unacknowledged-refusals.ts';
import { automaticRefund } from './register-refund.ts';
import { isParked, undelivered } from './outcome-deliveries.ts';
import type { Tries } from './tries.ts';
import { wakeUpPollAt } from './wake-ups.ts';

/** What a payment has done for it: each is one call, or a fact to be kept. */
export type Action =
  | { readonly kind: 'register_refund'; readonly refund: Refund }
  | { readonly kind: 'decide_outcome'; readonly told: Told }
  | { readonly kind: 'begin_creation'; readonly attempt: Attempt }
  | {
      readonly kind: 'deliver';
      readonly place: number;
      readonly outcome: Outcome;
      readonly receivers: Receivers;
    }
  | { readonly kind: 'offer_services' }
  | { readonly kind: 'create_invoice'; readonly attempt: Attempt }
  | { readonly kind: 'look_up'; readonly attempt: Attempt }
  | { readonly kind: 'poll'; readonly watched: Watched; readonly source: Source }
  | { readonly kind: 'ask_refund'; readonly refund: Refund; readonly watched: Watched };

/** Something to be done, or to be decided anew, at an instant (epoch milliseconds). */
export interface Item {
  readonly at: number;
  readonly action: Action | null;
  /** For people. */
  readonly what: string;
}

interface Decided {
  readonly status: PaymentStatus;
  readonly reviewReasons: readonly ReviewReason[];
}

const now = (action: Action): Item => ({ at: 0, action, what: 'this moment' });
const wait = (at: number, what: string): Item => ({ at, action: null, what });

/** All that there is to do, what comes first at the front. */
export function agendaOf(payment: Payment, decided: Decided): Item[] {
  return [
    ...refundToRegister(payment, decided),
    ...outcomeToDecide(payment, decided),
    ...deliveries(payment),
    ...offering(payment, decided),
    ...payment.attempts.flatMap((attempt) => creation(payment, attempt, decided)),
    ...payment.refunds.flatMap((refund) => refunding(payment, refund)),
    ...payment.attempts.flatMap((attempt) => polling(payment, attempt, decided)),
    ...payment.strays.flatMap((stray) => strayPoll(payment, stray)),
    ...reminders(payment, decided),
  ];
}

function refundToRegister(payment: Payment, { reviewReasons }: Decided): Item[] {
  const refund = reviewReasons.length === 0 ? automaticRefund(payment) : null;
  return refund ? [now({ kind: 'register_refund', refund })] : [];
}

function outcomeToDecide(payment: Payment, decided: Decided): Item[] {
  const told = owedOutcome(payment, decided);
  return told ? [now({ kind: 'decide_outcome', told })] : [];
}

function deliveries(payment: Payment): Item[] {
  const place = undelivered(payment);
  const { delivery, outcome, acceptedBy = [] } = payment.told[place] ?? {};
  if (!delivery || !outcome || delivery.state !== 'waiting') return [];
  return [
    {
      at: delivery.notBefore,
      action: {
        kind: 'deliver',
        place,
        outcome,
        receivers: {
          owner: payment.input.owner,
          acceptedBy,
          ...(delivery.notBefore > 0 && { isRepeat: true }),
        },
      },
      what: 'the order service to take the outcome',
    },
  ];
}

function offering({ services, offering: { notBefore } }: Payment, { status }: Decided): Item[] {
  if (status !== 'choosing' || services !== null) return [];
  return [
    {
      at: notBefore,
      action: { kind: 'offer_services' },
      what: 'the platform to say what the customer may pay with',
    },
  ];
}

function creation(payment: Payment, attempt: Attempt, decided: Decided): Item[] {
  if (stateOfAttempt(payment, attempt) !== 'creating') return [];
  if (!isOpen(payment, attempt)) return askingAllTheSame(attempt);
  const { creation: made } = attempt;
  if (made.step === 'create') return creating(payment, attempt, made);
  return made.step === 'look_up' ? lookingUp(payment, attempt, { ...decided, lookUps: made.lookUps }) : [];
}

/** An operator has decided without an invoice: what happens later is asked about all the same. */
function askingAllTheSame(attempt: Attempt): Item[] {
  const at = wakeUpPollAt(attempt);
  return at === null ? [] : [{ at, action: { kind: 'look_up', attempt }, what: waitedFor(attempt) }];
}

function creating(
  { deadlineAt }: Payment,
  attempt: Attempt,
  { tries, isBegun }: Extract<Attempt['creation'], { readonly step: 'create' }>,
): Item[] {
  const what = 'the platform to create the invoice';
  if (isBegun) return [now({ kind: 'create_invoice', attempt })];
  const woken = attempt.wakeUps.some(({ status }) => status !== null) ? wokenAt(attempt, tries) : null;
  return [
    // A callback says that there is an invoice after all.
    ...(woken === null ? [] : [{ at: woken, action: { kind: 'look_up', attempt } as const, what }]),
    { at: tries.notBefore, action: { kind: 'begin_creation', attempt }, what },
    ...(tries.count > 0 ? [wait(deadlineAt, what)] : []),
  ];
}

function lookingUp(
  payment: Payment,
  attempt: Attempt,
  { status, lookUps }: Decided & { readonly lookUps: Tries },
): Item[] {
  const end = watchEndOf(payment, attempt);
  // Once a person has to look, the platform is asked daily.
  const isSilent = status === 'review' && payment.clock >= end;
  const planned = isSilent ? (attempt.polls.lastAt ?? payment.clock) + dayMs : lookUps.notBefore;
  const what = `the platform to say whether it has ${attempt.referenceId}`;
  const at = Math.min(planned, wokenAt(attempt, lookUps) ?? planned);
  return [{ at, action: { kind: 'look_up', attempt }, what }, wait(end, what)];
}

/** What happened meanwhile does not matter while the platform asked to wait. */
const wokenAt = (attempt: Attempt, { isBidden }: Tries): number | null =>
  isBidden ? null : wakeUpPollAt(attempt);

function refunding(payment: Payment, refund: Refund): Item[] {
  if (!isNextRefund(payment, refund)) return [];
  const watched = watchedOf(payment, refund.attempt);
  if (!watched?.seen) return [];
  const since = refundSince(refund);
  const periods = refundPatiencesSince(since, payment.clock);
  const overdue = wait(since + (periods + 1) * refundPatienceMs, `refund ${refund.refundId}`);
  if (refund.life.state !== 'asked') return [overdue];
  const action = { kind: 'ask_refund', refund, watched } as const;
  return [{ at: refund.life.tries.notBefore, action, what: `refund ${refund.refundId}` }, overdue];
}

function polling(payment: Payment, attempt: Attempt, decided: Decided): Item[] {
  if (stateOfAttempt(payment, attempt) === 'creating') return [];
  const { notBefore } = attempt.polls;
  const what = waitedFor(attempt);
  const poll = (at: number | null, source: Source): Item[] =>
    at === null
      ? []
      : [{ at: Math.max(at, notBefore), action: { kind: 'poll', watched: attempt, source }, what }];
  // What the schedule has next does not depend on what happens meanwhile: a timer that is set stays right.
  return [
    ...poll(wakeUpPollAt(attempt), wakeSourceOf(attempt)),
    ...poll(plannedPollAt(payment, attempt, decided), plannedSource(payment, attempt)),
  ];
}

const waitedFor = ({ referenceId }: Watched): string =>
  `a callback, a return, or the next poll of ${referenceId}`;

/** Returns and operators wait for the answer; a callback is the more usual cause. */
const wakeSourceOf = ({ wakeUps }: Watched): Source => {
  const sources = wakeUps.map(({ source }) => source);
  return (['callback', 'return', 'operator', 'sweep'] as const).find((it) => sources.includes(it)) ?? 'poll';
};

const plannedSource = ({ clock }: Payment, { expiresAt }: Attempt): Source =>
  expiresAt !== null && clock >= expiresAt ? 'expiry' : 'poll';

function plannedPollAt(payment: Payment, attempt: Attempt, { status }: Decided): number | null {
  const ats = [
    isOpen(payment, attempt) ? openPollAt(payment, attempt) : null,
    refundPollAt(payment, attempt),
    isInDoubt(payment, attempt, status) ? dailyPollAt(attempt) : null,
  ];
  return earliestOf(ats);
}

const earliestOf = (ats: readonly (number | null)[]): number | null => {
  const known = ats.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

const dailyPollAt = ({ polls }: Watched): number => (polls.lastAt ?? polls.since) + dayMs;

/** While a refund is on its way; once a person has to look, daily. */
function refundPollAt({ refunds, clock }: Payment, watched: Watched): number | null {
  const { number, polls, seen } = watched;
  const accepted = refunds.find(({ attempt, life }) => attempt === number && life.state === 'accepted');
  const isMoving = seen !== null && stateOf(seen.snapshot) === 'refunding';
  if (!accepted && !isMoving) return null;
  const since = accepted ? refundSince(accepted) : (seen?.snapshot.updated ?? 0) * secondMs;
  const isOverdue = refundPatiencesSince(since, clock) > 0;
  return isOverdue ? dailyPollAt(watched) : nextRefundPollAt(since, polls.lastAt);
}

/** A person is to look: the platform is asked daily whether anything moved. */
const isInDoubt = (
  payment: Payment,
  { number, creation: made, seen }: Attempt,
  status: PaymentStatus,
): boolean =>
  (seen !== null || made.step === 'made') &&
  (status === 'review' || unacknowledgedRefusals(payment).some(({ attempt }) => attempt === number));

function openPollAt(payment: Payment, attempt: Attempt): number | null {
  const { polls, expiresAt } = attempt;
  const until = watchEndOf(payment, attempt);
  const planned = nextPollAt({
    pausesSeconds: payment.input.policy.pollPausesSeconds,
    since: polls.since,
    lastAt: polls.lastAt,
    expiresAt: expiresAt ?? payment.deadlineAt,
    until,
  });
  if (planned === null || polls.failed === 0 || polls.lastAt === null) return planned;
  return Math.min(planned, polls.lastAt + pauseAfterRejection(polls.failed - 1));
}

function strayPoll(payment: Payment, stray: Watched): Item[] {
  const at = earliestOf([wakeUpPollAt(stray), refundPollAt(payment, stray)]);
  if (at === null) return [];
  const action = { kind: 'poll', watched: stray, source: wakeSourceOf(stray) } as const;
  return [{ at: Math.max(at, stray.polls.notBefore), action, what: waitedFor(stray) }];
}

/** Every state has a next deadline, if only to look again. */
function reminders(payment: Payment, { status }: Decided): Item[] {
  const { clock, openedAt, deadlineAt } = payment;
  const daily = openedAt + (Math.floor((clock - openedAt) / dayMs) + 1) * dayMs;
  return [
    ...(status === 'choosing' ? [wait(deadlineAt, "the customer's choice")] : []),
    ...(status === 'review' ? [wait(daily, "an operator's `resolve`")] : []),
    ...(isParked(payment) ? [wait(daily, "an operator's `redeliver-outcome`")] : []),
    ...(unacknowledgedRefusals(payment).length > 0
      ? [wait(daily, "an operator's `acknowledge`, or another refund")]
      : []),
  ];
}
