import type { AccountId, InvoiceId, OrderId, ReferenceId } from '../identity.ts';
import type { FieldMessage, InvoiceSnapshot, RefundProgress } from '../invoice/invoice.ts';
import { moneyOf } from '../invoice/invoice-money.ts';
import { claimsSuccess, meaningOf, stateOf } from '../invoice/invoice-state.ts';
import { laterOf, type Seen } from '../invoice/money-beats-none.ts';
import type { PlatformFailure } from '../invoice/platform-failure.ts';
import type { Money } from '../money.ts';
import { withNote, type OperatorNote } from '../payment/operator-note.ts';
import { pauseOfRefund } from '../payment/pauses.ts';
import type { Refund } from '../payment/refund.ts';
import { refundPatiencesSince } from '../payment/refund-patience.ts';
import { afterFailure, isRefusedForGood, noTries, type Tries } from '../payment/tries.ts';
import { clockMarginMs, hourMs } from '../time.ts';

/** A reference that no payment ever had. */
export interface UnknownReference {
  /** Whose callback, or list of invoices, named it. */
  readonly account: AccountId;
  /** Null for a reference that this product never makes. */
  readonly orderId: OrderId | null;
  readonly referenceId: ReferenceId;
}

/** `refund`: the money goes back. `accept`: seen and dealt with, the money stays where it is. */
export const unmatchedDecisions = ['refund', 'accept'] as const;
export type UnmatchedDecision = (typeof unmatchedDecisions)[number];

export interface UnmatchedRefund {
  readonly amount: Money;
  readonly reason: string;
  readonly life: Exclude<Refund['life'], { readonly state: 'abandoned' }>;
}

/** An invoice that nobody ordered. */
export interface UnmatchedInvoice extends Seen {
  /** What a person decided of the money that was in it then. */
  readonly decision: UnmatchedDecision | null;
  readonly refunds: readonly UnmatchedRefund[];
  /** When it was asked about by its id: epoch milliseconds. */
  readonly lookedAt: number | null;
}

/** All that is known of a reference without a payment; times are epoch milliseconds. */
export interface UnmatchedMoney {
  readonly clock: number;
  readonly invoices: readonly UnmatchedInvoice[];
  readonly notes: readonly OperatorNote[];
  /** A callback came that the platform was not asked about since. */
  readonly isCalled: boolean;
  /** How often the platform may still say less than a callback claimed before that is believed. */
  readonly doubts: number;
  readonly lastAskedAt: number | null;
  readonly tries: Tries;
  /** The order has a payment after all, which was told. */
  readonly isTakenOver: boolean;
}

export const noUnmatchedMoney = (clock: number): UnmatchedMoney => ({
  clock,
  invoices: [],
  notes: [],
  isCalled: false,
  doubts: 0,
  lastAskedAt: null,
  tries: noTries,
  isTakenOver: false,
});

type RefundAnswer =
  | { readonly kind: 'accepted'; readonly progress: RefundProgress | null }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

export type UnmatchedFact =
  | { readonly kind: 'time_passed'; readonly at: number }
  | { readonly kind: 'called'; readonly status: string | null }
  | { readonly kind: 'taken_over' }
  /** `about`: asked for by its id. */
  | {
      readonly kind: 'seen';
      readonly at: number;
      readonly askedAt: number;
      readonly snapshot: InvoiceSnapshot | null;
      readonly about: InvoiceId | null;
    }
  | {
      readonly kind: 'unanswered';
      readonly at: number;
      readonly failure: PlatformFailure;
      readonly about: InvoiceId | null;
    }
  | {
      readonly kind: 'refund_answered';
      readonly at: number;
      readonly invoiceId: InvoiceId;
      readonly answer: RefundAnswer;
    }
  | {
      readonly kind: 'resolved';
      readonly note: Omit<OperatorNote, 'what'>;
      readonly decision: UnmatchedDecision;
    };

/** Answers that fall short of a signed callback before they are believed. */
export const mostDoubts = 5;

