/**
 * Decimals of the currencies. Those of the model stand early in ISO 4217's list, which the product searches from its
 * start for every amount that it reads; the others are the sandbox's.
 */
export const decimals: Readonly<Record<string, number>> = {
  ...{ AED: 2, AUD: 2, BHD: 3, BIF: 0 },
  ...{ USD: 2, EUR: 2, KWD: 3, JPY: 0 },
};

/** Minor units as the decimal string that the platform and the order API show. */
export function toDecimal(minor: number, currency: string): string {
  const places = decimals[currency] ?? 2;
  const digits = String(minor).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
