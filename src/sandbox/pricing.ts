import { exchanged, shareOf, toMajor, toMinor, withoutShare, type Exchange } from './money.ts';

export const feeStrategies = [
  'none',
  'external',
  'external_reverse',
  'internal',
  'internal_reverse',
] as const;

/** The commission by the account's settings: a share of the amount and a fixed part in the service currency. */
export interface FeePlan {
  readonly strategy: (typeof feeStrategies)[number];
  readonly rate: number;
  readonly fix: number;
}

export const noFee: FeePlan = { strategy: 'none', rate: 0, fix: 0 };

/** The currency that the customer pays in; one unit of the invoice's currency is `rate` of its units. */
export interface PayIn {
  readonly currency: string;
  readonly rate: number;
}

/** What the price of an invoice hangs on. */
export interface Priced {
  readonly amount: number;
  readonly service: { readonly currency: string };
  readonly payIn: PayIn;
  readonly feePlan: FeePlan;
}

/** What the customer is to pay, and the commission in it, in the service currency. */
export interface Price {
  readonly paymentAmount: number;
  readonly fee: number;
}

/** An external fee without reverse, or an internal one with reverse (docs/platform.md §7). */
export const isFeeOnTop = ({ strategy }: FeePlan): boolean =>
  strategy === 'external' || strategy === 'internal_reverse';

export const exchangeOf = ({ service, payIn }: Priced): Exchange => ({
  from: service.currency,
  to: payIn.currency,
  rate: payIn.rate,
});

/** The account's other currency counts for invoices that are not in it anyway. */
export const payInFor = (currency: string, wanted: PayIn | null): PayIn =>
  wanted && wanted.currency !== currency ? wanted : { currency, rate: 1 };

export function priceOf(invoice: Priced): Price {
  const { feePlan, payIn, amount, service } = invoice;
  const net = exchanged(toMinor(amount, service.currency), exchangeOf(invoice));
  const fee = feeOn(net, invoice);
  const paymentAmount = isFeeOnTop(feePlan) ? net + fee : net;
  return { paymentAmount: toMajor(paymentAmount, payIn.currency), fee: toMajor(fee, payIn.currency) };
}

function feeOn(minor: number, { feePlan, payIn }: Priced): number {
  if (feePlan.strategy === 'none') return 0;
  const fee = shareOf(minor, feePlan.rate) + toMinor(feePlan.fix, payIn.currency);
  return isFeeOnTop(feePlan) ? fee : Math.min(fee, minor);
}

/**
 * `processed_fee`: the commission in what was paid. If that is not the sum asked for, the fee is computed again
 * (docs/platform.md §7), so that fee and deposit add up to what was paid.
 */
export function processedFeeOf(paid: number, invoice: Priced & Price): number {
  const { feePlan, payIn, paymentAmount, fee } = invoice;
  const minor = toMinor(paid, payIn.currency);
  if (minor === toMinor(paymentAmount, payIn.currency)) return fee;
  if (!isFeeOnTop(feePlan)) return toMajor(feeOn(minor, invoice), payIn.currency);
  const withoutFix = Math.max(0, minor - toMinor(feePlan.fix, payIn.currency));
  return toMajor(minor - withoutShare(withoutFix, feePlan.rate), payIn.currency);
}