/** Keeps what became known. */
export function applyUnmatched(money: UnmatchedMoney, fact: UnmatchedFact): UnmatchedMoney {
  const clock = 'at' in fact ? Math.max(money.clock, fact.at) : money.clock;
  const known = { ...money, clock };
  switch (fact.kind) {
    case 'time_passed':
      return known;
    case 'called':
      return { ...known, isCalled: true, doubts: claimsSuccess(fact.status) ? mostDoubts : known.doubts };
    case 'taken_over':
      return { ...known, isTakenOver: true, isCalled: false };
    case 'seen':
      return applySeen(known, fact);
    case 'unanswered':
      return applyUnanswered(known, fact);
    case 'refund_answered':
      return changed(known, fact.invoiceId, (invoice) => withAnswer(invoice, fact));
    case 'resolved':
      return applyResolved(known, fact);
  }
}

const changed = (
  money: UnmatchedMoney,
  invoiceId: InvoiceId,
  change: (invoice: UnmatchedInvoice) => UnmatchedInvoice,
): UnmatchedMoney => ({
  ...money,
  invoices: money.invoices.map((it) => (it.snapshot.invoiceId === invoiceId ? change(it) : it)),
});

function applySeen(money: UnmatchedMoney, fact: Extract<UnmatchedFact, { kind: 'seen' }>): UnmatchedMoney {
  const { snapshot, askedAt, about, at } = fact;
  const isHere = snapshot !== null && isHeld(snapshot);
  const asked =
    about === null
      ? {
          ...money,
          isCalled: false,
          doubts: isHere ? 0 : Math.max(0, money.doubts - 1),
          lastAskedAt: at,
          tries: noTries,
        }
      : money;
  if (snapshot === null) return asked;
  const earlier = money.invoices.find((it) => it.snapshot.invoiceId === snapshot.invoiceId);
  const blank = { decision: null, refunds: [], lookedAt: null };
  const seen = { ...(earlier ?? blank), ...laterOf(earlier ?? null, { snapshot, askedAt }), lookedAt: at };
  const others = money.invoices.filter((it) => it !== earlier);
  return { ...asked, invoices: [...others, withSettledRefund(seen)] };
}

/** Pause before the nth (from 0) question to a platform that does not answer: 1 min, doubling to 4 h. */
const pauseOfSilence = (tries: number): number => Math.min(60_000 * 2 ** tries, 4 * hourMs);

function applyUnanswered(
  money: UnmatchedMoney,
  fact: Extract<UnmatchedFact, { kind: 'unanswered' }>,
): UnmatchedMoney {
  const { at, failure, about } = fact;
  if (about !== null) return changed(money, about, (invoice) => ({ ...invoice, lookedAt: at }));
  const tries = afterFailure(money.tries, failure, { at, spread: 0, pause: pauseOfSilence });
  return { ...money, isCalled: false, lastAskedAt: at, tries };
}

/** What the platform has taken on and not ended is asked for once more, as the same refund. */
function applyResolved(
  money: UnmatchedMoney,
  { note, decision }: Extract<UnmatchedFact, { kind: 'resolved' }>,
): UnmatchedMoney {
  const invoices = money.invoices.map((invoice) => {
    if (decision === 'accept') return isHeld(invoice.snapshot) ? { ...invoice, decision } : invoice;
    if (isOverdue(invoice, money))
      return withLife(invoice, { state: 'asked', tries: noTries, isInDoubt: true });
    if (!isUnsettled(invoice)) return invoice;
    const refund: UnmatchedRefund = {
      amount: remainderOfUnmatched(invoice),
      reason: note.why,
      life: { state: 'asked', tries: noTries },
    };
    return { ...invoice, decision, refunds: [...invoice.refunds, refund] };
  });
  return { ...money, invoices, notes: withNote(money.notes, { ...note, what: `resolve: ${decision}` }) };
}

/** The refund that counts: one after the other, each of all that was left. */
export const lastRefundOf = ({ refunds }: UnmatchedInvoice): UnmatchedRefund | null => refunds.at(-1) ?? null;

const withLife = (invoice: UnmatchedInvoice, life: UnmatchedRefund['life']): UnmatchedInvoice => ({
  ...invoice,
  refunds: invoice.refunds.map((refund, index) =>
    index === invoice.refunds.length - 1 ? { ...refund, life } : refund,
  ),
});

