import type { Clockwork } from '../clockwork.ts';
import { minuteMs, secondMs, type Plan, type RefundFate } from '../plan.ts';
import { fateOf } from '../random.ts';
import { LedgerInvoice, type LedgerRefund, type Shown } from './ledger.ts';

/** What the platform answers; `status` is HTTP's. */
export type Reply<Body> =
  | { readonly status: 200; readonly body: Body }
  | { readonly status: 409; readonly earlier: Shown | null; readonly refund?: LedgerRefund['state'] }
  | { readonly status: 404 | 422 };

export interface CreateRequest {
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly service: string;
  readonly owner: string | null;
  readonly expiresAt: number;
}

export interface RefundRequest {
  readonly invoiceId: string;
  readonly reference: string;
  readonly amount: number;
}

export interface Change {
  readonly reference: string;
  readonly status: string;
  readonly updated: number;
}

const payable = ['process_pending', 'created', 'expired', 'process_failed', 'terminated'];
const otherCurrency = 'AUD';
const strayService = 'stray';

/** The platform with its own ledger, written from docs/platform.md and the vendor's documents alone. */
export class Platform {
  readonly invoices: LedgerInvoice[] = [];
  readonly #plan: Plan;
  readonly #clockwork: Clockwork;
  readonly #tell: (change: Change) => void;
  #refundsMade = 0;

  constructor(plan: Plan, clockwork: Clockwork, tell: (change: Change) => void) {
    this.#plan = plan;
    this.#clockwork = clockwork;
    this.#tell = tell;
  }

