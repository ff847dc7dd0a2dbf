import { toDecimal } from '../amounts.ts';
import type { Answer, Evidence } from '../evidence.ts';
import type { LedgerInvoice } from '../platform/ledger.ts';

export const isPaid = ({ paidAt }: LedgerInvoice): boolean => paidAt !== null;
export const isVerified = ({ status }: LedgerInvoice): boolean => status === 'verified';
export const isStray = ({ asked }: LedgerInvoice): boolean => asked.service === 'stray';
/** All that could be given back is gone, in whichever way. */
export const isReturned = (invoice: LedgerInvoice): boolean => invoice.isReturned;

/** The true time of the payment; the platform's clock may be off. */
export const paidAtOf = (invoice: LedgerInvoice): number =>
  invoice.versions.find(({ shown }) => shown.processedAmount !== null || shown.status === 'verified')?.at ??
  Infinity;

export const byPayment = (invoices: readonly LedgerInvoice[]): LedgerInvoice[] =>
  invoices.toSorted(
    (a, b) =>
      Math.floor((a.paidAt ?? 0) / 1000) - Math.floor((b.paidAt ?? 0) / 1000) || numberOf(a) - numberOf(b),
  );

const numberOf = ({ asked }: LedgerInvoice): number => Number(asked.reference.split('.')[1] ?? 1);

/** What the order service has to be told of the money on these invoices. */
export function moneyOf(invoices: readonly LedgerInvoice[]): Answer['money'] {
  const paid = byPayment(invoices.filter(isPaid));
  const [first] = paid;
  if (!first) return null;
  const { currency } = first.price;
  const sum = (part: (invoice: LedgerInvoice) => number): string =>
    toDecimal(
      paid.reduce((total, invoice) => total + part(invoice), 0),
      currency,
    );
  return {
    currency,
    paid: sum((it) => it.paid),
    fee: sum((it) => it.fee),
    refunded: sum((it) => it.refundedInPrice),
    chargedBack: sum((it) => it.chargedBack),
  };
}

/** What an order is whose payment is on this invoice. */
export function statusOf(invoice: LedgerInvoice): string {
  const { status, refunded, refundedInPrice, chargedBack } = invoice;
  if (isVerified(invoice)) return 'verified';
  if (status === 'charged_back' || status === 'partially_charged_back') return status;
  // Of money in another currency a refund may be worth nothing: then the platform's word alone tells of it.
  const isTold = refundedInPrice > 0 || status === 'refunded' || status === 'partially_refunded';
  if (refunded > 0 && isTold) return isReturned(invoice) ? 'refunded' : 'partially_refunded';
  return chargedBack > 0 ? 'partially_charged_back' : 'paid';
}

/** All ways to leave out some of the invoices that may be left out. */
export function choicesOf(
  invoices: readonly LedgerInvoice[],
  mayLeaveOut: (invoice: LedgerInvoice) => boolean,
) {
  return invoices.reduce<LedgerInvoice[][]>(
    (choices, invoice) => [
      ...choices.map((choice) => [...choice, invoice]),
      ...(mayLeaveOut(invoice) ? choices : []),
    ],
    [[]],
  );
}

export const isJudged = ({ acts }: Evidence, kinds: readonly string[], after: number): boolean =>
  acts.some(({ kind, at }) => kinds.includes(kind) && at >= after);
