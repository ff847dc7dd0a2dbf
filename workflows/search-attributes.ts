import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common';
import { formatMoney } from '../src/domain/money.ts';
import type { Attention } from '../src/domain/payment/attention.ts';
import type { PaymentInput } from '../src/domain/payment/payment.ts';

/** Search attributes: visible to every operator and outside the codec, so never anything of a customer. */
export const attributes = {
  status: defineSearchAttributeKey('PaymentStatus', SearchAttributeType.KEYWORD),
  attention: defineSearchAttributeKey('PaymentAttention', SearchAttributeType.KEYWORD),
  service: defineSearchAttributeKey('PaymentService', SearchAttributeType.KEYWORD),
  currency: defineSearchAttributeKey('PaymentCurrency', SearchAttributeType.KEYWORD),
  invoiceId: defineSearchAttributeKey('PaymentInvoiceId', SearchAttributeType.KEYWORD),
  invoiceCreatedAt: defineSearchAttributeKey('PaymentInvoiceCreatedAt', SearchAttributeType.DATETIME),
  expiresAt: defineSearchAttributeKey('PaymentExpiresAt', SearchAttributeType.DATETIME),
};

/** Why an operator should look: at a payment, or at what is no payment's, money for a reference that has none. */
export type AnyAttention = Attention | 'late-money';

/** Every value that `PaymentAttention` takes. */
export const attentions: readonly AnyAttention[] = [
  'review',
  'refund-refused',
  'credentials',
  'platform-silent',
  'outcome-parked',
  'late-money',
];

/** What is known before the first workflow task; set at the start, it costs no event of its own. */
export const initialAttributes = ({ terms, policy }: PaymentInput, now: number): SearchAttributePair[] => [
  // Within a second of its start a payment awaits its money; one that does not says so itself.
  { key: attributes.status, value: terms.service === undefined ? 'choosing' : 'awaiting_payment' },
  { key: attributes.currency, value: terms.amount.currency },
  { key: attributes.expiresAt, value: dateOf(now + (terms.ttlSeconds ?? policy.ttlSeconds) * 1000) },
  ...(terms.service === undefined ? [] : [{ key: attributes.service, value: terms.service }]),
];

/** What the daily sweep compares without reading the payment; a string, so in clear like search attributes. */
export const initialMemo = ({ terms }: PaymentInput) => ({ amount: formatMoney(terms.amount) });

/** Of an instant that is given, so that it is the same at every replay. */
// eslint-disable-next-line no-restricted-globals
export const dateOf = (ms: number): Date => new Date(ms);
