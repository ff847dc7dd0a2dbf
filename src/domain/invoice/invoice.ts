import type { InvoiceId, ReferenceId } from '../identity.ts';
import type { Money } from '../money.ts';
import type { Channel, Customer, Flow, Locale } from '../payment/terms.ts';

/**
 * What an authenticated answer of the platform says of an invoice (docs/platform.md §7). Amounts stay
 * the decimal strings that were said, so that a person in review sees the platform's own figure even where it fits no
 * minor unit.
 */
export interface InvoiceSnapshot {
  readonly invoiceId: InvoiceId;
  readonly referenceId: string;
  /** The platform's word as it stands; it may be one that we do not know. */
  readonly status: string;
  readonly resolution: string | null;
  /** What we asked for, in `currency`. */
  readonly amount: string;
  readonly currency: string;
  /** What the customer is to pay: `amount`, or more with the fee on top, or in `serviceCurrency`. Null: not said. */
  readonly paymentAmount: string | null;
  /** What the customer paid, in the currency of `paymentAmount`. */
  readonly processedAmount: string | null;
  /** `processed_fee` once paid, else `fee`. */
  readonly fee: string | null;
  /** In the currency of `paymentAmount`, as all that follows. */
  readonly refundedAmount: string | null;
  readonly chargedBackAmount: string | null;
  readonly serviceCurrency: string | null;
  readonly service: string;
  readonly testMode: boolean;
  /** Unix seconds. */
  readonly created: number;
  /** Unix seconds. The public API tells only `created`. */
  readonly updated: number;
  /** Unix seconds; when the customer paid. */
  readonly processed: number | null;
  /** The order service that we named in the invoice's metadata when we created it. */
  readonly owner: string | null;
}

/** Where the customer's browser goes: `url` by `method` with `fields`, or `hppUrl` by GET (Via Private API, Note). */
export interface Redirect {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
  readonly hppUrl: string | null;
}

export interface Invoice {
  readonly snapshot: InvoiceSnapshot;
  readonly redirect: Redirect | null;
  /** Those of the order's later attempts, where it was made for a payment that Temporal has forgotten. */
  readonly later?: readonly Invoice[];
}

/** An invoice as its create was answered. */
export interface CreatedInvoice {
  readonly invoice: Invoice;
  /** As it was asked for: epoch milliseconds. */
  readonly expiresAt: number;
}

/** All that is needed to create one attempt's invoice; URLs of ours and `expires` are added where it is sent. */
export interface InvoiceDraft {
  readonly channel: Channel;
  readonly referenceId: ReferenceId;
  /** The order service, which the invoice's metadata names: after Temporal's retention nothing else does. */
  readonly owner: string;
  readonly amount: Money;
  readonly service: string;
  readonly serviceFields: Readonly<Record<string, string>>;
  readonly flow: Flow;
  readonly testMode: boolean;
  readonly description?: string;
  readonly customer?: Customer;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly gatewayOptions?: Readonly<Record<string, unknown>>;
  readonly locale: Locale;
}

/** One message of the platform about the input it refused; `field` is empty where it names none. */
export interface FieldMessage {
  readonly field: string;
  readonly message: string;
}

/** How far the platform has come with a refund that it took. */
export type RefundProgress = 'under_way' | 'done' | 'failed';
