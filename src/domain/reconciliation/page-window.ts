import type { InvoiceId } from '../identity.ts';
import type { ListedInvoice, OurRow } from './compare.ts';
import { daySeconds } from './day.ts';
import { comparedRange } from './compared-range.ts';

/** Where a page ended: its oldest second, and the invoices of that second read so far. */
export interface Edge {
  /** Unix seconds. */
  readonly second: number;
  readonly ids: readonly InvoiceId[];
}

interface Page {
  readonly invoices: readonly ListedInvoice[];
  readonly next: string | null;
}

/** The seconds of one page, in which our payments are compared with it. */
export interface PageWindow {
  /** Which of our rows to read, both ends included; null where none belongs to the page. */
  readonly rows: { readonly from: number; readonly to: number } | null;
  /** No older invoice is of interest, or there is none. */
  readonly isLast: boolean;
  /** The list does not run from new to old. */
  readonly wentBack: boolean;
  /** Whether a row's invoice should have been on this page, where it is on none so far. */
  isDue(row: OurRow): boolean;
}

/** More invoices than this of one second are not remembered: those of ours are asked for one by one. */
const mostIds = 5_000;

/**
 * The list is merged with our rows by the invoices' time of creation. The page's oldest second may go on on the
 * next page, so its rows are not due before that.
 */
export function pageWindowOf(page: Page, { day, edge }: { day: string; edge: Edge | null }): PageWindow {
  const { from: floor, until } = comparedRange(day);
  const times = page.invoices.map(({ created }) => created);
  const oldest = Math.min(...times, edge?.second ?? Infinity);
  const isLast = page.next === null || oldest < floor;
  const from = isLast ? floor : Math.max(oldest, floor);
  const to = Math.min(edge?.second ?? Infinity, until - 1);
  const before: ReadonlySet<string> = new Set(edge?.ids);
  return {
    rows: from <= to ? { from, to } : null,
    isLast,
    wentBack: edge !== null && Math.max(...times) > edge.second + daySeconds,
    isDue: ({ invoiceId, invoiceCreated }) =>
      !before.has(invoiceId) && (isLast || invoiceCreated > oldest) && invoiceCreated >= floor,
  };
}

export function edgeAfter({ invoices }: Page, edge: Edge | null): Edge {
  const second = Math.min(...invoices.map(({ created }) => created), edge?.second ?? Infinity);
  const ids = invoices.filter(({ created }) => created === second).map(({ invoiceId }) => invoiceId);
  const before = edge?.second === second ? edge.ids : [];
  return { second, ids: [...before, ...ids].slice(-mostIds) };
}
