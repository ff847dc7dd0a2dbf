import type { WorkflowExecutionInfo } from '@temporalio/client';
import { formatMoney, moneyFromNumber } from '../domain/money.ts';
import { attributes } from '../../workflows/search-attributes.ts';

/** A text in a visibility query, whose parser takes backslashes for escapes. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** The condition that keeps a visibility query to one task queue: a namespace may hold several. */
export const ofTaskQueue = (taskQueue: string): string => `TaskQueue = ${quoted(taskQueue)}`;

/** The amount, a decimal string, of the order, or of an invoice that nobody ordered; null where the row holds none. */
export function amountOf({
  memo,
  typedSearchAttributes: shown,
}: Pick<WorkflowExecutionInfo, 'memo' | 'typedSearchAttributes'>): string | null {
  const amount = memo?.['amount'];
  if (typeof amount === 'string') return amount;
  const major = shown.get(attributes.amount);
  const money = major === undefined ? null : moneyFromNumber(major, shown.get(attributes.currency) ?? '');
  return money && formatMoney(money);
}
