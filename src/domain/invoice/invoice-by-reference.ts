import type { ReferenceId } from '../identity.ts';
import type { Invoice } from './invoice.ts';

/**
 * The one invoice that counts of those that the platform lists for a reference: of exactly this reference, since its
 * filter may find more, the one that changed last. Null where there is none.
 */
export const invoiceByReference = (referenceId: ReferenceId, listed: readonly Invoice[]): Invoice | null =>
  listed
    .filter(({ snapshot }) => snapshot.referenceId === referenceId)
    .toSorted((a, b) => b.snapshot.updated - a.snapshot.updated)[0] ?? null;
