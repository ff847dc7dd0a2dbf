import { startOf } from './day.ts';
import { orderOfReference, type InvoiceId, type OrderId } from '../identity.ts';
import type { InvoiceSnapshot } from '../invoice/invoice.ts';
import { parseMoney, sameMoney } from '../money.ts';
import { isUnpaid, type PaymentStatus } from '../payment/statuses.ts';
import type { PaymentRecord } from '../payment/payment-record.ts';
import { meaningOf, stateOf, type InvoiceState } from '../invoice/invoice-state.ts';
import { isPaidAsAsked } from '../invoice/paid-as-asked.ts';

/** An invoice as the platform's list has it. */
export type ListedInvoice = InvoiceSnapshot;

/** A payment as Temporal lists it: cheap, and perhaps a moment behind. */
export interface OurRow {
  readonly orderId: OrderId;
  readonly invoiceId: InvoiceId;
  /** Unix seconds. */
  readonly invoiceCreated: number;
  readonly status: string | null;
  readonly currency: string | null;
  /** Decimal string; null where the row does not hold it. */
  readonly amount: string | null;
  /** When this part of the payment's life began: epoch milliseconds. */
  readonly startedAt: number;
}

export const findingKinds = [
  'paid_there', // paid there and not here
  'ended_there', // over there, still open here
  'paid_here', // paid here and not there
  'missing_there', // here and not there
  'other_amount',
  'not_ordered',
  'refund_unseen',
  'chargeback_unseen',
  'unreadable', // the payment did not answer; somebody has to compare
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Where the platform's list and ours differ. */
export interface Finding {
  readonly kind: FindingKind;
  readonly referenceId: string;
  readonly invoiceId: InvoiceId;
  /** Null where the platform does not have it. */
  readonly there: {
    readonly status: string;
    readonly amount: string;
    readonly currency: string;
    readonly processedAmount: string | null;
    readonly refundedAmount: string | null;
    /** Unix seconds. */
    readonly updated: number;
  } | null;
  /** Null where nobody ordered it, or it does not answer. */
  readonly here: { readonly status: string; readonly amount: string; readonly currency: string } | null;
}

/** Tries of a page; in the last of them a payment that does not answer is left to a person. */
export const triesOfPage = 5;

/** Created or changed since the day began. */
export const isFresh = ({ updated }: Pick<ListedInvoice, 'updated'>, day: string): boolean =>
  updated >= startOf(day);

/**
 * Differences that stay as they are, since a person settles them, or nobody can, are told once: those that the
 * payment does not see on the day of the last change, the others as the payment itself remembers.
 */
export function isToldBefore(
  { kind, there, referenceId }: Finding,
  { day, record }: { readonly day: string; readonly record: PaymentRecord | null },
): boolean {
  if (untilChanged.has(kind)) return there !== null && !isFresh(there, day);
  if (!remembered.has(kind)) return false;
  const attempt = orderOfReference(referenceId)?.attempt;
  const told = record?.swept.find((it) => it.attempt === attempt && it.day < day);
  if (!told) return false;
  return there === null
    ? told.status === null
    : told.status === there.status && told.updated === there.updated;
}

const untilChanged: ReadonlySet<FindingKind> = new Set<FindingKind>(['other_amount', 'not_ordered']);
const remembered: ReadonlySet<FindingKind> = new Set<FindingKind>(['paid_here', 'missing_there']);

const asSeen: Readonly<Partial<Record<InvoiceState, readonly PaymentStatus[]>>> = {
  open: ['creating', 'awaiting_payment', 'canceling', 'failed', 'expired', 'canceled'],
  failed: ['choosing', 'failed', 'expired', 'canceled'],
  expired: ['choosing', 'failed', 'expired', 'canceled'],
  verified: ['verified'],
  paid: ['paid'],
  refunded: ['refunded'],
  charged_back: ['charged_back'],
};

/**
 * Whether the rows of an order show what the platform says, so that the payment need not be read. A part of the
 * money that moved shows in no row, nor does what is in review, nor which of several attempts the money is of.
 */
export function agrees(invoice: ListedInvoice, rows: readonly OurRow[]): boolean {
  const latest = rows.toSorted((a, b) => b.startedAt - a.startedAt)[0];
  const amount = rows.find((row) => row.amount !== null)?.amount ?? null;
  if (!latest || amount === null || latest.currency === null) return false;
  return (
    isAsSeen(invoice, latest.status) && amountsAgree(invoice, { value: amount, currency: latest.currency })
  );
}

function isAsSeen(invoice: ListedInvoice, status: string | null): boolean {
  const state = stateOf(invoice);
  if (withMoney(state) && orderOfReference(invoice.referenceId)?.attempt !== 1) return false;
  const statuses: readonly string[] = asSeen[state] ?? [];
  return status !== null && statuses.includes(status);
}

interface Amount {
  readonly value: string;
  readonly currency: string;
}

/** As ordered, and where it is paid, as the platform asked for. */
function amountsAgree(invoice: ListedInvoice, ordered: Amount): boolean {
  const { amount, currency } = invoice;
  const state = stateOf(invoice);
  if (state === 'partially_paid' || !equal({ value: amount, currency }, ordered)) return false;
  return state !== 'paid' || isPaidAsAsked(invoice);
}

function equal(a: Amount, b: Amount): boolean {
  const [left, right] = [parseMoney(a.value, a.currency), parseMoney(b.value, b.currency)];
  return left.ok && right.ok && sameMoney(left.money, right.money);
}

/**
 * What an invoice of the list and the payment itself, as it answered a moment ago, differ in; null if nothing.
 * What the payment saw after `settledBefore` (unix seconds) may have happened since the list was read.
 */
export function findingOf(
  invoice: ListedInvoice,
  record: PaymentRecord | null,
  settledBefore: number,
): Finding | null {
  const kind = kindOf(invoice, record, settledBefore);
  return kind && toFinding(kind, invoice, record);
}

export function toFinding(kind: FindingKind, invoice: ListedInvoice, record: PaymentRecord | null): Finding {
  const { referenceId, invoiceId, status, amount, currency, processedAmount, refundedAmount, updated } =
    invoice;
  const there = { status, amount, currency, processedAmount, refundedAmount, updated };
  return { kind, referenceId, invoiceId, there, here: hereOf(record) };
}

const hereOf = (record: PaymentRecord | null): Finding['here'] =>
  record && {
    status: record.payment.status,
    amount: record.payment.amount.value,
    currency: record.payment.amount.currency,
  };

/** An invoice of ours that the platform has neither in its list nor when asked for it. */
export const missingThere = (row: OurRow, record: PaymentRecord | null): Finding => ({
  kind: 'missing_there',
  referenceId: record?.payment.referenceId ?? row.orderId,
  invoiceId: row.invoiceId,
  there: null,
  here: hereOf(record),
});

function kindOf(
  invoice: ListedInvoice,
  record: PaymentRecord | null,
  settledBefore: number,
): FindingKind | null {
  const attempt = orderOfReference(invoice.referenceId)?.attempt;
  if (!record || attempt === undefined || isStray(invoice, attempt, record)) return 'not_ordered';
  if (!amountsAgree(invoice, record.payment.amount)) return 'other_amount';
  const seen = record.seen.find((it) => it.attempt === attempt);
  return seen ? changedKind(invoice, seen, settledBefore) : unseenKind(invoice, record);
}

function changedKind(
  invoice: ListedInvoice,
  seen: PaymentRecord['seen'][number],
  settledBefore: number,
): FindingKind | null {
  if (seen.updated > Math.max(invoice.updated, settledBefore)) return null;
  const there = stateOf(invoice);
  const here = stateOf({ status: seen.status, resolution: null });
  const same = there === here && (!isPartial(there) || seen.updated === invoice.updated);
  return same ? null : movedKind(there, here);
}

/** An attempt that the payment never made, or a second invoice under an attempt's reference. */
const isStray = ({ invoiceId }: ListedInvoice, attempt: number, { payment, seen }: PaymentRecord): boolean =>
  (attempt > payment.attempt && !seen.some((it) => it.attempt === attempt)) ||
  (attempt === payment.attempt && payment.invoiceId !== null && payment.invoiceId !== invoiceId);

/**
 * The payment never saw an invoice under this reference. Then a person decides, or did: that nothing came of it hides
 * no money.
 */
function unseenKind(invoice: ListedInvoice, { payment }: PaymentRecord): FindingKind | null {
  const there = stateOf(invoice);
  if (payment.status === 'review') return null;
  const isDecided = payment.decidedBy === 'operator' && !(withMoney(there) && isUnpaid(payment.status));
  return isDecided ? null : movedKind(there, 'open');
}

const isPartial = (state: InvoiceState): boolean => state.startsWith('partially_');
const withMoney = (state: InvoiceState): boolean => meaningOf(state).rank === 2;

function movedKind(there: InvoiceState, here: InvoiceState): FindingKind | null {
  switch (there) {
    case 'open':
      return withMoney(here) ? 'paid_here' : null;
    case 'failed':
    case 'expired':
      if (withMoney(here)) return 'paid_here';
      return here === 'open' ? 'ended_there' : null;
    case 'charged_back':
    case 'partially_charged_back':
      return 'chargeback_unseen';
    case 'refunding':
    case 'refunded':
    case 'partially_refunded':
      return 'refund_unseen';
    default:
      // Paid again after a refund: it failed.
      return withMoney(here) ? 'refund_unseen' : 'paid_there';
  }
}

/** In the place of a callback: that there is something to ask the platform about, whatever was seen before. */
export const sweepHintOf = (day?: string) =>
  ({ status: null, updated: null, source: 'sweep', ...(day !== undefined && { day }) }) as const;
