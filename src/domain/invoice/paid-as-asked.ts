import type { InvoiceSnapshot } from './invoice.ts';
import { moneyOf } from './invoice-money.ts';
import { stateOf } from './invoice-state.ts';

/** Whether the customer paid what the platform asked for, no more and no less (docs/contract.md §5). */
export function isPaidAsAsked(seen: InvoiceSnapshot): boolean {
  const money = moneyOf(seen);
  return money !== null && money.paid === money.toPay && stateOf(seen) !== 'partially_paid';
}
