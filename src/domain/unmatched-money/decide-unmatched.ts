import type { InvoiceId } from '../identity.ts';
import { stateOf } from '../invoice/invoice-state.ts';
import type { Money } from '../money.ts';
import { nextRefundPollAt } from '../payment/poll-schedule.ts';
import { pauseAfterOlder } from '../payment/pauses.ts';
import { refundPatienceMs } from '../payment/refund-patience.ts';
import { refusal, refusalTypes, wrongState, type UpdateRefusal } from '../payment/refusal.ts';
import { dayMs } from '../time.ts';
import {
  isHeld,
  isOverdue,
  isUnsettled,
  lastRefundOf,
  unmatchedDecisions,
  mostDoubts,
  remainderOfUnmatched,
  type UnmatchedInvoice,
  type UnmatchedMoney,
} from './unmatched-money.ts';

/** One call of the platform. `about`: by an invoice's id, else by the reference. */
export type UnmatchedAction =
  | { readonly kind: 'ask'; readonly about: InvoiceId | null }
  | {
      readonly kind: 'refund';
      readonly invoiceId: InvoiceId;
      /** The same on every try: the platform refunds once. */
      readonly referenceId: string;
      readonly amount: Money;
      readonly description: string;
    };

interface UnmatchedItem {
  readonly at: number;
  readonly action: UnmatchedAction | null;
  readonly what: string;
}

export interface UnmatchedDecided {
  readonly action: UnmatchedAction | null;
  readonly next: Pick<UnmatchedItem, 'at' | 'what'> | null;
  /** A person has to look. */
  readonly needsPerson: boolean;
  readonly isOver: boolean;
}

/**
 * What a person has dealt with is remembered for longer than a daily reconciliation looks back (35 days), however short
 * Temporal's retention is: none puts it before anybody again.
 */
const notesKeptMs = 36 * dayMs;
/** Callbacks within it are answered by one question. */
const gatheredMs = 60_000;

export function decideUnmatched(money: UnmatchedMoney): UnmatchedDecided {
  if (money.isTakenOver) return { action: null, next: null, needsPerson: false, isOver: true };
  const items = [
    ...asking(money),
    ...money.invoices.flatMap((it) => refundItems(it, money)),
    ...waitItems(money),
  ];
  const due = items.find(({ at, action }) => action !== null && at <= money.clock);
  const later = items.filter(({ at }) => at > money.clock).toSorted((a, b) => a.at - b.at);
  return {
    action: due?.action ?? null,
    next: later[0] ?? null,
    needsPerson: money.invoices.some((it) => isUnsettled(it) || isInTrouble(it, money)),
    isOver: items.length === 0,
  };
}

/** By reference: what a callback may be about, and once a day what waits for a person. */
function asking(money: UnmatchedMoney): UnmatchedItem[] {
  const at = nextQuestionAt(money);
  return at === null ? [] : [{ at, action: { kind: 'ask', about: null }, what: 'ask the platform again' }];
}

function nextQuestionAt({
  isCalled,
  doubts,
  lastAskedAt,
  tries,
  invoices,
  clock,
}: UnmatchedMoney): number | null {
  if (lastAskedAt === null) return isCalled ? clock : null;
  if (tries.count > 0) {
    const hurried = isCalled && !tries.isBidden ? lastAskedAt + gatheredMs : Infinity;
    return Math.min(tries.notBefore, hurried);
  }
  if (doubts > 0) return lastAskedAt + pauseAfterOlder(mostDoubts - doubts);
  if (isCalled) return lastAskedAt + gatheredMs;
  return invoices.some(isUnsettled) ? lastAskedAt + dayMs : null;
}

function refundItems(invoice: UnmatchedInvoice, { clock }: UnmatchedMoney): UnmatchedItem[] {
  const refund = lastRefundOf(invoice);
  const { invoiceId } = invoice.snapshot;
  if (invoice.decision === 'accept') return [];
  if (refund?.life.state === 'asked') {
    const referenceId = `late-${invoiceId}-${invoice.refunds.length}`;
    const { amount, reason: description } = refund;
    const action = { kind: 'refund', invoiceId, referenceId, amount, description } as const;
    return [{ at: refund.life.tries.notBefore, action, what: 'ask for the refund again' }];
  }
  if (refund?.life.state !== 'accepted') return [];
  const { at } = refund.life;
  const look = { kind: 'ask', about: invoiceId } as const;
  const overdue = { at: at + refundPatienceMs, action: null, what: 'the refund is overdue' };
  return [
    { at: nextRefundPollAt(at, invoice.lookedAt), action: look, what: 'see whether the money is back' },
    ...(overdue.at > clock ? [overdue] : []),
  ];
}

/** Something to look at once a day, so that no run outlives one by much. */
function waitItems({ notes, clock }: UnmatchedMoney): UnmatchedItem[] {
  const last = notes.at(-1);
  if (!last) return [];
  const until = last.at + notesKeptMs;
  if (until <= clock) return [];
  const today = last.at + (Math.floor((clock - last.at) / dayMs) + 1) * dayMs;
  return [{ at: Math.min(today, until), action: null, what: 'forget what was dealt with' }];
}

/** A refund that is under way, and not as it should be. */
export function isInTrouble(invoice: UnmatchedInvoice, money: UnmatchedMoney): boolean {
  const life = lastRefundOf(invoice)?.life;
  const isUnanswered = life?.state === 'asked' && life.tries.trouble !== null;
  return (isUnanswered && invoice.decision !== 'accept') || isOverdue(invoice, money);
}

/** Why a person cannot decide so, or null. */
export function refusalOfUnmatchedResolve(money: UnmatchedMoney, decision: unknown): UpdateRefusal | null {
  if (!unmatchedDecisions.some((known) => known === decision))
    return refusal(
      refusalTypes.input,
      '"decision" must be "refund" (the money goes back) or "accept" (seen and dealt with, the money stays)',
    );
  const held = money.invoices.filter(({ snapshot, decision: made }) => isHeld(snapshot) && made !== 'accept');
  if (held.length === 0) return wrongState('no money waits for a decision: there is nothing to resolve');
  if (decision === 'accept') return null;
  const open = held.filter(isUnsettled);
  const isAgain = held.some((it) => isOverdue(it, money));
  if (open.length === 0 && !isAgain) return wrongState('a refund is under way: wait for its end');
  return refusalOfUnmatchedRefund(open);
}

function refusalOfUnmatchedRefund(open: readonly UnmatchedInvoice[]): UpdateRefusal | null {
  if (open.every((it) => remainderOfUnmatched(it).minor > 0)) return null;
  const why = open.some(({ snapshot }) => stateOf(snapshot) === 'charged_back')
    ? 'the money was charged back: there is nothing left to refund'
    : "the platform's figures do not say how much can be refunded: do it in Paytone's dashboard";
  return wrongState(`${why}; then resolve with "accept"`);
}
