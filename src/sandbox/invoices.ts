import { randomBytes } from 'node:crypto';
import type { SandboxService } from './services.ts';

export interface Refund {
  readonly id: string;
  readonly referenceId: string;
  readonly amount: number;
  readonly description: string | null;
  readonly created: number;
  readonly status: string;
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

export interface SandboxInvoice extends NewInvoice {
  readonly id: string;
  readonly token: string;
  readonly created: number;
  updated: number;
  status: string;
  resolution: string;
  processed: number | null;
  processedAmount: number | null;
  refunds: Refund[];
  card: string | null;
  callbackLogs: Record<
    string,
    { status: string; processed: number; response_code: number; transaction_status: string }
  >;
}

/** An invoice with the life that it has had. */
export interface PlantedInvoice extends Pick<
  SandboxInvoice,
  'created' | 'updated' | 'status' | 'resolution' | 'processed' | 'processedAmount'
> {
  readonly draft: NewInvoice;
  readonly refunded: number;
}

const plantedRefund = (amount: number, created: number): Refund => ({
  id: idOf('ref'),
  referenceId: idOf('planted'),
  amount,
  description: null,
  created,
  status: 'processed',
});

const idOf = (prefix: string): string =>
  `${prefix}_${randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')}`;
const open: readonly string[] = ['created', 'processing', 'process_pending', 'process_error'];

/** All invoices, in memory: by id, by reference, and in the order of their creation. */
export class Invoices {
  readonly #byId = new Map<string, SandboxInvoice>();
  readonly #byReference = new Map<string, SandboxInvoice>();
  readonly #byToken = new Map<string, SandboxInvoice>();
  readonly #order: string[] = [];
  readonly #positions = new Map<string, number>();
  /** Told of every creation and change. */
  onChange: (invoice: SandboxInvoice) => void = () => undefined;
  expiredStatus: 'process_failed' | 'expired' = 'process_failed';
  /** Epoch milliseconds. */
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  create(draft: NewInvoice): SandboxInvoice {
    const created = this.#seconds();
    const invoice: SandboxInvoice = {
      ...draft,
      id: idOf('cpi'),
      token: idOf('cgi'),
      created,
      updated: created,
      status: 'process_pending',
      resolution: 'ok',
      processed: null,
      processedAmount: null,
      refunds: [],
      card: null,
      callbackLogs: {},
    };
    this.#byId.set(invoice.id, invoice);
    this.#byReference.set(invoice.referenceId, invoice);
    this.#byToken.set(invoice.token, invoice);
    this.#positions.set(invoice.id, this.#order.push(invoice.id) - 1);
    this.onChange(invoice);
    return invoice;
  }

  /** Puts invoices in as if they had lived already; nobody is told of them. */
  plant(planted: readonly PlantedInvoice[]): SandboxInvoice[] {
    const made = planted.map(({ draft, refunded, ...rest }): SandboxInvoice => ({
      ...draft,
      ...rest,
      id: idOf('cpi'),
      token: idOf('cgi'),
      refunds: refunded > 0 ? [plantedRefund(refunded, rest.updated)] : [],
      card: null,
      callbackLogs: {},
    }));
    for (const invoice of made) {
      this.#byId.set(invoice.id, invoice);
      this.#byReference.set(invoice.referenceId, invoice);
      this.#byToken.set(invoice.token, invoice);
      this.#order.push(invoice.id);
    }
    const created = (id: string): number => this.#byId.get(id)?.created ?? 0;
    this.#order.sort((a, b) => created(a) - created(b));
    this.#order.forEach((id, position) => this.#positions.set(id, position));
    return made;
  }

  get(id: string): SandboxInvoice | undefined {
    const invoice = this.#byId.get(id);
    if (invoice) this.#expire(invoice);
    return invoice;
  }

  byReference(referenceId: string): SandboxInvoice | undefined {
    return this.get(this.#byReference.get(referenceId)?.id ?? '');
  }

  /** By the token of its hosted page. */
  byToken(token: string): SandboxInvoice | undefined {
    return this.get(this.#byToken.get(token)?.id ?? '');
  }

  /** Newest first, beginning after the one with the id `after`. */
  page(after: string | null, size: number): { invoices: SandboxInvoice[]; more: boolean } {
    const end = after === null ? this.#order.length : (this.#positions.get(after) ?? 0);
    const begin = Math.max(0, end - size);
    const ids = this.#order.slice(begin, end).reverse();
    return { invoices: ids.flatMap((id) => this.get(id) ?? []), more: begin > 0 };
  }

  get size(): number {
    return this.#order.length;
  }

  setStatus(
    invoice: SandboxInvoice,
    status: string,
    more: { resolution?: string; processedAmount?: number } = {},
  ): void {
    const now = this.#seconds();
    invoice.status = status;
    invoice.resolution = more.resolution ?? 'ok';
    invoice.updated = Math.max(now, invoice.updated + 1);
    if (status === 'processed' || status === 'partially_processed') {
      invoice.processed = now;
      invoice.processedAmount = more.processedAmount ?? invoice.amount;
    }
    this.onChange(invoice);
  }

  refund(invoice: SandboxInvoice, request: Pick<Refund, 'referenceId' | 'amount' | 'description'>): Refund {
    const refund = { ...request, id: idOf('ref'), created: this.#seconds(), status: 'processed' };
    invoice.refunds.push(refund);
    const left = (invoice.processedAmount ?? 0) - refundedOf(invoice);
    this.setStatus(invoice, left > 1e-9 ? 'partially_refunded' : 'refunded');
    return refund;
  }

  isOpen(invoice: SandboxInvoice): boolean {
    return open.includes(invoice.status);
  }

  /** Ends what is due; also done whenever an invoice is read, so that nobody sees one that outlived its time. */
  expireAll(): void {
    for (const invoice of this.#byId.values()) this.#expire(invoice);
  }

  #expire(invoice: SandboxInvoice): void {
    if (!this.isOpen(invoice) || this.#seconds() < invoice.expires) return;
    this.setStatus(invoice, this.expiredStatus, { resolution: 'expired' });
  }

  clear(): void {
    this.#byId.clear();
    this.#byReference.clear();
    this.#byToken.clear();
    this.#positions.clear();
    this.#order.length = 0;
  }
}

export const refundedOf = ({ refunds }: SandboxInvoice): number =>
  refunds.reduce((sum, { amount }) => sum + amount, 0);
