import { decide } from '../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../src/domain/payment/events.ts';
import type { Payment } from '../../src/domain/payment/payment.ts';
import { refusalOfRefund } from '../../src/domain/payment/refusal-of-refund.ts';
import { refundFor } from '../../src/domain/payment/register-refund.ts';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import {
  createdAt,
  failureOf,
  inputOf,
  lived,
  met,
  polled,
  refundAccepted,
  refundRefused,
} from './payment-facts.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const paidAt = createdAt + minute;
export const usd = (minor: number) => ({ minor, currency: 'USD' });
const paid = polled({ status: 'processed', processedAmount: '100.55' }, { at: paidAt });
/** What the platform's totals say, so many minutes after the payment. */
export const shows = (status: string, refundedAmount: string | null, minutes: number): PaymentEvent =>
  polled({ status, processedAmount: '100.55', refundedAmount }, { at: paidAt + minutes * minute });

export function asked(payment: Payment, refundId: string, minor?: number): Payment {
  const asking = { refundId, reason: 'returned', ...(minor !== undefined && { amount: usd(minor) }) };
  const refused = refusalOfRefund(payment, decide(payment).status, asking);
  if (refused) throw new Error(refused.detail);
  const refund = refundFor(payment, asking);
  if (!refund) throw new Error('registered already');
  return met(payment, { kind: 'refund_registered', refund });
}
export const accepted = (
  refundId: string,
  at = paidAt + 2 * minute,
  more: Parameters<typeof refundAccepted>[2] = {},
) => refundAccepted(refundId, at, more);
export const refused = (refundId: string): PaymentEvent =>
  refundRefused(refundId, paidAt + 2 * minute, [{ field: 'amount', message: 'no' }]);
export const lost = (refundId: string, at = paidAt + 2 * minute, more = {}): PaymentEvent => ({
  kind: 'refund_unanswered',
  refundId,
  at,
  failure: failureOf({ type: 'ResultUnknown', ...more }),
});
export const refundsOf = (payment: Payment): string[] =>
  toPaymentView(payment).refunds.map(({ refundId, status }) => `${refundId} ${status}`);
export const told = (payment: Payment): string[] => payment.told.map(({ status }) => status);
export const start = (more: Parameters<typeof inputOf>[1] = {}) =>
  lived(inputOf({ maxAttempts: 1 }, more), paid);
