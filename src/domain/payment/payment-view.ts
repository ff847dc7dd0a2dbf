import type { Redirect } from '../invoice/invoice.ts';
import { formatMoney } from '../money.ts';
import type { PaymentStatus, Source } from './statuses.ts';
import type { RefundStatus } from './refund.ts';
import type { Service } from './service.ts';

/** A service as order services see it: amounts as decimal strings. */
export interface ServiceView extends Omit<Service, 'amountMin' | 'amountMax'> {
  readonly amountMin: string | null;
  readonly amountMax: string | null;
}

/** `reason` is the asker's, or the platform's where it refused. */
export interface RefundView {
  readonly refundId: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly status: RefundStatus;
  readonly reason: string;
}

/** Where the order's money is, as the platform holds it: decimal strings of one currency. */
export interface MoneyView {
  readonly currency: string;
  /** What the customer paid. */
  readonly paid: string;
  /** The platform's commission. */
  readonly fee: string;
  readonly refunded: string;
  readonly chargedBack: string;
}

/** A payment as every call answers it and every outcome carries it (docs/contract.md §3). */
export interface PaymentView {
  readonly orderId: string;
  readonly status: PaymentStatus;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly attempt: number;
  readonly referenceId: string;
  readonly invoiceId: string | null;
  readonly service: string | null;
  readonly redirect: Redirect | null;
  readonly services: readonly ServiceView[];
  readonly expiresAt: string;
  readonly decidedBy: Source | null;
  readonly reason: string | null;
  readonly refunds: readonly RefundView[];
  /** Null until money moved. */
  readonly money: MoneyView | null;
  /** The last refusal by a bank: the platform's resolution. */
  readonly decline: { readonly code: string } | null;
}

export const toServiceView = (service: Service): ServiceView => ({
  ...service,
  amountMin: service.amountMin && formatMoney(service.amountMin),
  amountMax: service.amountMax && formatMoney(service.amountMax),
});
