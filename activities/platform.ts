import { orderOfReference, type InvoiceId, type OrderId, type ReferenceId } from '../src/domain/identity.ts';
import type {
  CreatedInvoice,
  Invoice,
  InvoiceDraft,
  InvoiceSnapshot,
  Redirect,
  RefundProgress,
} from '../src/domain/invoice/invoice.ts';
import { isOfEarlier } from '../src/domain/payment/earlier.ts';
import { expiryFor } from '../src/domain/payment/expiry.ts';
import type { Service } from '../src/domain/payment/service.ts';
import type { PaytoneClient } from '../src/paytone/client.ts';
import type { RefundDraft } from '../src/paytone/invoice-calls.ts';
import { PaytoneError } from '../src/paytone/paytone-error.ts';
import { progressOf } from '../src/paytone/refund-schema.ts';
import { translated } from './failure.ts';

/** Where the platform finds us again. */
export interface OwnAddresses {
  readonly callbackUrl: string;
  /** The return address of an order, good until the given time (epoch milliseconds). */
  returnUrlFor(orderId: OrderId, until: number): string;
}

/** An order's invoice to be made, never to be payable beyond the platform's bounds around `deadlineAt`. */
export interface Creation {
  readonly orderId: OrderId;
  readonly draft: InvoiceDraft;
  /** Epoch milliseconds. */
  readonly deadlineAt: number;
}

/** When an answer was there, by the worker's clock: epoch milliseconds. A payment knows no other clock. */
export interface Timed {
  readonly at: number;
}

/** The same, and when the question began. */
interface Answered extends Timed {
  readonly askedAt: number;
}

/** Customers come back from the hosted page long after an invoice expired; the address outlives it. */
const returnGraceMs = 7 * 24 * 60 * 60 * 1000;

/** One call of the platform each; failures are typed by the directive table. */
export function createPlatformActivities(
  client: PaytoneClient,
  site: OwnAddresses,
  now: () => number = Date.now,
) {
  const siteFor = ({ orderId, deadlineAt }: Creation) => {
    const expiresAt = expiryFor(deadlineAt, now());
    const returnUrl = site.returnUrlFor(orderId, expiresAt + returnGraceMs);
    return { callbackUrl: site.callbackUrl, returnUrl, expiresAt };
  };
  async function withLater(invoice: Invoice): Promise<Invoice> {
    const order = orderOfReference(invoice.snapshot.referenceId);
    if (order?.attempt !== 1 || !isOfEarlier(invoice, now())) return invoice;
    return { ...invoice, later: await client.findAttempts(order.orderId, 2) };
  }
  /** Tells the whole of an earlier payment that a create has met. */
  async function withEarlier(error: unknown): Promise<never> {
    if (!(error instanceof PaytoneError) || !error.failure.earlier) throw error;
    throw new PaytoneError({ ...error.failure, earlier: await withLater(error.failure.earlier) });
  }
  return {
    async offerServices(currency: string): Promise<Timed & { services: readonly Service[] }> {
      const { services } = await translated(() => client.prerequest(currency), now);
      return { at: now(), services };
    },

    async createInvoice(creation: Creation): Promise<Timed & CreatedInvoice> {
      const at = siteFor(creation);
      const create = () => client.createInvoice(creation.draft, at).catch(withEarlier);
      const invoice = await translated(create, now);
      return { at: now(), invoice, expiresAt: at.expiresAt };
    },

    prepareForm(creation: Creation): Promise<Timed & { redirect: Redirect; expiresAt: number }> {
      const at = siteFor(creation);
      const form = client.formFor(creation.draft, at);
      return Promise.resolve({ at: now(), redirect: { ...form, hppUrl: null }, expiresAt: at.expiresAt });
    },

    async getInvoice(invoiceId: InvoiceId): Promise<Answered & { snapshot: InvoiceSnapshot }> {
      const askedAt = now();
      const { snapshot } = await translated(() => client.getInvoice(invoiceId), now);
      return { askedAt, at: now(), snapshot };
    },

    /**
     * A reference that others chose comes in an object, which is encrypted; a string is not. `whole`: an invoice of an
     * earlier payment with those of its later attempts.
     */
    async findInvoice(
      asked: ReferenceId | { readonly referenceId: ReferenceId },
      whole = false,
    ): Promise<Answered & { invoice: Invoice | null }> {
      const referenceId = typeof asked === 'string' ? asked : asked.referenceId;
      const askedAt = now();
      const find = async () => {
        const invoice = await client.findInvoice(referenceId);
        return invoice && whole ? withLater(invoice) : invoice;
      };
      const invoice = await translated(find, now);
      return { askedAt, at: now(), invoice };
    },

    async refundInvoice(draft: RefundDraft): Promise<Timed & { progress: RefundProgress }> {
      const refund = await translated(() => client.refundInvoice(draft), now);
      return { at: now(), progress: progressOf(refund) };
    },
  };
}
