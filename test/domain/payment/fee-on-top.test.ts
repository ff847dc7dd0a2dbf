import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { hourMs } from '../../../src/domain/time.ts';
import { inputOf, lived, met, passed, polled, remainder } from '../../support/payment-facts.ts';
import { accepted, asked, minute, paidAt, refundsOf, told } from '../../support/refund-facts.ts';

// 100.55 USD at 0.92 EUR: 92.51 EUR, on which a fee of 2 % comes, or in which it is.
const onTop = { serviceCurrency: 'EUR', paymentAmount: '94.36', processedAmount: '94.36', fee: '1.85' };
const inside = { ...onTop, paymentAmount: '92.51', processedAmount: '92.51' };

const paid = (figures: object): Payment =>
  lived(inputOf(), polled({ status: 'processed', ...figures }, { at: paidAt }));
const back = (figures: object, refundedAmount: string, status = 'partially_refunded', minutes = 5) =>
  polled({ status, ...figures, refundedAmount }, { at: paidAt + minutes * minute });
const refunded = (payment: Payment, id: string, minor: number, then: PaymentEvent): Payment =>
  met(asked(payment, id, minor), accepted(id), then);

describe('a fee on top of what was paid in another currency', () => {
  it('stays with the platform where all goes back', () => {
    const payment = refunded(paid(onTop), 'r1', 10_055, back(onTop, '92.51', 'refunded'));
    expect([refundsOf(payment), told(payment), remainder(payment)]).toEqual([
      ['r1 processed'],
      ['paid', 'refunded'],
      0,
    ]);
    expect(decide(met(payment, passed(paidAt + 100 * hourMs))).reviewReasons).toEqual([]);
  });

  it('stays where all goes back in the dashboard', () => {
    const payment = met(paid(onTop), back(onTop, '92.51', 'refunded'));
    expect([told(payment), remainder(payment)]).toEqual([['paid', 'refunded'], 0]);
  });

  it('is seen in what a part of it takes from the total', () => {
    const part = refunded(paid(onTop), 'r1', 3_000, back(onTop, '27.60'));
    expect([refundsOf(part), told(part), remainder(part)]).toEqual([
      ['r1 processed'],
      ['paid', 'partially_refunded'],
      7_055,
    ]);
    const all = met(
      asked(part, 'r2'),
      accepted('r2', paidAt + 6 * minute),
      back(onTop, '92.51', 'refunded', 7),
    );
    expect([refundsOf(all), told(all), remainder(all)]).toEqual([
      ['r1 processed', 'r2 processed'],
      ['paid', 'partially_refunded', 'refunded'],
      0,
    ]);
  });

  it('is seen after a refund of the dashboard, and where several end together', () => {
    const dashboard = met(paid(onTop), back(onTop, '9.20', 'partially_refunded', 1));
    expect(refundsOf(refunded(dashboard, 'r1', 3_000, back(onTop, '36.80')))).toEqual(['r1 processed']);
    const two = met(asked(paid(onTop), 'r1', 3_000), accepted('r1'));
    const both = refunded(two, 'r2', 2_000, back(onTop, '46.00'));
    expect([refundsOf(both), remainder(both)]).toEqual([['r1 processed', 'r2 processed'], 5_055]);
  });

  it('is not seen where there is none, or nothing tells', () => {
    const part = refunded(paid(inside), 'r1', 3_000, back(inside, '27.60'));
    expect([refundsOf(part), remainder(part)]).toEqual([['r1 processed'], 7_055]);
    const first = met(asked(paid(inside), 'r1', 9_000), accepted('r1'));
    const small = refunded(first, 'r2', 50, back(inside, '82.80'));
    expect(refundsOf(small)).toEqual(['r1 processed', 'r2 pending']);
    const dashboard = met(paid(onTop), back(onTop, '46.26'));
    expect(remainder(dashboard)).toBe(10_055 - 4_929);
  });

  it('leaves what is not back to be refunded', () => {
    const failed = met(asked(paid(onTop), 'r1', 3_000), accepted('r1'), back(onTop, '0', 'refund_failed'));
    expect([refundsOf(failed), remainder(failed)]).toEqual([['r1 refused'], 10_055]);
  });
});
