import { z } from 'zod';
import { isInvoiceId } from '../domain/identity.ts';
import type { ListedInvoice } from '../domain/reconciliation/compare.ts';
import type { Caller } from './caller.ts';
import { privateInvoiceSchema } from './invoice-schema.ts';

/** One page of all invoices, the newest first. */
export interface InvoicePage {
  readonly invoices: readonly ListedInvoice[];
  /** Invoices that cannot be read: counted, since one of them must not hide the others. */
  readonly unreadable: number;
  /** Where the next page begins; null at the end of the list. */
  readonly next: string | null;
}

const invoicesAPage = 100;

// Without an id it is no invoice, and the page is none of ours to rely on.
const listedInvoice = z
  .looseObject({ id: z.string().refine(isInvoiceId) })
  .transform((item): ListedInvoice | null => {
    const invoice = privateInvoiceSchema.safeParse(item);
    return invoice.success ? invoice.data.snapshot : null;
  });
const invoicePage = z
  .object({
    data: z.array(listedInvoice),
    meta: z.object({ after: z.string().nullish() }).nullish().catch(null),
  })
  .transform(({ data, meta }): InvoicePage => {
    const invoices = data.filter((invoice) => invoice !== null);
    const unreadable = data.length - invoices.length;
    return { invoices, unreadable, next: cursorAfter(invoices, meta?.after ?? '') };
  })
  // Nothing readable on it: another answer than a list of invoices.
  .refine(({ invoices, unreadable }) => invoices.length > 0 || unreadable === 0);

/**
 * The cursor is an invoice's id. The page's sample gives the first of its list in `after`: wherever it points
 * within the page, what was read ends with the page's last invoice.
 */
function cursorAfter(invoices: readonly ListedInvoice[], after: string): string | null {
  const last = invoices.at(-1)?.invoiceId;
  if (after === '' || last === undefined) return null;
  return invoices.some(({ invoiceId }) => invoiceId === after) ? last : after;
}

/** All invoices (docs/platform.md §4). */
export const listCalls = ({ ask, asPrivate }: Caller) => ({
  async invoicePage(after: string | null): Promise<InvoicePage> {
    const cursor = after === null ? '' : `&page[after]=${encodeURIComponent(after)}`;
    const question = { operation: 'list', about: after ?? 'the newest' } as const;
    const found = await ask(
      question,
      invoicePage,
      asPrivate(`payment-invoices?page[size]=${invoicesAPage}${cursor}`),
    );
    return found.next === after ? { ...found, next: null } : found;
  },
});
