import type { InvoiceId, ReferenceId } from '../identity.ts';
import type { Money } from '../money.ts';
import type { Channel, Customer, Flow, Locale } from '../payment/terms.ts';

/**
 * What an authenticated answer of the platform says of an invoice. Amounts stay the decimal strings that were
 * said, so that a person in review sees the platform's own figure even where it fits no minor unit.
 */
export interface InvoiceSnapshot {
  readonly invoiceId: InvoiceId;
  readonly referenceId: string;
  /** The platform's word as it stands; it may be one that we do not know. */
  readonly status: string;
  readonly resolution: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly processedAmount: string | null;
  readonly refundedAmount: string | null;
  readonly service: string;
  readonly testMode: boolean;
  /** Unix seconds. */
  readonly created: number;
  /** Unix seconds. The public API tells only `created`. */
  readonly updated: number;
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
}

/** All that is needed to create one attempt's invoice; URLs of ours and `expires` are added where it is sent. */
/** An invoice as its create was answered. */
export interface CreatedInvoice {
  readonly invoice: Invoice;
  /** As it was asked for: epoch milliseconds. */
  readonly expiresAt: number;
}

export interface InvoiceDraft {
  readonly channel: Channel;
  readonly referenceId: ReferenceId;
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
