import { toDecimal } from '../amounts.ts';

/** Money given back, in minor units of the invoice's currency. */
export interface LedgerRefund {
  /** Null for one that was made in the dashboard. */
  readonly reference: string | null;
  readonly amount: number;
  state: 'pending' | 'done' | 'failed';
  /** It was done before it failed. */
  isUndone?: true;
  /** When it was asked for, true time. */
  readonly at: number;
}

/** An invoice as the platform answers it. */
export interface Shown {
  readonly id: string;
  readonly reference: string;
  readonly status: string;
  readonly resolution: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly paymentAmount: string;
  readonly serviceCurrency: string;
  readonly fee: string;
  readonly processedAmount: string | null;
  readonly refundedAmount: string | null;
  readonly chargedBackAmount: string | null;
  readonly service: string;
  readonly created: number;
  readonly updated: number;
  readonly processed: number | null;
  readonly owner: string | null;
}

interface Asked {
  readonly id: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly service: string;
  readonly owner: string | null;
}

interface Price {
  readonly currency: string;
  readonly toPay: number;
  readonly fee: number;
  readonly rounded: (minor: number) => number;
}

/** One invoice and all that happened to its money. All amounts but those of refunds are in `price.currency`. */
export class LedgerInvoice {
  readonly asked: Asked;
  readonly price: Price;
  readonly createdAt: number;
  status = 'process_pending';
  resolution: string | null = null;
  paid = 0;
  paidAt: number | null = null;
  chargedBack = 0;
  readonly refunds: LedgerRefund[] = [];
  readonly versions: { readonly at: number; readonly shown: Shown }[] = [];

  constructor(asked: Asked, price: Price, createdAt: number) {
    this.asked = asked;
    this.price = price;
    this.createdAt = createdAt;
  }

  /** What a merchant can give back at most, in the invoice's currency: a fee on top stays with the platform. */
  get refundable(): number {
    const { amount } = this.asked;
    if (!this.#isOrders) return this.price.rounded((amount * this.paid) / this.price.toPay);
    return Math.max(0, Math.min(this.paid, amount + this.paid - this.price.toPay));
  }

  get refunded(): number {
    return this.#sum('done');
  }

  /** The platform's commission in what is to be paid; in another currency computed again for what was. */
  get fee(): number {
    const { fee, toPay } = this.price;
    return this.#isOrders || this.paidAt === null ? fee : Math.round((fee * this.paid) / toPay);
  }

  /** What went back in the currency in which it was paid. */
  get refundedInPrice(): number {
    return this.inPrice(this.refunded);
  }

  get pending(): number {
    return this.#sum('pending');
  }

  /** What was lost to chargebacks, in the invoice's currency. */
  get lost(): number {
    return this.#isOrders
      ? this.chargedBack
      : this.price.rounded((this.chargedBack * this.asked.amount) / this.#exchanged);
  }

  get remaining(): number {
    return Math.max(0, this.refundable - this.refunded - this.pending - this.lost);
  }

  /** Nothing is left to give back. */
  get isReturned(): boolean {
    if (!this.#isOrders) return this.refundedInPrice + this.chargedBack >= this.paid - this.fee;
    return this.refunded + this.lost >= this.refundable;
  }

  /** The same amount of the invoice's currency in the currency in which it was paid. */
  inPrice(amount: number): number {
    return this.#isOrders ? amount : this.price.rounded((amount * this.#exchanged) / this.asked.amount);
  }

  get #isOrders(): boolean {
    return this.asked.currency === this.price.currency;
  }

  /** The amount in the other currency: the fee comes on top of it. */
  get #exchanged(): number {
    return this.price.toPay - this.price.fee;
  }

  #sum(state: LedgerRefund['state']): number {
    return this.refunds.reduce((sum, refund) => sum + (refund.state === state ? refund.amount : 0), 0);
  }

  shown(updated: number, countsPending: boolean): Shown {
    const { id, reference, amount, currency, service, owner } = this.asked;
    const isUnderWay = countsPending && this.status.startsWith('refund_pending');
    const returned = this.inPrice(this.refunded + (isUnderWay ? this.pending : 0));
    const say = (minor: number): string => toDecimal(minor, this.price.currency);
    return {
      id,
      reference,
      status: this.status,
      resolution: this.resolution,
      amount: toDecimal(amount, currency),
      currency,
      paymentAmount: say(this.price.toPay),
      serviceCurrency: this.price.currency,
      fee: say(this.fee),
      processedAmount: this.paidAt === null ? null : say(this.paid),
      refundedAmount: returned === 0 ? null : say(returned),
      chargedBackAmount: this.chargedBack === 0 ? null : say(this.chargedBack),
      service,
      created: Math.floor(this.createdAt / 1000),
      updated,
      processed: this.paidAt === null ? null : Math.floor(this.paidAt / 1000),
      owner,
    };
  }
}
