import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { decideUnmatched } from '../../src/domain/unmatched-money/decide-unmatched.ts';
import {
  isHeld,
  isUnderWay,
  lastRefundOf,
  type UnmatchedInvoice,
  type UnmatchedMoney,
} from '../../src/domain/unmatched-money/unmatched-money.ts';
import { lastLookOfUnmatched, standingOf } from '../../src/domain/unmatched-money/unmatched-view.ts';
import { toIso } from '../../src/domain/time.ts';
import { operatorLines, plain } from '../payment/display.ts';
import { attributes } from '../search-attributes.ts';

/** The invoice that counts: one whose money waits, else the last. */
const mainInvoiceOf = ({ invoices }: UnmatchedMoney): UnmatchedInvoice | null =>
  invoices.find(({ snapshot }) => isHeld(snapshot)) ?? invoices.at(-1) ?? null;

export function attributesOfUnmatched(money: UnmatchedMoney): SearchAttributeUpdatePair[] {
  const main = mainInvoiceOf(money);
  const amount = Number(main?.snapshot.amount);
  return [
    { key: attributes.attention, value: decideUnmatched(money).needsPerson ? 'late-money' : null },
    { key: attributes.status, value: shownStatusOf(main) },
    { key: attributes.invoiceId, value: main?.snapshot.invoiceId ?? null },
    { key: attributes.currency, value: main?.snapshot.currency ?? null },
    { key: attributes.amount, value: main && Number.isFinite(amount) ? amount : null },
  ];
}

function shownStatusOf(invoice: UnmatchedInvoice | null): 'refunding' | 'refunded' | null {
  if (!invoice) return null;
  if (isHeld(invoice.snapshot)) return isUnderWay(invoice) ? 'refunding' : null;
  return lastRefundOf(invoice) ? 'refunded' : null;
}

const decision = (name: string): string =>
  ['  ```json', `  {"decision": "${name}", "by": "your name", "why": "what you found"}`, '  ```'].join('\n');

/** Without the reference: somebody else chose it. */
export function detailsOfUnmatched(money: UnmatchedMoney): string {
  const { next, needsPerson } = decideUnmatched(money);
  const looked = lastLookOfUnmatched(money);
  return [
    'No payment was ever started for this reference, which stands in the input of the run.',
    ...money.invoices.map((invoice) => invoiceLine(invoice, money)),
    ...(needsPerson ? toDo : []),
    ...(looked === null ? [] : [`- Last poll: ${looked}`]),
    ...(next ? [`- Next: ${next.what}, at ${toIso(next.at)}`] : []),
    ...operatorLines(money.notes),
  ].join('\n');
}

const toDo = [
  '- **Needs attention**: **late-money**. Find who made this invoice, then send the update `resolve`:',
  '- give the money back to the customer (nobody else is told):',
  decision('refund'),
  '- leave it where it is, because it is booked or was dealt with elsewhere:',
  decision('accept'),
];

const invoiceLine = (invoice: UnmatchedInvoice, money: UnmatchedMoney): string => {
  const { invoiceId, status, amount, currency } = invoice.snapshot;
  return `- Invoice ${plain(invoiceId)}: ${plain(status)}, ${amount} ${plain(currency)}; ${standingOf(invoice, money, true)}`;
};
