import type { InvoiceSnapshot } from './invoice.ts';

/** What an invoice's platform status means to us (paytone-platform.md, "Statuses"). */
export type Standing =
  | 'open'
  | 'failed'
  | 'expired'
  | 'verified'
  | 'paid'
  | 'partially_paid'
  | 'refunding'
  | 'refunded'
  | 'partially_refunded'
  | 'charged_back'
  | 'partially_charged_back';

const standings: Readonly<Record<string, Standing>> = {
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
  refund_failed: 'paid',
  charged_back: 'charged_back',
  partially_charged_back: 'partially_charged_back',
};

export function standingOf({ status, resolution }: Pick<InvoiceSnapshot, 'status' | 'resolution'>): Standing {
  if (status === 'process_failed' && resolution?.toLowerCase() === 'expired') return 'expired';
  // A status of the platform that is new to us is not final: ask again.
  return standings[status] ?? 'open';
}

/** 0 still open, 1 over without money, 2 money moved or was promised: a higher rank is never given up again. */
const finality: Readonly<Record<Standing, number>> = {
  open: 0,
  failed: 1,
  expired: 1,
  verified: 2,
  partially_paid: 2,
  paid: 2,
  refunding: 2,
  partially_refunded: 2,
  refunded: 2,
  partially_charged_back: 2,
  charged_back: 2,
};
const order = Object.keys(finality);

const sortKey = (snapshot: InvoiceSnapshot): readonly (number | string)[] => {
  const standing = standingOf(snapshot);
  return [finality[standing], snapshot.updated, order.indexOf(standing), JSON.stringify(snapshot)];
};

/**
 * The snapshot that knows more. A maximum under a total order, so any order of the same snapshots ends in the
 * same one; paid beats failed and expired whichever was seen first.
 */
export function laterOf(a: InvoiceSnapshot | null, b: InvoiceSnapshot): InvoiceSnapshot {
  if (a === null) return b;
  const left = sortKey(a);
  const right = sortKey(b);
  const differing = left.findIndex((part, index) => part !== right[index]);
  return (left[differing] ?? 0) > (right[differing] ?? 0) ? a : b;
}

/** Whether a (signed but merely hinting) callback can tell more than what is known of the invoice. */
export function isNews(
  hint: { readonly status: string | null; readonly updated: number | null },
  seen: Pick<InvoiceSnapshot, 'status' | 'updated'>,
): boolean {
  if (hint.updated !== null && hint.updated < seen.updated) return false;
  if (hint.status === seen.status && (hint.updated === null || hint.updated === seen.updated)) return false;
  return hint.status === null || standingOf({ status: hint.status, resolution: null }) !== 'open';
}
