import type { InvoiceSnapshot } from './invoice.ts';

/** What an invoice's status means to us (docs/platform.md §6). */
export type InvoiceState =
  | 'open'
  | 'failed'
  | 'expired'
  | 'verified'
  | 'paid'
  | 'partially_paid'
  | 'refunding'
  | 'partially_refunded'
  | 'refunded'
  | 'partially_charged_back'
  | 'charged_back';

interface Meaning {
  /** Nothing more comes of it by itself: it need not be watched. */
  readonly final: boolean;
  /** The customer's money was taken, wherever it is now. */
  readonly money: boolean;
  /** 0 undecided, 1 over without success, 2 success: a higher rank is never given up for a lower one. */
  readonly rank: 0 | 1 | 2;
  /** Where the day's report counts it. */
  readonly line: 'open' | 'failed' | 'verified' | 'paid' | 'refunded' | 'chargedBack';
}

const meaning = (
  rank: Meaning['rank'],
  line: Meaning['line'],
  { final = true, money = rank === 2 }: Partial<Meaning> = {},
): Meaning => ({ rank, line, final, money });

/** The one table of what a state means, in the order in which an invoice can come to be in them. */
const meanings: Readonly<Record<InvoiceState, Meaning>> = {
  open: meaning(0, 'open', { final: false }),
  failed: meaning(1, 'failed'),
  expired: meaning(1, 'failed'),
  verified: meaning(2, 'verified', { money: false }),
  partially_paid: meaning(2, 'paid'),
  paid: meaning(2, 'paid'),
  refunding: meaning(2, 'paid', { final: false }),
  partially_refunded: meaning(2, 'refunded'),
  refunded: meaning(2, 'refunded'),
  partially_charged_back: meaning(2, 'chargedBack'),
  charged_back: meaning(2, 'chargedBack'),
};

const states: Readonly<Record<string, InvoiceState>> = {
  created: 'open',
  processing: 'open',
  process_pending: 'open',
  process_error: 'open',
  processed: 'paid',
  partially_processed: 'partially_paid',
  process_failed: 'failed',
  expired: 'expired',
  terminated: 'failed',
  rejected: 'failed',
  verified: 'verified',
  verify_failed: 'failed',
  refunding: 'refunding',
  refund_pending: 'refunding',
  refund_error: 'refunding',
  refunded: 'refunded',
  partially_refunded: 'partially_refunded',
  // Of a refund, not of the invoice: its money is where it was before.
  refund_failed: 'paid',
  charged_back: 'charged_back',
  partially_charged_back: 'partially_charged_back',
};

export function stateOf({
  status,
  resolution,
}: Pick<InvoiceSnapshot, 'status' | 'resolution'>): InvoiceState {
  if (status === 'process_failed' && resolution?.toLowerCase() === 'expired') return 'expired';
  // A status that is new to us is not final: ask again.
  return Object.hasOwn(states, status) ? (states[status] ?? 'open') : 'open';
}

export const meaningOf = (state: InvoiceState): Meaning => meanings[state];

const meaningOfClaim = (status: string): Meaning => meaningOf(stateOf({ status, resolution: null }));

/** Whether a status that was merely claimed would be one with money or a verification. */
export const claimsSuccess = (status: string | null): boolean =>
  status !== null && meaningOfClaim(status).rank === 2;

/** An authenticated answer, and when its question began (epoch milliseconds). */
export interface Seen {
  readonly snapshot: InvoiceSnapshot;
  readonly askedAt: number;
}

const order = Object.keys(meanings);

const sortKey = ({ snapshot, askedAt }: Seen): readonly (number | string)[] => {
  const state = stateOf(snapshot);
  const moved = Number(snapshot.refundedAmount ?? 0) + Number(snapshot.chargedBackAmount ?? 0);
  const { rank } = meaningOf(state);
  // Changes within one second bear the same time: what moved more money, then what was asked later, is the later one.
  return [rank, snapshot.updated, moved, askedAt, order.indexOf(state), JSON.stringify(snapshot)];
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
