import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type SearchAttributePair,
  type SearchAttributeUpdatePair,
} from '@temporalio/common';
import { formatMoney } from '../src/domain/money.ts';
import type { OperatorNote } from '../src/domain/payment/operator.ts';
import { currentAttempt, type Attempt, type Payment, type PaymentInput } from '../src/domain/payment/payment.ts';
import { statusOf } from '../src/domain/payment/status.ts';
import { nextDeadlineOf, toIso, viewOf } from '../src/domain/payment/view.ts';
import { watchEndOf } from '../src/domain/payment/watch.ts';

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

/** Why an operator should look at a payment. */
export type Attention = 'review' | 'credentials' | 'platform-silent' | 'outcome-parked' | 'refund-refused';
/** Or at what is no payment's: money for a reference that has none. */
export type AnyAttention = Attention | 'late-money';

export interface Picture {
  readonly payment: Payment;
  readonly attention: Attention | null;
  /** The last look at the platform and what it said, for people. */
  readonly lastLook: string | null;
  /** What the payment waits for and until when, for people. */
  readonly waiting: string | null;
  readonly operators: readonly OperatorNote[];
}

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

export function attributesOf({ payment, attention }: Picture): SearchAttributeUpdatePair[] {
  const attempt = currentAttempt(payment);
  return [
    { key: attributes.status, value: statusOf(payment) },
    { key: attributes.attention, value: attention },
    { key: attributes.currency, value: payment.input.terms.amount.currency },
    { key: attributes.service, value: attempt?.choice.service ?? null },
    { key: attributes.invoiceId, value: attempt?.seen?.invoiceId ?? null },
    { key: attributes.invoiceCreatedAt, value: dateOrNone(attempt?.seen && attempt.seen.created * 1000) },
    { key: attributes.expiresAt, value: dateOf(expiryOf(payment, attempt)) },
  ];
}

/** Of the invoice, else of the order; an operator who has an invoice watched on moves it. */
const expiryOf = ({ deadlineAt }: Payment, attempt: Attempt | null): number =>
  Math.max(attempt?.expiresAt ?? deadlineAt, attempt?.watchUntil ?? 0);

/** Of an instant that is given, so that it is the same at every replay. */
// eslint-disable-next-line no-restricted-globals
const dateOf = (ms: number): Date => new Date(ms);
const dateOrNone = (ms: number | null | undefined): Date | null =>
  typeof ms === 'number' ? dateOf(ms) : null;

const toDo: Readonly<Record<Attention, string>> = {
  review:
    'Compare both sides with the platform\'s dashboard, then send the update `resolve` with `{"decision": "accept", "reject" or "refund", "by": "you", "why": "…"}`.',
  'refund-refused':
    'The platform refused a refund, for the reason that the payment shows; give it in its dashboard, or ask for another. Otherwise send the update `acknowledge` with `{"by": "you", "why": "…"}`.',
  credentials: 'Check PAYTONE_ACCOUNT_ID and the keys. The payment goes on by itself once they work.',
  'platform-silent':
    'Ask Paytone for the state of this invoice; `reconcile-now` asks again at once, `extend-watch` gives it longer.',
  'outcome-parked':
    'Repair the order service, then send the update `redeliver-outcome` with `{"by": "you", "why": "…"}`.',
};

/** Every value that `PaymentAttention` takes. */
export const attentions: readonly AnyAttention[] = [...(Object.keys(toDo) as Attention[]), 'late-money'];

/** The story of a payment as the Temporal UI shows it (Markdown); no customer data. */
export function detailsOf({ payment, attention, lastLook, waiting, operators }: Picture): string {
  const view = viewOf(payment);
  const redirect = currentAttempt(payment)?.redirect;
  const watchEnd = watchEndOf(payment);
  const { amount } = payment.input.terms;
  const rows: [string, string | null][] = [
    ['Order', view.orderId],
    ['Amount', `${formatMoney(amount)} ${amount.currency}`],
    ['Status', `**${view.status}**${view.reason ? `: ${view.reason}` : ''}`],
    ['Decided by', view.decidedBy],
    ['Attempt', `${view.attempt}, reference ${view.referenceId}`],
    ['Service', view.service],
    ['Invoice', view.invoiceId],
    ['Redirect', redirect ? `given, by ${redirect.method}` : 'not given'],
    [
      'Refunds',
      view.refunds
        .map(({ refundId, amount: { value }, status }) => `${refundId} ${value} ${status}`)
        .join(', ') || null,
    ],
    ['Last look', lastLook],
    ['Next', waiting],
    ['Deadline', toIso(nextDeadlineOf(payment))],
    ['Asked on until', watchEnd === null ? null : `${toIso(watchEnd)}, then \`review\``],
    ['**Needs attention**', attention && `**${attention}**. ${toDo[attention]}`],
  ];
  const lines = rows.flatMap(([name, text]) => (text === null ? [] : `- ${name}: ${text}`));
  return [...lines, ...operatorLines(operators)].join('\n');
}

const mostShown = 10;

/** What people typed, as text: Markdown of theirs stays what it is. */
const plain = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>()#!|~]/g, String.raw`\$&`);

export function operatorLines(operators: readonly OperatorNote[]): string[] {
  if (operators.length === 0) return [];
  const shown = operators
    .slice(-mostShown)
    .map(({ at, by, what, why }) => `  - ${toIso(at)} ${plain(by)}: \`${what}\`, ${plain(why)}`);
  const hidden = operators.length - shown.length;
  return [`- Operators:${hidden > 0 ? ` (${hidden} earlier)` : ''}`, ...shown];
}
