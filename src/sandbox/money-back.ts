import { newId, paidDepositOf, refundedOf, type SandboxRefund, type SandboxInvoice } from './invoice.ts';
import type { Invoices } from './invoices.ts';
import { exchanged, exchangedBack, toMajor, toMinor } from './money.ts';
import { exchangeOf, isFeeOnTop } from './pricing.ts';

export const refundEndings = ['at_once', 'pending', 'failing'] as const;
/** How a refund goes: processed at once, pending until it is ended by hand, or failed at once. */
export type RefundEnding = (typeof refundEndings)[number];

export type RefundCall = Pick<SandboxRefund, 'referenceId' | 'amount' | 'description'>;

const statuses = { at_once: 'processed', pending: 'pending', failing: 'failed' } as const;

/** Of a payment: what can go back at most, and what is left of it; minor units of the service currency. */
function limitOf(invoice: SandboxInvoice) {
  const minor = (amount: number): number => toMinor(amount, invoice.payIn.currency);
  const paid = minor(invoice.processedAmount ?? 0);
  // The documents are silent: a fee that the customer paid on top stays with the platform, so what can be refunded
  // is the deposit. A fee taken from the merchant's amount is the merchant's loss: all that was paid can go back.
  const refundable = isFeeOnTop(invoice.feePlan) ? minor(paidDepositOf(invoice) ?? 0) : paid;
  const refunded = minor(refundedOf(invoice));
  const pending = minor(sum(invoice.refunds.filter(({ status }) => status === 'pending')));
  const chargedBack = minor(invoice.chargedBack);
  return { paid, refundable, refunded, pending, chargedBack };
}

const sum = (refunds: readonly SandboxRefund[]): number =>
  refunds.reduce((all, { returned }) => all + returned, 0);

const leftToReturn = (invoice: SandboxInvoice): number => {
  const { refundable, refunded, pending, chargedBack } = limitOf(invoice);
  return Math.max(0, refundable - refunded - pending - chargedBack);
};

/** The most that a refund may ask for, in the invoice's currency; what is pending already is not free. */
export function refundLeft(invoice: SandboxInvoice): number {
  if (leftToReturn(invoice) === 0) return 0;
  const { currency } = invoice.service;
  const taken = invoice.refunds
    .filter(({ status }) => status !== 'failed')
    .reduce((all, { amount }) => all + toMinor(amount, currency), 0);
  const chargedBack = exchangedBack(limitOf(invoice).chargedBack, exchangeOf(invoice));
  return toMajor(Math.max(0, mostToAsk(invoice) - taken - chargedBack), currency);
}

/** Paid as asked, the whole amount can be asked back, whatever the exchange rounded. */
function mostToAsk(invoice: SandboxInvoice): number {
  const { processedAmount, paymentAmount, amount, service } = invoice;
  return processedAmount === paymentAmount
    ? toMinor(amount, service.currency)
    : exchangedBack(limitOf(invoice).refundable, exchangeOf(invoice));
}

/** Refunds and chargebacks: how money goes back (docs/platform.md §6 to §8). */
export class MoneyBack {
  ending: RefundEnding = 'at_once';
  readonly #invoices: Invoices;
  readonly #now: () => number;

  /** `now`: epoch milliseconds. */
  constructor(invoices: Invoices, now: () => number) {
    this.#invoices = invoices;
    this.#now = now;
  }

  /** A refund of at most `refundLeft`, which the caller has checked. */
  refund(invoice: SandboxInvoice, request: RefundCall, ending: RefundEnding = this.ending): SandboxRefund {
    const refund: SandboxRefund = {
      ...request,
      id: newId('ref'),
      returned: returnedFor(invoice, request.amount),
      created: Math.floor(this.#now() / 1000),
      status: statuses[ending],
    };
    this.#put(invoice, [...invoice.refunds, refund], refund.status);
    return refund;
  }

  /** Ends a pending refund, the oldest one unless its reference is given; null where none is pending. */
  end(
    invoice: SandboxInvoice,
    { result, refundReference }: { result: 'processed' | 'failed'; refundReference?: string | undefined },
  ): SandboxRefund | null {
    const pending = invoice.refunds.find(
      ({ status, referenceId }) =>
        status === 'pending' && (refundReference === undefined || referenceId === refundReference),
    );
    if (!pending) return null;
    const ended: SandboxRefund = { ...pending, status: result };
    const refunds = invoice.refunds.map((refund) => (refund === pending ? ended : refund));
    this.#put(invoice, refunds, result);
    return ended;
  }

  /** The bank takes money back, by default all that is left of what was paid; false where there is not as much. */
  chargeBack(invoice: SandboxInvoice, amount: number | null): boolean {
    const { currency } = invoice.payIn;
    const { paid, refunded, pending, chargedBack } = limitOf(invoice);
    const left = paid - refunded - pending - chargedBack;
    const taken = amount === null ? left : toMinor(amount, currency);
    if (taken <= 0 || taken > left) return false;
    const isAll = refunded + chargedBack + taken === paid;
    this.#invoices.change(invoice, {
      // The sum grows with several partial chargebacks (docs/platform.md §7).
      chargedBack: toMajor(chargedBack + taken, currency),
      status: isAll ? 'charged_back' : 'partially_charged_back',
      resolution: 'ok',
    });
    return true;
  }

  #put(invoice: SandboxInvoice, refunds: readonly SandboxRefund[], status: SandboxRefund['status']): void {
    const resolution = 'ok';
    this.#invoices.change(invoice, {
      refunds,
      resolution,
      status: statusAfter({ ...invoice, refunds }, status),
    });
  }
}

/** After a refund became pending, processed or failed. While any is pending the status is none of the final ones (docs/platform.md §6). */
function statusAfter(invoice: SandboxInvoice, refund: SandboxRefund['status']): string {
  if (invoice.refunds.some(({ status }) => status === 'pending')) return 'refund_pending';
  if (refund === 'failed') return 'refund_failed';
  const { refundable, refunded, chargedBack } = limitOf(invoice);
  return refunded + chargedBack < refundable ? 'partially_refunded' : 'refunded';
}

/** By the rate that it was paid at; the last part gives back exactly what is left. */
function returnedFor(invoice: SandboxInvoice, amount: number): number {
  const { service, payIn } = invoice;
  const left = leftToReturn(invoice);
  const asked = exchanged(toMinor(amount, service.currency), exchangeOf(invoice));
  const isRest = toMinor(amount, service.currency) === toMinor(refundLeft(invoice), service.currency);
  return toMajor(isRest ? left : Math.min(asked, left), payIn.currency);
}
