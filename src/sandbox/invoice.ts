import { randomBytes } from 'node:crypto';
import { toMajor, toMinor } from './money.ts';
import { processedFeeOf, type Price, type Priced } from './pricing.ts';
import type { SandboxService } from './services.ts';

export interface SandboxRefund {
  readonly id: string;
  readonly referenceId: string;
  /** In the invoice's currency. */
  readonly amount: number;
  /** In the service currency: what goes back to the customer. */
  readonly returned: number;
  readonly description: string | null;
  readonly created: number;
  readonly status: 'processed' | 'pending' | 'failed';
}

export interface NewInvoice {
  readonly referenceId: string;
  readonly amount: number;
  readonly service: SandboxService;
  readonly flow: 'charge' | 'verify';
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly serviceFields: Readonly<Record<string, string>>;
  readonly customerReference: string | null;
  readonly returnUrl: string | null;
  readonly returnUrls: { readonly success?: string; readonly pending?: string; readonly fail?: string };
  readonly callbackUrl: string | null;
  readonly locale: string | null;
  /** Unix seconds. */
  readonly expires: number;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What changes in an invoice's life; sums are in the service currency. */
export interface InvoiceRecord extends Writable<Price>, Writable<Pick<Priced, 'payIn' | 'feePlan'>> {
  updated: number;
  status: string;
  resolution: string;
  processed: number | null;
  processedAmount: number | null;
  refunds: readonly SandboxRefund[];
  chargedBack: number;
}

export interface SandboxInvoice extends NewInvoice, InvoiceRecord {
  readonly id: string;
  readonly token: string;
  readonly created: number;
  card: string | null;
  callbackLogs: Record<
    string,
    { status: string; processed: number; response_code: number; transaction_status: string }
  >;
}

/** An invoice with the life that it has had. */
export interface PlantedInvoice extends Omit<InvoiceRecord, 'refunds'> {
  readonly draft: NewInvoice;
  readonly created: number;
  readonly refunds: readonly Omit<SandboxRefund, 'id'>[];
}

export const newId = (prefix: string): string =>
  `${prefix}_${randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')}`;

const open: readonly string[] = ['created', 'processing', 'process_pending', 'process_error'];
export const isPayable = ({ status }: SandboxInvoice): boolean => open.includes(status);

/** `processed_fee`; null before a payment. */
export const paidFeeOf = (invoice: SandboxInvoice): number | null =>
  invoice.processedAmount === null ? null : processedFeeOf(invoice.processedAmount, invoice);

/** `processed_amount` = `processed_fee` + `processed_deposit` (docs/platform.md §7). */
export function paidDepositOf(invoice: SandboxInvoice): number | null {
  const { processedAmount, payIn } = invoice;
  if (processedAmount === null) return null;
  const fee = toMinor(processedFeeOf(processedAmount, invoice), payIn.currency);
  return toMajor(toMinor(processedAmount, payIn.currency) - fee, payIn.currency);
}

export const depositOf = ({ paymentAmount, fee, payIn: { currency } }: SandboxInvoice): number =>
  toMajor(toMinor(paymentAmount, currency) - toMinor(fee, currency), currency);

/** What really went back by refunds, in the service currency. */
export function refundedOf({ refunds, payIn: { currency } }: SandboxInvoice): number {
  const done = refunds.filter(({ status }) => status === 'processed');
  return toMajor(
    done.reduce((sum, { returned }) => sum + toMinor(returned, currency), 0),
    currency,
  );
}