  create(request: CreateRequest): Reply<Shown> {
    const earlier = this.invoices.find(({ asked }) => asked.reference === request.reference);
    // One that takes a reference twice does so for the same merchant: of an invoice that nobody made it would say so.
    if (earlier && (this.#plan.manners.isUnique || earlier.asked.service === strayService)) {
      const isParsable = fateOf(this.#plan.seed, 7, this.invoices.length) < 0.5;
      return { status: 409, earlier: isParsable ? this.#latest(earlier) : null };
    }
    const invoice = this.#open(request);
    this.#clockwork.at(Math.max(request.expiresAt, this.#clockwork.now), () => this.#expire(invoice));
    return { status: 200, body: this.#latest(invoice) };
  }

  /** Reads as old as `lagMs`; one by reference may not know the invoice yet. */
  read(by: { readonly id: string } | { readonly reference: string }, lagMs: number): Shown | null {
    const invoice = this.invoices.find(({ asked }) =>
      'id' in by ? asked.id === by.id : asked.reference === by.reference,
    );
    if (!invoice) return null;
    const known = invoice.versions.findLast(({ at }) => at <= this.#clockwork.now - lagMs);
    return known?.shown ?? ('id' in by ? (invoice.versions[0]?.shown ?? null) : null);
  }

  /** Answers how far that refund is by now. */
  refund({ invoiceId, reference, amount }: RefundRequest): Reply<LedgerRefund['state']> {
    const invoice = this.invoices.find(({ asked }) => asked.id === invoiceId);
    if (!invoice) return { status: 404 };
    const earlier = invoice.refunds.find((it) => it.reference === reference);
    if (earlier)
      return { status: 409, earlier: null, ...(!this.#plan.manners.isTerse && { refund: earlier.state }) };
    if (amount < 1 || amount > invoice.remaining) return { status: 422 };
    const fates = this.#plan.manners.refunds;
    const fate = fates[Math.min(this.#refundsMade, fates.length - 1)];
    this.#refundsMade += 1;
    const refund = this.#giveBack(invoice, { reference, amount }, fate ?? { ends: 'done', afterMs: 0 });
    return { status: 200, body: refund.state };
  }

  /** The customer pays a share of what is asked: before or after its time, also what was declined before. */
  pay(number: number, share: number): void {
    const invoice = this.#invoiceOf(number);
    if (!invoice || !payable.includes(invoice.status)) return;
    if (this.#plan.flow === 'verify') return this.#change(invoice, 'verified', 'ok');
    invoice.paid = Math.max(1, Math.round(invoice.price.toPay * share));
    invoice.paidAt = this.#clock;
    const isWhole = invoice.paid === invoice.price.toPay;
    this.#change(
      invoice,
      isWhole || this.#plan.manners.saysFailed ? 'processed' : 'partially_processed',
      'ok',
    );
  }

  decline(number: number, word: string): void {
    const invoice = this.#invoiceOf(number);
    if (!invoice || invoice.status !== 'process_pending') return;
    const isVerifying = this.#plan.flow === 'verify' && word === 'process_failed';
    this.#change(invoice, isVerifying ? 'verify_failed' : word, 'insufficient_funds');
  }

  dashboardRefund(number: number, share: number, fate: RefundFate): void {
    const invoice = this.#invoiceOf(number);
    if (!invoice || invoice.remaining === 0) return;
    const amount = Math.max(1, Math.min(invoice.remaining, Math.round(invoice.refundable * share)));
    this.#giveBack(invoice, { reference: null, amount }, fate);
  }

  /** The bank takes back a share of what was paid, at most what has not gone back already. */
  chargeBack(number: number, share: number): void {
    const invoice = this.#invoiceOf(number);
    if (!invoice) return;
    const left = invoice.paid - invoice.inPrice(invoice.refunded) - invoice.chargedBack;
    const amount = Math.min(left, Math.max(1, Math.round(invoice.paid * share)));
    if (amount < 1) return;
    invoice.chargedBack += amount;
    if (invoice.refunded + invoice.pending + invoice.lost > invoice.refundable) {
      for (const refund of invoice.refunds) if (refund.state === 'pending') refund.state = 'failed';
    }
    this.#change(invoice, amount === left ? 'charged_back' : 'partially_charged_back', invoice.resolution);
  }

  /** An invoice that nobody of this payment made, as after a restore. */
  plant(reference: string, isPaid: boolean): void {
    if (this.invoices.some(({ asked }) => asked.reference === reference)) return;
    const { amount, currency } = this.#plan;
    const invoice = this.#open({
      reference,
      amount,
      currency,
      service: strayService,
      owner: 'shop',
      expiresAt: 0,
    });
    if (!isPaid) return;
    if (this.#plan.flow === 'verify') return this.#change(invoice, 'verified', 'ok');
    invoice.paid = invoice.price.toPay;
    invoice.paidAt = this.#clock;
    this.#change(invoice, 'processed', 'ok');
  }

  get #clock(): number {
    return this.#clockwork.now + this.#plan.skews.platform;
  }

  #latest(invoice: LedgerInvoice): Shown {
    const shown = invoice.versions.at(-1)?.shown;
    if (!shown) throw new Error('an invoice without a version');
    return shown;
  }

  #invoiceOf(number: number): LedgerInvoice | undefined {
    return this.invoices.find(({ asked }) => numberOf(asked.reference) === number);
  }

  #open({ reference, amount, currency, service, owner }: CreateRequest): LedgerInvoice {
    const id = `cpi_${this.invoices.length + 1}_${this.#plan.seed}`;
    const invoice = new LedgerInvoice(
      { id, reference, amount, currency, service, owner },
      priceOf(this.#plan, amount),
      this.#clock,
    );
    this.invoices.push(invoice);
    this.#change(invoice, 'process_pending', null);
    return invoice;
  }

  #expire(invoice: LedgerInvoice): void {
    if (invoice.status !== 'process_pending') return;
    this.#change(invoice, this.#plan.manners.saysFailed ? 'process_failed' : 'expired', 'expired');
  }

  #giveBack(
    invoice: LedgerInvoice,
    asked: Pick<LedgerRefund, 'reference' | 'amount'>,
    fate: RefundFate,
  ): LedgerRefund {
    const refund: LedgerRefund = { ...asked, state: 'pending', at: this.#clockwork.now };
    invoice.refunds.push(refund);
    const end = (): void => {
      if (refund.state !== 'pending') return;
      refund.state = fate.ends;
      if (fate.ends === 'done' && fate.undoneAfterMs !== undefined)
        this.#clockwork.at(this.#clockwork.now + fate.undoneAfterMs, () => this.#undo(invoice, refund));
      const isLast = invoice.pending === 0;
      // Another is on its way, which the bank's word has hidden.
      if (!isLast && invoice.status === 'refund_pending') return;
      this.#change(invoice, isLast ? wordOf(invoice, fate.ends) : 'refund_pending', invoice.resolution);
    };
    if (fate.afterMs === 0) {
      end();
      return refund;
    }
    this.#change(invoice, 'refund_pending', invoice.resolution);
    if (fate.afterMs !== null) this.#clockwork.at(this.#clockwork.now + fate.afterMs, end);
    return refund;
  }

  /** Once the bank has taken the rest, or while another is on its way, nothing tells of it. */
  #undo(invoice: LedgerInvoice, refund: LedgerRefund): void {
    if (invoice.status === 'charged_back' || invoice.pending > 0) return;
    refund.state = 'failed';
    refund.isUndone = true;
    this.#change(invoice, 'refund_failed', invoice.resolution);
  }

  #change(invoice: LedgerInvoice, status: string, resolution: string | null): void {
    invoice.status = status;
    invoice.resolution = resolution;
    const updated = Math.floor(this.#clock / secondMs);
    invoice.versions.push({
      at: this.#clockwork.now,
      shown: invoice.shown(updated, this.#plan.manners.countsPending),
    });
    this.#callBack({ reference: invoice.asked.reference, status, updated }, invoice.versions.length);
  }

  /** On its way at once, or lost, twice, or late; the next may overtake it. */
  #callBack(change: Change, version: number): void {
    const { seed, manners, latencyMs } = this.#plan;
    const fate = (what: number): number => fateOf(seed, what, version, numberOf(change.reference));
    if (fate(1) < manners.lost) return;
    const lateMs = fate(2) < manners.late ? fate(3) ** 4 * 600 * minuteMs : fate(3) * 400;
    const at = this.#clockwork.now + latencyMs + Math.floor(lateMs);
    this.#clockwork.at(at, () => this.#tell(change));
    if (fate(4) < manners.twice)
      this.#clockwork.at(at + Math.floor(fate(5) * 200_000), () => this.#tell(change));
  }
}

export const numberOf = (reference: string): number => Number(reference.split('.')[1] ?? 1);

function priceOf({ manners, currency, amount: ordered }: Plan, amount: number) {
  const fee = Math.round(ordered * 0.02);
  const rounded = manners.roundsDown ? Math.floor : Math.round;
  switch (manners.fee) {
    case 'none':
      return { currency, toPay: amount, fee: 0, rounded };
    case 'inside':
      return { currency, toPay: amount, fee, rounded };
    case 'on_top':
      return { currency, toPay: amount + fee, fee, rounded };
    case 'other_currency':
    case 'other_currency_on_top': {
      const exchanged = Math.max(1, Math.round(amount * 0.41));
      const fee = manners.fee === 'other_currency' ? 0 : Math.round(exchanged * 0.02);
      return { currency: otherCurrency, toPay: exchanged + fee, fee, rounded };
    }
  }
}

/** By what became of the last refund and where the money is. */
function wordOf(invoice: LedgerInvoice, ended: 'done' | 'failed'): string {
  if (ended === 'failed') return 'refund_failed';
  return invoice.isReturned ? 'refunded' : 'partially_refunded';
}
