import {
  orderOfReference,
  type AccountId,
  type InvoiceId,
  type OrderId,
  type ReferenceId,
} from '../src/domain/identity.ts';
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
interface InvoiceCreation {
  readonly account: AccountId;
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

type ClientOf = (account: AccountId) => PaytoneClient;

/** One call of the platform each; failures are typed by the directive table. */
export function createPlatformActivities(
  clientOf: ClientOf,
  site: OwnAddresses,
  now: () => number = Date.now,
) {
  return { ...creations(clientOf, site, now), ...questions(clientOf, now), ...refunds(clientOf, now) };
}

function creations(clientOf: ClientOf, site: OwnAddresses, now: () => number) {
  const siteFor = ({ orderId, deadlineAt }: Pick<InvoiceCreation, 'orderId' | 'deadlineAt'>) => {
    const expiresAt = expiryFor(deadlineAt, now());
    const returnUrl = site.returnUrlFor(orderId, expiresAt + returnGraceMs);
    return { callbackUrl: site.callbackUrl, returnUrl, expiresAt };
  };
  /** Tells the whole of an earlier payment that a create has met. */
  async function withEarlier(client: PaytoneClient, error: unknown): Promise<never> {
    if (!(error instanceof PaytoneError) || !error.failure.earlier) throw error;
    const earlier = await withLater(client, error.failure.earlier, now());
    throw new PaytoneError({ ...error.failure, earlier });
  }
  return {
    async createInvoice({ account, draft, ...creation }: InvoiceCreation): Promise<Timed & CreatedInvoice> {
      const at = siteFor(creation);
      const client = clientOf(account);
      const create = () =>
        client.createInvoice(draft, at).catch((error: unknown) => withEarlier(client, error));
      const invoice = await translated(create, now);
      return { at: now(), invoice, expiresAt: at.expiresAt };
    },

    async prepareForm({
      account,
      draft,
      ...creation
    }: InvoiceCreation): Promise<Timed & { redirect: Redirect; expiresAt: number }> {
      const at = siteFor(creation);
      const form = await translated(() => Promise.resolve(clientOf(account).formFor(draft, at)), now);
      return { at: now(), redirect: { ...form, hppUrl: null }, expiresAt: at.expiresAt };
    },
  };
}

const questions = (clientOf: ClientOf, now: () => number) => ({
  async offerServices(
    currency: string,
    account: AccountId,
  ): Promise<Timed & { services: readonly Service[] }> {
    const { services } = await translated(() => clientOf(account).prerequest(currency), now);
    return { at: now(), services };
  },

  async getInvoice(
    invoiceId: InvoiceId,
    account: AccountId,
  ): Promise<Answered & { snapshot: InvoiceSnapshot }> {
    const askedAt = now();
    const { snapshot } = await translated(() => clientOf(account).getInvoice(invoiceId), now);
    return { askedAt, at: now(), snapshot };
  },

  /**
   * A reference that others chose comes in an object, which is encrypted; a string is not. `whole`: an invoice of an
   * earlier payment with those of its later attempts.
   */
  async findInvoice(
    asked: ReferenceId | { readonly referenceId: ReferenceId },
    account: AccountId,
    whole = false,
  ): Promise<Answered & { invoice: Invoice | null }> {
    const referenceId = typeof asked === 'string' ? asked : asked.referenceId;
    const askedAt = now();
    const client = clientOf(account);
    const find = async () => {
      const invoice = await client.findInvoice(referenceId);
      return invoice && whole ? withLater(client, invoice, now()) : invoice;
    };
    const invoice = await translated(find, now);
    return { askedAt, at: now(), invoice };
  },
});

const refunds = (clientOf: ClientOf, now: () => number) => ({
  async refundInvoice(draft: RefundDraft, account: AccountId): Promise<Timed & { progress: RefundProgress }> {
    const refund = await translated(() => clientOf(account).refundInvoice(draft), now);
    return { at: now(), progress: progressOf(refund) };
  },
});

async function withLater(client: PaytoneClient, invoice: Invoice, now: number): Promise<Invoice> {
  const order = orderOfReference(invoice.snapshot.referenceId);
  if (order?.attempt !== 1 || !isOfEarlier(invoice, now)) return invoice;
  return { ...invoice, later: await client.findAttempts(order.orderId, 2) };
}
