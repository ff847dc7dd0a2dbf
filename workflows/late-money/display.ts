import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { decideLate } from '../../src/domain/late-money/decide-late.ts';
import {
  isHeld,
  isUnderWay,
  lastRefundOf,
  type LateInvoice,
  type LateMoney,
} from '../../src/domain/late-money/late-money.ts';
import { lastLookOfLate, standingOf } from '../../src/domain/late-money/late-view.ts';
import { toIso } from '../../src/domain/time.ts';
import { operatorLines, plain } from '../payment/display.ts';
import { attributes } from '../search-attributes.ts';

/** The invoice that counts: one whose money waits, else the last. */
const mainInvoiceOf = ({ invoices }: LateMoney): LateInvoice | null =>
  invoices.find(({ snapshot }) => isHeld(snapshot)) ?? invoices.at(-1) ?? null;

export function attributesOfLate(money: LateMoney): SearchAttributeUpdatePair[] {
  const main = mainInvoiceOf(money);
  const amount = Number(main?.snapshot.amount);
  return [
    { key: attributes.attention, value: decideLate(money).needsPerson ? 'late-money' : null },
    { key: attributes.status, value: statusOf(main) },
    { key: attributes.invoiceId, value: main?.snapshot.invoiceId ?? null },
    { key: attributes.currency, value: main?.snapshot.currency ?? null },
    { key: attributes.amount, value: main && Number.isFinite(amount) ? amount : null },
  ];
}

function statusOf(invoice: LateInvoice | null): 'refunding' | 'refunded' | null {
  if (!invoice) return null;
  if (isHeld(invoice.snapshot)) return isUnderWay(invoice) ? 'refunding' : null;
  return lastRefundOf(invoice) ? 'refunded' : null;
}

const decision = (name: string): string =>
  ['  ```json', `  {"decision": "${name}", "by": "your name", "why": "what you found"}`, '  ```'].join('\n');

/** Without the reference: somebody else chose it. */
export function detailsOfLate(money: LateMoney): string {
  const { next, needsPerson } = decideLate(money);
  const looked = lastLookOfLate(money);
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

const invoiceLine = (invoice: LateInvoice, money: LateMoney): string => {
  const { invoiceId, status, amount, currency } = invoice.snapshot;
  return `- Invoice ${plain(invoiceId)}: ${plain(status)}, ${amount} ${plain(currency)}; ${standingOf(invoice, money, true)}`;
};
