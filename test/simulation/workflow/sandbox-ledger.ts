import {
  isPayable,
  paidDepositOf,
  paidFeeOf,
  refundedOf,
  type SandboxInvoice,
} from '../../../src/sandbox/invoice.ts';
import { isFeeOnTop } from '../../../src/sandbox/pricing.ts';
import { privateResource, type SandboxSite } from '../../../src/sandbox/resources.ts';
import { decimals } from '../amounts.ts';
import { LedgerInvoice, type LedgerRefund, type Shown } from '../platform/ledger.ts';

const states = { pending: 'pending', processed: 'done', failed: 'failed' } as const;

const minorOf = (amount: number, currency: string): number =>
  Math.round(amount * 10 ** (decimals[currency] ?? 2));

/** An invoice of the sandbox as its answers show it. */
export function shownOf(invoice: SandboxInvoice, site: SandboxSite): Shown {
  const { id, attributes } = privateResource(invoice, site);
  const text = (amount: number | null): string | null => (amount === null ? null : String(amount));
  return {
    id,
    reference: attributes.reference_id,
    status: attributes.status,
    resolution: attributes.resolution,
    amount: String(attributes.amount),
    currency: attributes.currency,
    paymentAmount: String(attributes.payment_amount),
    serviceCurrency: attributes.service_currency,
    fee: String(attributes.fee),
    processedAmount: text(attributes.processed_amount),
    refundedAmount: text(attributes.refunded_amount),
    chargedBackAmount: text(attributes.charged_back_amount),
    service: invoice.service.code,
    created: invoice.created,
    updated: invoice.updated,
    processed: invoice.processed,
    owner: null,
  };
}

/** The platform's own truth of an invoice, in the words in which the checker reads it. */
export class SandboxLedger extends LedgerInvoice {
  readonly source: SandboxInvoice;
  readonly #isStray: boolean;

  constructor(source: SandboxInvoice, isStray: boolean) {
    const { currency } = source.service;
    super(
      {
        id: source.id,
        reference: source.referenceId,
        amount: minorOf(source.amount, currency),
        currency,
        service: isStray ? 'stray' : source.service.code,
        owner: null,
      },
      {
        currency: source.payIn.currency,
        toPay: minorOf(source.paymentAmount, source.payIn.currency),
        fee: minorOf(source.fee, source.payIn.currency),
        rounded: Math.round,
      },
      source.created * 1000,
    );
    this.source = source;
    this.#isStray = isStray;
  }

  get isOpen(): boolean {
    return isPayable(this.source);
  }

  get isStray(): boolean {
    return this.#isStray;
  }

  override get refundedInPrice(): number {
    return minorOf(refundedOf(this.source), this.price.currency);
  }

  override get fee(): number {
    return minorOf(paidFeeOf(this.source) ?? this.source.fee, this.price.currency);
  }

  /** A fee that was paid on top stays with the platform. */
  override get isReturned(): boolean {
    const returnable = isFeeOnTop(this.source.feePlan)
      ? minorOf(paidDepositOf(this.source) ?? 0, this.price.currency)
      : this.paid;
    return this.refundedInPrice + this.chargedBack >= returnable;
  }

  /** What the sandbox has by now; what it had stays among the versions. */
  follow(at: number, site: SandboxSite): void {
    const { status, resolution, processedAmount, processed, chargedBack } = this.source;
    const { currency } = this.price;
    this.status = status;
    this.resolution = resolution;
    this.paid = minorOf(processedAmount ?? 0, currency);
    this.paidAt = processed === null ? null : processed * 1000;
    this.chargedBack = minorOf(chargedBack, currency);
    this.#followRefunds(at);
    this.versions.push({ at, shown: shownOf(this.source, site) });
  }

  #followRefunds(at: number): void {
    for (const [index, refund] of this.source.refunds.entries()) {
      const known = this.refunds[index];
      const state = states[refund.status];
      if (known) known.state = state;
      else this.refunds.push(this.#refundOf(refund, { state, at }));
    }
  }

  #refundOf(
    { referenceId, amount }: SandboxInvoice['refunds'][number],
    { state, at }: Pick<LedgerRefund, 'state' | 'at'>,
  ): LedgerRefund {
    const isOurs = !referenceId.startsWith('dashboard');
    return {
      reference: isOurs ? referenceId : null,
      amount: minorOf(amount, this.asked.currency),
      state,
      at,
    };
  }
}
