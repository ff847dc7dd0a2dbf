import type { PaymentEvent } from '../../src/domain/payment/events.ts';
import type { Payment } from '../../src/domain/payment/payment.ts';
import { decide } from '../../src/domain/payment/decide.ts';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import { secondMs } from '../../src/domain/time.ts';
import { created, createdAt, inputOf, lived, polled } from './payment-facts.ts';

/** So many seconds after the invoice was created. */
export const at = (seconds: number): number => createdAt + seconds * secondMs;
export const paid = (seconds: number, attempt = 1, more = {}): PaymentEvent =>
  polled({ status: 'processed', processed: at(seconds) / secondMs, ...more }, { attempt, at: at(seconds) });
export const told = (payment: Payment): string[] => payment.told.map(({ status }) => status);
export const refundsOf = (payment: Payment): string[] =>
  toPaymentView(payment).refunds.map(
    ({ refundId, amount, status }) => `${refundId} ${amount.value} ${status}`,
  );

export const choose: PaymentEvent = {
  kind: 'method_chosen',
  choice: { service: 'payment_card_usd_hpp', serviceFields: {} },
};

/** The customer can pay any of so many pages. */
export const pages = (count: number, policy = {}): Payment => {
  const more = Array.from({ length: count - 1 }, (_, index) => index + 2);
  const made = more.flatMap((attempt) => [choose, created({}, { attempt, at: at(attempt) })]);
  return lived(inputOf({}, policy), ...made);
};

export const reasonsOf = (payment: Payment): string[] =>
  decide(payment).reviewReasons.map(({ text }) => text);
