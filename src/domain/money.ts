import * as iso4217 from 'currency-codes';

/** An exact amount: an integer of the currency's minor units (ISO 4217 exponent: JPY 0, USD 2, KWD 3). */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Asked for with every amount: the list is read once. */
const exponents: ReadonlyMap<string, number> = new Map(
  iso4217.data.map(({ code, digits }) => [code, digits]),
);

export type MoneyFault = 'unknown_currency' | 'not_a_decimal' | 'too_many_decimals' | 'too_many_digits';
export type MoneyParse = { ok: true; money: Money } | { ok: false; fault: MoneyFault };

// The platform's amounts are JSON numbers: a double keeps any decimal of 15 digits, not every one of 16.
const safeDigits = 15;
const decimalPattern = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/** Decimals of a currency, or null when ISO 4217 does not list it. */
export const exponentOf = (currency: string): number | null => exponents.get(currency) ?? null;

/** The codes of ISO 4217. */
export const currencies: readonly string[] = [...exponents.keys()].sort();

/**
 * Reads a decimal string of major units, exact to the currency's exponent.
 * Refuses signs, exponents, group separators, superfluous decimals and more digits than a double keeps.
 */
export function parseMoney(value: string, currency: string): MoneyParse {
  const exponent = exponentOf(currency);
  if (exponent === null) return { ok: false, fault: 'unknown_currency' };
  const match = decimalPattern.exec(value);
  if (!match) return { ok: false, fault: 'not_a_decimal' };
  const [, whole = '', decimals = ''] = match;
  if (decimals.length > exponent) return { ok: false, fault: 'too_many_decimals' };
  const digits = whole + decimals.padEnd(exponent, '0');
  if (digits.length > safeDigits) return { ok: false, fault: 'too_many_digits' };
  return { ok: true, money: { minor: Number(digits), currency } };
}

/** The decimal string of major units, always with all of the currency's decimals: `"100.50"`. */
export function formatMoney({ minor, currency }: Money): string {
  const exponent = exponentOf(currency) ?? 0;
  const digits = String(minor).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * A platform amount (JSON number, major units) as minor units; null when it is not exact in the currency,
 * negative, or too large: such an amount never equals one of ours.
 */
export function moneyFromNumber(value: number, currency: string): Money | null {
  const parsed = parseMoney(String(value), currency);
  return parsed.ok ? parsed.money : null;
}

/** The JSON number of major units the platform expects ("float format", Invoice Initiation). */
export const toMajorNumber = (money: Money): number => Number(formatMoney(money));

export const sameMoney = (a: Money, b: Money): boolean => a.minor === b.minor && a.currency === b.currency;
