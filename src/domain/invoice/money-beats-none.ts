import type { InvoiceSnapshot } from './invoice.ts';
import { claimsSuccess, meaningOf, stateOf, statesInOrder } from './invoice-state.ts';

/** An authenticated answer, and when its question began (epoch milliseconds). */
export interface Seen {
  readonly snapshot: InvoiceSnapshot;
  readonly askedAt: number;
}

const sortKey = ({ snapshot, askedAt }: Seen): readonly (number | string)[] => {
  const state = stateOf(snapshot);
  const moved = Number(snapshot.refundedAmount ?? 0) + Number(snapshot.chargedBackAmount ?? 0);
  const { rank } = meaningOf(state);
  // Changes within one second bear the same time: what moved more money, then what was asked later, is the later one.
  return [rank, snapshot.updated, moved, askedAt, statesInOrder.indexOf(state), JSON.stringify(snapshot)];
};

/**
 * The answer that knows more: success before none, then the later change. A maximum under a total order, so the same
 * answers in any order end in the same one.
 */
export function laterOf(a: Seen | null, b: Seen): Seen {
  if (a === null) return b;
  const left = sortKey(a);
  const right = sortKey(b);
  const differing = left.findIndex((part, index) => part !== right[index]);
  return (left[differing] ?? 0) > (right[differing] ?? 0) ? a : b;
}

/** What a callback or the list of invoices says: signed or authentic, but no answer to a question of ours. */
export interface Claim {
  /** Null where none is named. */
  readonly status: string | null;
  /** Unix seconds. */
  readonly updated: number | null;
}

/**
 * Whether a claim can tell more than the answer that is there. `askedAt` is when that was asked for (epoch milliseconds):
 * in the second in which a part of the money moved, more of it may have moved since.
 */
export function isNews(
  { status, updated }: Claim,
  seen: Pick<InvoiceSnapshot, 'status' | 'updated'>,
  askedAt = Infinity,
): boolean {
  // Money beats no money, whichever was first.
  if (claimsSuccess(status) && !claimsSuccess(seen.status)) return true;
  if (updated !== null && updated < seen.updated) return false;
  if (status === seen.status && (updated === null || updated === seen.updated))
    return mayHaveGrown({ status, updated }, askedAt);
  return status === null || stateOf({ status, resolution: null }) !== 'open';
}

/** Times are whole seconds, and the platform's clock is not ours. */
const sameSecondMs = 2_000;

/** What was asked for then may not count all that happened within the second of the claim. */
export function mayHaveGrown({ status, updated }: Claim, askedAt: number): boolean {
  if (status === null || updated === null || askedAt >= updated * 1000 + sameSecondMs) return false;
  return ['partially_refunded', 'partially_charged_back'].includes(stateOf({ status, resolution: null }));
}
