import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment, Policy } from '../../../src/domain/payment/payment.ts';
import { created, createdAt, inputOf, lived, met, polled, resolved } from '../../support/payment-facts.ts';

const at = (minutes: number): number => createdAt + minutes * 60_000;
const canceled: PaymentEvent = { kind: 'cancel_requested', reason: 'sold out' };
const expired = polled({ status: 'expired' }, { at: at(1) });
const paid = (minutes: number, attempt = 1, more = {}) =>
  polled({ status: 'processed', processed: at(minutes) / 1000, ...more }, { attempt, at: at(minutes) });
const standing = (payment: Payment) => ({
  status: decide(payment).status,
  told: payment.told.map(({ status }) => status),
  refunds: payment.refunds.map(({ refundId, askedBy }) => `${refundId} by ${askedBy}`),
});
const input = (policy: Partial<Policy> = {}, terms = {}) => inputOf({ maxAttempts: 1, ...terms }, policy);

describe('money that comes after the order was told unpaid (LATE_PAYMENT)', () => {
  it.each<[Policy['latePayment'], ReturnType<typeof standing>]>([
    ['accept', { status: 'paid', told: ['expired', 'paid'], refunds: [] }],
    ['refund', { status: 'refunding', told: ['expired'], refunds: ['auto-1 by rule'] }],
    ['review', { status: 'review', told: ['expired', 'review'], refunds: [] }],
  ])('%s', (latePayment, expected) => {
    expect(standing(lived(input({ latePayment }), expired, paid(2)))).toEqual(expected);
  });

  it('that is to go back is never paid, not even before its refund is registered', () => {
    const seen = apply(lived(input({ latePayment: 'refund' }), expired), paid(2));
    expect(decide(seen)).toMatchObject({ status: 'refunding', action: { kind: 'register_refund' } });
  });

  it('that goes back is told as it does, and never as paid', () => {
    const back = polled({ status: 'refunded' }, { at: at(4) });
    const accepted: PaymentEvent = {
      kind: 'refund_accepted',
      refundId: 'auto-1',
      at: at(3),
      isNew: true,
      progress: 'under_way',
    };
    const payment = lived(input({ latePayment: 'refund' }), expired, paid(2), accepted, back);
    expect(standing(payment)).toMatchObject({ status: 'refunded', told: ['expired', 'refunded'] });
  });

  it('goes back by the rule though something of it went back by itself', () => {
    const part = polled({ status: 'partially_refunded', refundedAmount: '30' }, { at: at(2) });
    const payment = lived(input({ latePayment: 'refund' }), expired, part);
    expect(payment.refunds.map(({ amount }) => amount.minor)).toEqual([7_055]);
  });

  it('of both attempts goes back where an operator says so', () => {
    const both = lived(
      inputOf(),
      polled({ status: 'process_failed' }, { at: at(1) }),
      { kind: 'method_chosen', choice: { service: 'payment_card_usd_hpp', serviceFields: {} } },
      created({}, { attempt: 2, at: at(2) }),
      polled({ status: 'expired' }, { attempt: 2, at: at(3) }),
      paid(4),
      paid(5, 2),
    );
    expect(standing(both)).toMatchObject({ status: 'review', told: ['expired', 'review'] });
    const refunding = resolved(both, 'refund');
    expect(standing(refunding).refunds).toEqual(['auto-1 by operator', 'auto-2 by operator']);
    expect(standing(refunding).told).not.toContain('paid');
  });
});

describe('money that comes while the order is given up (PAID_AFTER_CANCEL)', () => {
  it.each<[Policy['paidAfterCancel'], ReturnType<typeof standing>]>([
    ['refund', { status: 'refunding', told: ['canceled'], refunds: ['auto-1 by rule'] }],
    ['review', { status: 'review', told: ['review'], refunds: [] }],
  ])('%s', (paidAfterCancel, expected) => {
    expect(standing(lived(input({ paidAfterCancel }), canceled, paid(2)))).toEqual(expected);
  });

  it('is by this rule, too, where `canceled` was told before', () => {
    const policy = { latePayment: 'accept', paidAfterCancel: 'refund' } as const;
    expect(standing(lived(input(policy), canceled, expired, paid(2)))).toMatchObject({
      status: 'refunding',
      told: ['canceled'],
    });
  });

  it('is none where only a card was verified: the order stays canceled', () => {
    const verified = polled({ status: 'verified' }, { at: at(2) });
    expect(standing(lived(input({}, { flow: 'verify' }), canceled, verified))).toEqual({
      status: 'canceled',
      told: ['canceled'],
      refunds: [],
    });
  });
});

describe('an order that is paid twice (PAID_TWICE)', () => {
  const twice = (paidTwice: Policy['paidTwice'], ...more: PaymentEvent[]) =>
    lived(
      inputOf({}, { paidTwice }),
      { kind: 'method_chosen', choice: { service: 'payment_card_usd_hpp', serviceFields: {} } },
      created({}, { attempt: 2, at: at(1) }),
      ...more,
    );

  it('is a review, of both', () => {
    const payment = twice('review', paid(2, 2), paid(3, 1));
    expect(standing(payment)).toMatchObject({ status: 'review', told: ['paid', 'review'] });
  });

  it.each([
    ['the first attempt first', paid(2, 1), paid(3, 2), 'auto-2'],
    ['the second attempt first', paid(2, 2), paid(3, 1), 'auto-1'],
    // The customer paid the second attempt before the first, whichever was seen first.
    ['seen in the other order', paid(3, 1), paid(2, 2), 'auto-1'],
  ])('gives the later payment back: %s', (_, one, other, refundId) => {
    const payment = twice('refund', one, other);
    expect(payment.refunds.map((it) => it.refundId)).toEqual([refundId]);
    expect(standing(payment).status).toBe('refunding');
    const number = Number(refundId.slice(-1));
    const accepted: PaymentEvent = {
      kind: 'refund_accepted',
      refundId,
      at: at(5),
      isNew: true,
      progress: 'under_way',
    };
    const back = polled({ status: 'refunded' }, { attempt: number, at: at(6) });
    const over = met(payment, accepted, back);
    expect(standing(over)).toMatchObject({ status: 'paid', told: ['paid', 'paid'] });
  });

  it('is paid once where one of both was given back otherwise', () => {
    const back = polled({ status: 'refunded' }, { attempt: 2, at: at(4) });
    expect(decide(twice('review', paid(2, 2), paid(3, 1), back)).status).not.toBe('review');
  });
});

describe('what an operator decides', () => {
  const late = () =>
    lived(input({ latePayment: 'accept' }), polled({ status: 'processed', processedAmount: '90' }));

  it.each([
    ['accept', 'paid'],
    ['reject', 'failed'],
    ['refund', 'refunding'],
  ] as const)('goes before the rules: %s', (decision, status) => {
    expect(standing(resolved(late(), decision)).status).toBe(status);
  });

  it('to refund stands until all is back: part of it is not the end', () => {
    const payment = resolved(late(), 'refund');
    expect(payment.refunds.map(({ amount }) => amount.minor)).toEqual([9_000]);
    const refused: PaymentEvent = { kind: 'refund_refused', refundId: 'auto-1', messages: [] };
    const part = polled(
      { status: 'partially_refunded', processedAmount: '90', refundedAmount: '40' },
      { at: at(9) },
    );
    const again = resolved(met(payment, refused, part), 'refund');
    expect(again.refunds.at(-1)).toMatchObject({ refundId: 'auto-1-2', amount: { minor: 5_000 } });
  });
});
