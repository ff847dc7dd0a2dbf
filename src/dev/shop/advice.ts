import type { Payment } from 'paytone-payments-http';
import type { ShopWords } from './words.ts';

/** What the bank's codes mean to the customer. The codes themselves are for the shop. */
const adviceByCode: Readonly<Record<string, keyof ShopWords>> = {
  insufficient_funds: 'insufficient_funds',
  card_expired: 'card_expired',
  invalid_cvv: 'invalid_cvv',
  limit_violation: 'limit_violation',
  general_fatal_error: 'brokenDecline',
  fatal_error: 'brokenDecline',
  unable_to_reconcile: 'brokenDecline',
};

/** What has become of a payment that did not go through, and what the customer can do about it. */
export function adviceOn({ decline }: Payment, text: ShopWords): { title: string; advice: string } {
  if (decline === null) return { title: text.failed, advice: text.noDecline };
  const key = Object.hasOwn(adviceByCode, decline.code) ? adviceByCode[decline.code] : undefined;
  return { title: text.declined, advice: text[key ?? 'otherDecline'] };
}
