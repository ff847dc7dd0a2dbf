import { hourMs } from '../time.ts';

/** How long a refund may take before a person has to look (docs/contract.md §7). */
export const refundPatienceMs = 72 * hourMs;

/** How many times over the patience with a refund has ended. */
export const refundPatiencesSince = (since: number, clock: number): number =>
  Math.max(0, Math.floor((clock - since) / refundPatienceMs));
