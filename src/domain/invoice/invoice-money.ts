import { parseMoney } from '../money.ts';
import type { InvoiceSnapshot } from './invoice.ts';
import { meaningOf, stateOf } from './invoice-state.ts';

/** Where the money of a paid invoice is, in minor units (docs/platform.md §7). */
export interface InvoiceMoney {
  /** In which the customer paid; all but `refundable` and `left` are in it. */
  readonly currency: string;
  /** What the customer was asked for, and paid. */
  readonly toPay: number;
  readonly paid: number;
  readonly fee: number;
  readonly refunded: number;
  readonly chargedBack: number;
  /** What a merchant can give back at most before anything was: a fee on top stays. */
  readonly base: number;
  /** The same in the invoice's currency. */
  readonly refundable: number;
  /** What of it has neither gone back nor been charged back, in the invoice's currency. */
  readonly left: number;
  /** The same amount of this money in the invoice's currency, in which refunds are asked for. */
  readonly inOrder: (minor: number) => number;
  /** How far, in minor units, an amount of the invoice's currency may be off by having been in this one. */
  readonly rounding: number;
}

/** Minor units of a decimal string; null where it is no amount of the currency. */
export function minorOf(value: string | null, currency: string): number | null {
  if (value === null) return null;
  const parsed = parseMoney(value, currency);
  return parsed.ok ? parsed.money.minor : null;
}

/**
 * The currency of what the customer pays. It is not documented for an invoice that is paid in another one (inferred):
 * the service's, where the figure cannot be one of the invoice's.
 */
export function payCurrencyOf({
  amount,
  currency,
  paymentAmount,
  fee,
  serviceCurrency,
}: InvoiceSnapshot): string {
  if (serviceCurrency === null || serviceCurrency === currency || paymentAmount === null) return currency;
  const ordered = minorOf(amount, currency);
  const asked = minorOf(paymentAmount, currency);
  const onTop = (ordered ?? 0) + (minorOf(fee, currency) ?? 0);
  return asked !== null && (asked === ordered || asked === onTop) ? currency : serviceCurrency;
}

/**
 * Null where no money was taken, or no figure of it can be read. `isFeeOnTop`: of money in another currency, where the
 * figures themselves cannot tell.
 */
export function moneyOf(snapshot: InvoiceSnapshot, isFeeOnTop = false): InvoiceMoney | null {
  if (!meaningOf(stateOf(snapshot)).money) return null;
  const currency = payCurrencyOf(snapshot);
  const ordered = minorOf(snapshot.amount, snapshot.currency);
  const toPay = minorOf(snapshot.paymentAmount ?? snapshot.amount, currency);
  const paid = snapshot.processedAmount === null ? toPay : minorOf(snapshot.processedAmount, currency);
  if (ordered === null || toPay === null || paid === null) return null;
  const fee = minorOf(snapshot.fee, currency);
  const price = { ordered, toPay, fee };
  const exchange = exchangeOf(price, { paid, isOrders: currency === snapshot.currency, isFeeOnTop });
  const { base, refundable, inOrder, rounding } = exchange;
  const returned = returnedSums(snapshot, { currency, paid, base });
  const left = refundable - inOrder(returned.refunded) - inOrder(returned.chargedBack);
  return {
    currency,
    toPay,
    paid,
    fee: fee ?? 0,
    ...exchange,
    left: leftOf(snapshot, left, rounding),
    ...returned,
  };
}

interface Paid {
  readonly paid: number;
  /** In the currency of the invoice. */
  readonly isOrders: boolean;
  readonly isFeeOnTop: boolean;
}

/** What can be given back of it, and how it counts in the invoice's currency. */
function exchangeOf(
  price: Price,
  { paid, isOrders, isFeeOnTop }: Paid,
): Pick<InvoiceMoney, 'base' | 'refundable' | 'inOrder' | 'rounding'> {
  if (isOrders) {
    const base = clamp(paid - feeOnTop(price), paid);
    return { base, refundable: base, inOrder: (minor) => minor, rounding: 0 };
  }
  const base = clamp(paid - (isFeeOnTop ? (price.fee ?? 0) : 0), paid);
  const refundable = inProportion(price.ordered, paid, price.toPay);
  const inOrder = (minor: number): number => inProportion(refundable, minor, base);
  return { base, refundable, inOrder, rounding: Math.max(1, Math.ceil(inOrder(1))) };
}

/** Where the platform says that all went back, the last unit went with the rounding. */
const leftOf = (snapshot: InvoiceSnapshot, left: number, rounding: number): number =>
  stateOf(snapshot) === 'refunded' && left <= rounding ? 0 : Math.max(0, left);

interface Price {
  readonly ordered: number;
  readonly toPay: number;
  readonly fee: number | null;
}

/** It stays with the platform; that of another amount than was asked for is computed again. */
const feeOnTop = ({ ordered, toPay, fee }: Price): number => (toPay > ordered ? (fee ?? toPay - ordered) : 0);

/** What went back, where the platform says that all did without a figure, too. */
function returnedSums(
  snapshot: InvoiceSnapshot,
  { currency, paid, base }: Pick<InvoiceMoney, 'currency' | 'paid' | 'base'>,
): Pick<InvoiceMoney, 'refunded' | 'chargedBack'> {
  const state = stateOf(snapshot);
  const refunded = minorOf(snapshot.refundedAmount, currency) ?? (state === 'refunded' ? base : 0);
  const chargedBack =
    minorOf(snapshot.chargedBackAmount, currency) ?? (state === 'charged_back' ? paid - refunded : 0);
  // No more can go back than came, whatever the figures say.
  return { refunded: clamp(refunded, paid), chargedBack: clamp(chargedBack, paid) };
}

const clamp = (minor: number, most: number): number => Math.max(0, Math.min(minor, most));

const inProportion = (whole: number, part: number, of: number): number =>
  of === 0 ? 0 : Math.round((whole * part) / of);
