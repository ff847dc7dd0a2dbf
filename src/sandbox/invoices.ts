import {
  isPayable,
  newId,
  type InvoiceRecord,
  type NewInvoice,
  type PlantedInvoice,
  type SandboxInvoice,
} from './invoice.ts';
import { noFee, payInFor, priceOf, type FeePlan, type PayIn } from './pricing.ts';

/** The account's settings that invoices live by. */
export interface InvoiceRules {
  /** Of invoices made from now on. */
  fee: FeePlan;
  /** The currency that customers pay invoices in; null: the invoice's own. */
  payIn: PayIn | null;
  expiredStatus: 'process_failed' | 'expired';
  /** Whether two changes within a second have the same `updated`; otherwise the later one's is raised by one. */
  coarseClock: boolean;
}

const preset: InvoiceRules = { fee: noFee, payIn: null, expiredStatus: 'process_failed', coarseClock: false };

/** All invoices, in memory: by id, by reference, and in the order of their creation. */
export class Invoices {
  readonly #byId = new Map<string, SandboxInvoice>();
  readonly #byReference = new Map<string, SandboxInvoice>();
  readonly #byToken = new Map<string, SandboxInvoice>();
  readonly #order: string[] = [];
  readonly #positions = new Map<string, number>();
  /** Told of every creation (nothing was before) and change. */
  onChange: (invoice: SandboxInvoice, before: SandboxInvoice | null) => void = () => undefined;
  rules: InvoiceRules = preset;
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
    const payIn = payInFor(draft.service.currency, this.rules.payIn);
    const feePlan = this.rules.fee;
    const invoice: SandboxInvoice = {
      ...draft,
      ...priceOf({ ...draft, payIn, feePlan }),
      payIn,
      feePlan,
      id: newId('cpi'),
      token: newId('cgi'),
      created,
      updated: created,
      status: 'process_pending',
      resolution: 'ok',
      processed: null,
      processedAmount: null,
      refunds: [],
      chargedBack: 0,
      card: null,
      callbackLogs: {},
    };
    this.#byId.set(invoice.id, invoice);
    this.#byReference.set(invoice.referenceId, invoice);
    this.#byToken.set(invoice.token, invoice);
    this.#positions.set(invoice.id, this.#order.push(invoice.id) - 1);
    this.onChange(invoice, null);
    return invoice;
  }

  /** Puts invoices in as if they had lived already; nobody is told of them. */
  plant(planted: readonly PlantedInvoice[]): SandboxInvoice[] {
    const made = planted.map(({ draft, refunds, ...rest }): SandboxInvoice => ({
      ...draft,
      ...rest,
      id: newId('cpi'),
      token: newId('cgi'),
      refunds: refunds.map((refund) => ({ ...refund, id: newId('ref') })),
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
    const isPaid = status === 'processed' || status === 'partially_processed';
    this.change(invoice, {
      status,
      resolution: more.resolution ?? 'ok',
      ...(isPaid && {
        processed: this.#seconds(),
        processedAmount: more.processedAmount ?? invoice.paymentAmount,
      }),
    });
  }

  /** Every change of state: a later `updated`, and whoever listens is told. */
  change(invoice: SandboxInvoice, changes: Partial<Omit<InvoiceRecord, 'updated'>>): void {
    const before = { ...invoice, callbackLogs: { ...invoice.callbackLogs } };
    Object.assign(invoice, changes);
    invoice.updated = Math.max(this.#seconds(), invoice.updated + (this.rules.coarseClock ? 0 : 1));
    this.onChange(invoice, before);
  }

  /** Ends what is due; also done whenever an invoice is read, so that nobody sees one that outlived its time. */
  expireAll(): void {
    for (const invoice of this.#byId.values()) this.#expire(invoice);
  }

  #expire(invoice: SandboxInvoice): void {
    if (!isPayable(invoice) || this.#seconds() < invoice.expires) return;
    this.setStatus(invoice, this.rules.expiredStatus, { resolution: 'expired' });
  }

  clear(): void {
    this.#byId.clear();
    this.#byReference.clear();
    this.#byToken.clear();
    this.#positions.clear();
    this.#order.length = 0;
    this.rules = preset;
  }
}
