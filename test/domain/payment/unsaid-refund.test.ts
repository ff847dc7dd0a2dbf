import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { hourMs } from '../../../src/domain/time.ts';
import {
  after,
  created,
  createdAt,
  met,
  passed,
  polled,
  refundAccepted,
  remainder,
  resolved,
  withRefund,
} from '../../support/payment-facts.ts';

const paidAt = createdAt + 60_000;
const shows = (status: string, more: object, at: number): PaymentEvent =>
  polled({ status, processedAmount: '100.55', ...more }, { at });
/** It exists, and nothing is said of it: a 409 whose body cannot be read. */
const exists = (refundId: string, at: number): PaymentEvent =>
  refundAccepted(refundId, at, { isNew: false, progress: null });
const refundsOf = (payment: Payment): string[] =>
  toPaymentView(payment).refunds.map(
    ({ refundId, amount, status }) => `${refundId} ${amount.value} ${status}`,
  );

const paid = (): Payment => met(after(created()), shows('processed', {}, paidAt));
const underWay = (): Payment => met(withRefund(paid(), 'r1', 5_000), refundAccepted('r1', paidAt + 1_000));

describe('a refund asked for again of which the platform says only that it exists', () => {
  it('is still under way: no more than the rest can be refunded beside it', () => {
    const overdue = met(
      underWay(),
      shows('refund_pending', {}, paidAt + 40 * hourMs),
      passed(paidAt + 73 * hourMs),
    );
    const again = met(resolved(overdue, 'refund'), exists('r1', paidAt + 74 * hourMs));
    expect([refundsOf(again), remainder(again)]).toEqual([['r1 50.00 pending'], 5_055]);
  });

  it('is still under way after a chargeback of a part, which may hide it', () => {
    const chargedBack = shows('partially_charged_back', { chargedBackAmount: '10' }, paidAt + hourMs);
    const again = met(underWay(), chargedBack, exists('r1', paidAt + 2 * hourMs));
    expect([refundsOf(again), remainder(again)]).toEqual([['r1 50.00 pending'], 4_055]);
  });

  it.each([
    ['done by the total', '70', 'processed'],
    ['still under way', '20', 'pending'],
  ])('made beside one of the dashboard, is %s, and not asked for a third time', (_, total, status) => {
    const beside = withRefund(met(paid(), shows('refund_pending', {}, paidAt + 500)), 'r1', 5_000);
    const ended = { refundedAmount: total, updated: paidAt / 1000 + 3_600 };
    const again = met(
      beside,
      refundAccepted('r1', paidAt + 1_000),
      shows('partially_refunded', ended, paidAt + hourMs),
      exists('r1', paidAt + 2 * hourMs),
      shows('partially_refunded', ended, paidAt + 3 * hourMs),
    );
    expect(refundsOf(again)).toEqual([`r1 50.00 ${status}`]);
    expect(again.refunds[0]?.life.state).toBe(status === 'pending' ? 'accepted' : 'done');
  });
});
