import type { Invoice } from '../invoice/invoice.ts';
import { dayMs, secondMs } from '../time.ts';

/** An invoice this much older than its payment is of an earlier one: Temporal remembers for longer. */
const earlierMs = dayMs;

export const isOfEarlier = (
  { snapshot: { owner, created } }: Pick<Invoice, 'snapshot'>,
  openedAt: number,
): boolean => owner !== null && created * secondMs < openedAt - earlierMs;
