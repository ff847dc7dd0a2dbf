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

/** The one table of what a state means, in the order that `statesInOrder` tells of. */
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

/** In the order in which an invoice can come to be in them. */
export const statesInOrder = Object.keys(meanings);

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
