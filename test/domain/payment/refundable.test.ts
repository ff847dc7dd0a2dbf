import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import { refusalOfRefund } from '../../../src/domain/payment/refusal-of-refund.ts';
import { refundFor } from '../../../src/domain/payment/register-refund.ts';
import { inputOf, lived, met, polled, remainder } from '../../support/payment-facts.ts';
import { minute, paidAt, usd, shows, asked, accepted, refused, start } from '../../support/refund-facts.ts';

describe('what can still be refunded', () => {
  it('is what was paid, less what went back, was lost, or is on its way', () => {
    expect(remainder(start())).toBe(10_055);
    expect(remainder(asked(start(), 'r1', 3_000))).toBe(7_055);
    expect(remainder(met(start(), shows('partially_refunded', '30', 1)))).toBe(7_055);
    const chargedBack = polled(
      { status: 'partially_charged_back', processedAmount: '100.55', chargedBackAmount: '25' },
      { at: paidAt + minute },
    );
    expect(remainder(met(start(), chargedBack))).toBe(7_555);
    expect(remainder(asked(met(start(), chargedBack), 'r1'))).toBe(0);
  });

  it('is there again where a refund was refused or failed', () => {
    expect(remainder(met(asked(start(), 'r1', 3_000), refused('r1')))).toBe(10_055);
    const failed = met(asked(start(), 'r1', 3_000), accepted('r1'), shows('refund_failed', null, 5));
    expect(remainder(failed)).toBe(10_055);
  });

  it.each<[string, number | undefined, string | null]>([
    ['all of it', undefined, null],
    ['all of it, by its amount', 10_055, null],
    ['more', 10_056, 'at most 100.55 USD can be refunded'],
    ['nothing', 0, 'the amount must be greater than 0, and at most 100.55 USD can be refunded'],
  ])('is asked for: %s', (_, minor, detail) => {
    const payment = start();
    const asking = { refundId: 'r1', reason: 'x', ...(minor !== undefined && { amount: usd(minor) }) };
    expect(refusalOfRefund(payment, 'paid', asking)?.detail ?? null).toBe(detail);
  });

  it('is in the currency of the invoice, though another was paid', () => {
    const euro = { serviceCurrency: 'EUR', paymentAmount: '92.40', processedAmount: '92.40' };
    const payment = lived(inputOf(), polled({ status: 'processed', ...euro }, { at: paidAt }));
    expect(remainder(payment)).toBe(10_055);
    const asking = { refundId: 'r1', reason: 'x', amount: { minor: 1_000, currency: 'EUR' } };
    expect(refusalOfRefund(payment, 'paid', asking)?.detail).toBe('the payment was made in USD');
    const half = polled(
      { status: 'partially_refunded', ...euro, refundedAmount: '46.20' },
      { at: paidAt + minute },
    );
    expect(remainder(met(payment, half))).toBe(5_027);
  });

  it('leaves the fee on top with the platform', () => {
    const onTop = { paymentAmount: '102.56', processedAmount: '102.56', fee: '2.01' };
    const payment = lived(inputOf(), polled({ status: 'processed', ...onTop }, { at: paidAt }));
    expect(remainder(payment)).toBe(10_055);
    const back = polled({ status: 'refunded', ...onTop, refundedAmount: '100.55' }, { at: paidAt + minute });
    expect([remainder(met(payment, back)), decide(met(payment, back)).status]).toEqual([0, 'refunded']);
  });

  it('is nothing of a payment in review, charged back, or not paid', () => {
    const asking = { refundId: 'r1', reason: 'x' };
    for (const status of ['review', 'charged_back'] as const)
      expect(refusalOfRefund(start(), status, asking)?.type).toBe('WrongState');
    expect(refusalOfRefund(lived(inputOf()), 'awaiting_payment', asking)?.type).toBe('WrongState');
  });
});

describe('a refund asked for again', () => {
  it('is the same one, whatever became of it, and refused with another amount', () => {
    const payment = met(asked(start(), 'r1', 3_000), accepted('r1'));
    const again = { refundId: 'r1', reason: 'x' };
    expect(refusalOfRefund(payment, 'refunding', again)).toBeNull();
    expect(refundFor(payment, again)).toBeNull();
    expect(refusalOfRefund(payment, 'refunding', { ...again, amount: usd(3_000) })).toBeNull();
    expect(refusalOfRefund(payment, 'refunding', { ...again, amount: usd(3_001) })?.type).toBe(
      'RefundDiffers',
    );
  });
});