function withAnswer(
  invoice: UnmatchedInvoice,
  { answer, at }: Extract<UnmatchedFact, { kind: 'refund_answered' }>,
): UnmatchedInvoice {
  const life = lastRefundOf(invoice)?.life;
  if (life?.state !== 'asked') return invoice;
  if (answer.kind === 'accepted') {
    if (answer.progress === 'failed') return withLife(invoice, { state: 'failed', messages: [] });
    // Days after it was taken on, and the money is there: that takes another refund.
    if (answer.progress === 'done' && life.isInDoubt) return withLife(invoice, { state: 'done' });
    return withLife(invoice, { state: 'accepted', at, isDone: answer.progress === 'done' });
  }
  const { failure } = answer;
  const tries = afterFailure(life.tries, failure, { at, spread: 0, pause: pauseOfRefund });
  const isRefused = isRefusedForGood(failure, tries) || failure.type === 'NotFound';
  return withLife(invoice, isRefused ? { state: 'refused', messages: failure.messages } : { ...life, tries });
}

/** An accepted refund ends as the platform's totals tell. */
function withSettledRefund(invoice: UnmatchedInvoice): UnmatchedInvoice {
  const life = lastRefundOf(invoice)?.life;
  const { snapshot, askedAt } = invoice;
  if (life?.state !== 'asked' && life?.state !== 'accepted') return invoice;
  if (isBack(snapshot)) return withLife(invoice, { state: 'done' });
  if (life.state === 'asked' || askedAt < life.at) return invoice;
  const messages = failureIn(snapshot, life.at);
  return messages ? withLife(invoice, { state: 'failed', messages }) : invoice;
}

/** Why a refund that was accepted at an instant is none any more; null where it may be. */
function failureIn(snapshot: InvoiceSnapshot, acceptedAt: number): readonly FieldMessage[] | null {
  if (stateOf(snapshot) === 'charged_back') return [{ field: '', message: 'the money was charged back' }];
  const isRecent = snapshot.updated * 1000 > acceptedAt - clockMarginMs;
  return snapshot.status === 'refund_failed' && isRecent ? [] : null;
}

/** What can still be given back, in the invoice's currency; 0 also where the platform's figures cannot be read. */
export function remainderOfUnmatched({ snapshot }: Pick<UnmatchedInvoice, 'snapshot'>): Money {
  const money = moneyOf(snapshot);
  const left = money ? money.refundable - money.inOrder(money.refunded + money.chargedBack) : 0;
  return { minor: Math.max(0, left), currency: snapshot.currency };
}

/** All that can go back went back, and none was charged back. */
function isBack(snapshot: InvoiceSnapshot): boolean {
  if (stateOf(snapshot) === 'refunded') return true;
  const money = moneyOf(snapshot);
  if (money === null || !meaningOf(stateOf(snapshot)).final) return false;
  return money.chargedBack === 0 && remainderOfUnmatched({ snapshot }).minor === 0;
}

/** Somebody's money is in it, or was charged back from it. */
export const isHeld = (snapshot: InvoiceSnapshot): boolean =>
  meaningOf(stateOf(snapshot)).money && !isBack(snapshot);

/** A refund that is not over. */
export const isUnderWay = (invoice: UnmatchedInvoice): boolean =>
  ['asked', 'accepted'].includes(lastRefundOf(invoice)?.life.state ?? 'none');

/** The platform took a refund on, and has not ended it for too long. */
export function isOverdue(invoice: UnmatchedInvoice, { clock }: Pick<UnmatchedMoney, 'clock'>): boolean {
  const life = lastRefundOf(invoice)?.life;
  return (
    invoice.decision !== 'accept' && life?.state === 'accepted' && refundPatiencesSince(life.at, clock) > 0
  );
}

/** Nobody has decided what becomes of its money, or what was decided did not come about. */
export const isUnsettled = (invoice: UnmatchedInvoice): boolean =>
  isHeld(invoice.snapshot) && invoice.decision !== 'accept' && !isUnderWay(invoice);
