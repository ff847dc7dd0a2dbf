import { decimals } from './services.ts';

const placesOf = (currency: string): number => decimals[currency] ?? 2;

/** Sums and shares are counted in whole minor units, so that they are exact. */
export const toMinor = (amount: number, currency: string): number =>
  Math.round(amount * 10 ** placesOf(currency));

export const toMajor = (minor: number, currency: string): number =>
  Number((minor / 10 ** placesOf(currency)).toFixed(placesOf(currency)));

const million = 1_000_000n;
/** Rates have at most six decimals. */
const inMillionths = (rate: number): bigint => BigInt(Math.round(rate * 1e6));

/** `minor * numerator / denominator`, half a unit rounded up. */
const scaled = (minor: number, numerator: bigint, denominator: bigint): number =>
  Number((2n * BigInt(minor) * numerator + denominator) / (2n * denominator));

export const shareOf = (minor: number, rate: number): number => scaled(minor, inMillionths(rate), million);

/** The sum that makes `minor` once its own share is added. */
export const withoutShare = (minor: number, rate: number): number =>
  scaled(minor, million, million + inMillionths(rate));

/** One unit of `from` is `rate` units of `to`. */
export interface Exchange {
  readonly from: string;
  readonly to: string;
  readonly rate: number;
}

const unit = (currency: string): bigint => 10n ** BigInt(placesOf(currency));

export const exchanged = (minor: number, { from, to, rate }: Exchange): number =>
  scaled(minor, inMillionths(rate) * unit(to), million * unit(from));

export const exchangedBack = (minor: number, { from, to, rate }: Exchange): number =>
  scaled(minor, million * unit(from), inMillionths(rate) * unit(to));
