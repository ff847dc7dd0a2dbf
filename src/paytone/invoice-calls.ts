import { z } from 'zod';
import { referenceIdFor, type InvoiceId, type OrderId, type ReferenceId } from '../domain/identity.ts';
import type { Invoice, InvoiceDraft } from '../domain/invoice/invoice.ts';
import { invoiceByReference } from '../domain/invoice/invoice-by-reference.ts';
import { toMajorNumber, type Money } from '../domain/money.ts';
import { one, type Caller } from './caller.ts';
import { privateInvoiceSchema, publicInvoiceSchema } from './invoice-schema.ts';
import { PaytoneError } from './paytone-error.ts';
import { refundOf, type RefundState } from './refund-schema.ts';
import { formFields, privateAttributes, publicBody, type InvoiceSite } from './request.ts';

const id = encodeURIComponent;

const several = z.object({
  data: z.union([z.array(privateInvoiceSchema), privateInvoiceSchema.transform((single) => [single])]),
});

/** The three ways to make an invoice (docs/platform.md §3), and to read one (docs/platform.md §4). */
export const creationCalls = ({ ask, asPrivate, asPublic, assertSending, publicKey, publicUrl }: Caller) => ({
  /** Creates, privately or publicly by the draft's channel. */
  createInvoice(draft: InvoiceDraft, site: InvoiceSite): Promise<Invoice> {
    const about = draft.referenceId;
    if (draft.channel === 'public') {
      const call = asPublic('payment-invoices', publicBody(draft, publicKey));
      return ask({ operation: 'createPublic', about }, one(publicInvoiceSchema), call);
    }
    const attributes = privateAttributes(draft, site);
    const body = { data: { type: 'payment-invoices', attributes } };
    return ask(
      { operation: 'createPrivate', about },
      one(privateInvoiceSchema),
      asPrivate('payment-invoices', body),
    );
  },

  /** Process Payment Link (HTML Form): what the customer's browser has to post; nothing is sent. */
  formFor: (draft: InvoiceDraft, site: InvoiceSite) => {
    assertSending({ operation: 'createPublic', about: draft.referenceId });
    const url = `${publicUrl}/payment-invoices/process`;
    return { url, method: 'POST', fields: formFields(draft, site, publicKey) } as const;
  },
});

/** More attempts than any order may have. */
const mostAttempts = 20;

/** Asking for what is there (Reconciliation). */
export function reconciliationCalls({ ask, asPrivate, publicKey, publicUrl }: Caller) {
  /** Looks up by `filter[reference_id]`; null if the platform has none. */
  const findInvoice = async (referenceId: ReferenceId): Promise<Invoice | null> => {
    const call = asPrivate(`payment-invoices?filter[reference_id]=${id(referenceId)}`);
    const question = { operation: 'byReference', about: referenceId } as const;
    const { data } = await ask(question, several, call).catch(noneIfAbsent);
    return invoiceByReference(referenceId, data);
  };
  return {
    findInvoice,

    /** The invoices of an order's attempts, from one on, in order until the platform has none. */
    findAttempts: async (orderId: OrderId, from = 1): Promise<Invoice[]> => {
      const invoices: Invoice[] = [];
      for (let attempt = from; attempt <= mostAttempts; attempt++) {
        const found = await findInvoice(referenceIdFor(orderId, attempt));
        if (!found) break;
        invoices.push(found);
      }
      return invoices;
    },

    /** Reads by id, privately. */
    getInvoice: (invoiceId: InvoiceId): Promise<Invoice> =>
      ask(
        { operation: 'statusById', about: invoiceId },
        one(privateInvoiceSchema),
        asPrivate(`payment-invoices/${id(invoiceId)}`),
      ),

    /** Reads by id, publicly. */
    getInvoicePublic: (invoiceId: InvoiceId): Promise<Invoice> =>
      ask({ operation: 'statusById', about: invoiceId }, one(publicInvoiceSchema), {
        method: 'GET',
        url: `${publicUrl}/payment-invoices/${id(invoiceId)}?public_key=${id(publicKey)}`,
      }),
  };
}

export interface RefundDraft {
  readonly invoiceId: InvoiceId;
  readonly amount: Money;
  readonly referenceId: string;
  readonly description: string;
}

export const refundCalls = ({ ask, asPrivate }: Caller) => ({
  /** Refunds (docs/platform.md §8). */
  refundInvoice({ invoiceId, amount, referenceId, description }: RefundDraft): Promise<RefundState> {
    const attributes = { invoiceId, amount: toMajorNumber(amount), reference_id: referenceId, description };
    const call = asPrivate(`payment-invoices/${id(invoiceId)}/refund`, {
      data: { type: 'refund', attributes },
    });
    return ask({ operation: 'refund', about: referenceId }, one(refundOf(referenceId)), call);
  },
});

function noneIfAbsent(error: unknown): { data: Invoice[] } {
  if (error instanceof PaytoneError && error.failure.directive === 'absent') return { data: [] };
  throw error;
}
