import { referenceIdFor, type OrderId } from '../identity.ts';
import type { Redirect } from '../invoice/invoice.ts';
import { formatMoney } from '../money.ts';
import {
  currentAttempt,
  type Attempt,
  type Payment,
  type PaymentStatus,
  type Refund,
  type Source,
} from './payment.ts';
import { refundStatusOf, refusalTextOf, type RefundStatus } from './refund.ts';
import type { Service } from './service.ts';
import { reviewReasonsOf, statusOf } from './status.ts';

/** A service as order services see it: amounts as decimal strings. */
export interface ServiceView extends Omit<Service, 'amountMin' | 'amountMax'> {
  readonly amountMin: string | null;
  readonly amountMax: string | null;
}

/** `reason` is the asker's, or the platform's where it refused. */
interface RefundView {
  readonly refundId: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly status: RefundStatus;
  readonly reason: string;
}

/** A payment as every call answers it and every outcome carries it (contract, section 3). */
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
}

export const toServiceView = (service: Service): ServiceView => ({
  ...service,
  amountMin: service.amountMin && formatMoney(service.amountMin),
  amountMax: service.amountMax && formatMoney(service.amountMax),
});

/** `expiresAt` is RFC 3339 in UTC: of the open invoice, else of the order. */
export function viewOf(payment: Payment): PaymentView {
  const { orderId, terms } = payment.input;
  const attempt = currentAttempt(payment);
  const status = statusOf(payment);
  return {
    orderId,
    status,
    amount: { value: formatMoney(terms.amount), currency: terms.amount.currency },
    ...attemptView(attempt, orderId),
    redirect: status === 'awaiting_payment' && attempt ? attempt.redirect : null,
    services: status === 'choosing' ? (payment.services ?? []).map(toServiceView) : [],
    expiresAt: toIso(nextDeadlineOf(payment)),
    decidedBy: isFinal(status) ? payment.decidedBy : null,
    reason: reasonOf(payment, status, attempt),
    refunds: payment.refunds.map((refund) => refundView(payment, refund)),
  };
}

const refundView = (payment: Payment, refund: Refund): RefundView => ({
  refundId: refund.refundId,
  amount: { value: formatMoney(refund.amount), currency: refund.amount.currency },
  status: refundStatusOf(payment, refund),
  reason: refusalTextOf(payment, refund) ?? refund.reason,
});

const attemptView = (attempt: Attempt | null, orderId: OrderId) => ({
  attempt: attempt?.number ?? 1,
  referenceId: attempt?.referenceId ?? referenceIdFor(orderId, 1),
  invoiceId: attempt?.seen?.invoiceId ?? null,
  service: attempt?.choice.service ?? null,
});

/** Epoch milliseconds: the invoice's expiry while one is open, else the order's deadline. */
export const nextDeadlineOf = (payment: Payment): number =>
  currentAttempt(payment)?.expiresAt ?? payment.deadlineAt;

const openStatuses: ReadonlySet<PaymentStatus> = new Set<PaymentStatus>([
  'choosing',
  'creating',
  'awaiting_payment',
  'canceling',
  'review',
]);
const isFinal = (status: PaymentStatus): boolean => !openStatuses.has(status);

function reasonOf(payment: Payment, status: PaymentStatus, attempt: Attempt | null): string | null {
  switch (status) {
    case 'review':
      return reviewReasonsOf(payment).join('; ');
    case 'choosing':
    case 'failed':
      return payment.resolutions.at(-1)?.why ?? (attempt && failureOf(attempt));
    case 'canceled':
    case 'canceling':
      return payment.cancelReason;
    default:
      return null;
  }
}

const failureOf = ({ refusal, seen }: Attempt): string | null =>
  refusal?.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ') ??
  seen?.resolution ??
  seen?.status ??
  null;

/** RFC 3339 of epoch milliseconds, whole seconds. */
export function toIso(epochMs: number): string {
  // A pure conversion of a given instant: the only use of Date that is the same at every replay.
  // eslint-disable-next-line no-restricted-globals
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
