import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type SearchAttributePair,
  type SearchAttributeUpdatePair,
} from '@temporalio/common';
import { formatMoney, toMajorNumber } from '../src/domain/money.ts';
import type { Attention } from '../src/domain/payment/attention.ts';
import type { Decision } from '../src/domain/payment/decide.ts';
import { currentAttempt, type Payment, type PaymentInput } from '../src/domain/payment/payment.ts';
import { nextDeadlineOf } from '../src/domain/payment/expiry.ts';

/** Search attributes: visible to every operator and outside the codec, so never anything of a customer. */
export const attributes = {
  owner: defineSearchAttributeKey('PaymentOwner', SearchAttributeType.KEYWORD),
  account: defineSearchAttributeKey('PaymentAccount', SearchAttributeType.KEYWORD),
  openedAt: defineSearchAttributeKey('PaymentOpenedAt', SearchAttributeType.DATETIME),
  status: defineSearchAttributeKey('PaymentStatus', SearchAttributeType.KEYWORD),
  attention: defineSearchAttributeKey('PaymentAttention', SearchAttributeType.KEYWORD),
  service: defineSearchAttributeKey('PaymentService', SearchAttributeType.KEYWORD),
  currency: defineSearchAttributeKey('PaymentCurrency', SearchAttributeType.KEYWORD),
  /** Of the order, in major units, or of the invoice that nobody ordered. */
  amount: defineSearchAttributeKey('PaymentAmount', SearchAttributeType.DOUBLE),
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
  'outcome-failing',
  'outcome-parked',
  'late-money',
];

/** What stays as it is for all of a payment's runs; whose payment it is, since when, and of how much. */
export const lifelongAttributes = ({
  input,
  openedAt,
}: Pick<Payment, 'input' | 'openedAt'>): SearchAttributePair[] => [
  { key: attributes.owner, value: input.owner },
  { key: attributes.account, value: input.policy.account },
  { key: attributes.openedAt, value: dateOf(openedAt) },
  { key: attributes.amount, value: toMajorNumber(input.terms.amount) },
];

/** What is known before the first workflow task; set at the start, it costs no event of its own. */
export const initialAttributes = (input: PaymentInput, now: number): SearchAttributePair[] => [
  ...lifelongAttributes({ input, openedAt: now }),
  // Within a second of its start a payment awaits its money; one that does not says so itself.
  { key: attributes.status, value: input.terms.service === undefined ? 'choosing' : 'awaiting_payment' },
  { key: attributes.currency, value: input.terms.amount.currency },
  {
    key: attributes.expiresAt,
    value: dateOf(now + (input.terms.ttlSeconds ?? input.policy.ttlSeconds) * 1000),
  },
  ...(input.terms.service === undefined ? [] : [{ key: attributes.service, value: input.terms.service }]),
];

/** The same of a payment that goes on. */
export function attributesOf(
  payment: Payment,
  { status, attention }: Pick<Decision, 'status' | 'attention'>,
): SearchAttributeUpdatePair[] {
  const attempt = currentAttempt(payment);
  const invoice = attempt?.seen?.snapshot;
  return [
    { key: attributes.status, value: status },
    { key: attributes.attention, value: attention },
    { key: attributes.currency, value: payment.input.terms.amount.currency },
    { key: attributes.service, value: attempt?.choice.service ?? null },
    { key: attributes.invoiceId, value: invoice?.invoiceId ?? null },
    { key: attributes.invoiceCreatedAt, value: invoice ? dateOf(invoice.created * 1000) : null },
    { key: attributes.expiresAt, value: dateOf(expiryOf(payment)) },
  ];
}

/** Of the invoice, else of the order; an operator who has an invoice watched on moves it. */
export const expiryOf = (payment: Payment): number =>
  Math.max(nextDeadlineOf(payment), currentAttempt(payment)?.watchUntil ?? 0);

/** What the daily sweep compares without reading the payment; a string, so in clear like search attributes. */
export const initialMemo = ({ terms }: PaymentInput) => ({ amount: formatMoney(terms.amount) });

/** Of an instant that is given, so that it is the same at every replay. */
// eslint-disable-next-line no-restricted-globals
export const dateOf = (ms: number): Date => new Date(ms);
