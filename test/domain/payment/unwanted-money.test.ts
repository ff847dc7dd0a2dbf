import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment, Policy } from '../../../src/domain/payment/payment.ts';
import {
  created,
  createdAt,
  inputOf,
  lived,
  met,
  polled,
  refundAccepted,
  resolved,
  refundRefused,
} from '../../support/payment-facts.ts';

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

/** The customer has chosen twice, and can pay either. */
const two = (policy: Partial<Policy>, ...events: PaymentEvent[]) =>
  lived(
    inputOf({}, policy),
    { kind: 'method_chosen', choice: { service: 'payment_card_usd_hpp', serviceFields: {} } },
    created({}, { attempt: 2, at: at(1) }),
    ...events,
  );

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
    const accepted = refundAccepted('auto-1', at(3));
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
  const twice = (paidTwice: Policy['paidTwice'], ...more: PaymentEvent[]) => two({ paidTwice }, ...more);

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
    const accepted = refundAccepted(refundId, at(5));
    const back = polled({ status: 'refunded' }, { attempt: number, at: at(6) });
    const over = met(payment, accepted, back);
    expect(standing(over)).toMatchObject({ status: 'paid', told: ['paid', 'paid'] });
  });

  it('is paid once where one of both was given back otherwise', () => {
    const back = polled({ status: 'refunded' }, { attempt: 2, at: at(4) });
    expect(decide(twice('review', paid(2, 2), paid(3, 1), back)).status).not.toBe('review');
  });
});

describe('an order that was given up stays given up, whatever becomes of its money', () => {
  const back = (attempt: number, minutes: number, more = {}) =>
    polled(
      { status: 'refunded', refundedAmount: '100.55', processed: at(minutes - 1) / 1000, ...more },
      { attempt, at: at(minutes) },
    );
  const done = (refundId: string, minutes: number): PaymentEvent[] => [
    refundAccepted(refundId, at(minutes)),
    back(1, minutes + 1),
  ];
  const bothExpired = [expired, polled({ status: 'expired' }, { attempt: 2, at: at(1) })];

  it.each<[string, PaymentEvent, string[]]>([
    ['refunded in the dashboard', back(1, 5), ['review', 'canceled', 'refunded']],
    [
      'charged back',
      polled({ status: 'charged_back', chargedBackAmount: '100.55' }, { at: at(5) }),
      ['review', 'canceled', 'charged_back'],
    ],
    [
      'charged back in part',
      polled({ status: 'partially_charged_back', chargedBackAmount: '1' }, { at: at(5) }),
      ['review'],
    ],
  ])('canceled, paid, reviewed, then %s: never told paid', (_, event, told) => {
    const payment = lived(input({ paidAfterCancel: 'review' }), canceled, paid(2), event);
    expect(standing(payment).told).toEqual(told);
  });

  it('canceled, and seen only once it was paid and refunded: never told paid', () => {
    const payment = lived(input({ paidAfterCancel: 'review' }), canceled, back(1, 5));
    expect(standing(payment)).toMatchObject({ status: 'refunded', told: ['canceled', 'refunded'] });
  });

  it('canceled, paid, and accepted by an operator: paid, also where it is refunded later', () => {
    const accepted = resolved(lived(input({ paidAfterCancel: 'review' }), canceled, paid(2)), 'accept');
    expect(standing(met(accepted, back(1, 5))).told).toEqual(['review', 'paid', 'refunded']);
  });

  it('a second attempt that is paid after the first went back goes back as well', () => {
    const payment = two({}, canceled, paid(2), ...done('auto-1', 3), paid(6, 2));
    expect(standing(payment)).toEqual({
      status: 'refunding',
      told: ['canceled', 'refunded'],
      refunds: ['auto-1 by rule', 'auto-2 by rule'],
    });
  });

  it('the same of late money, by the rule', () => {
    const rule = { latePayment: 'refund' } as const;
    const payment = two(rule, ...bothExpired, paid(2), ...done('auto-1', 3), paid(6, 2));
    expect(standing(payment)).toMatchObject({ status: 'refunding', told: ['expired', 'refunded'] });
  });

  it('the same of late money that an operator sent back: a review of the second', () => {
    const first = resolved(two({}, ...bothExpired, paid(2)), 'refund');
    const payment = met(first, ...done('auto-1', 3), paid(6, 2));
    const told = ['expired', 'review', 'refunded', 'review'];
    expect(standing(payment)).toMatchObject({ status: 'review', told });
  });

  it('a refund that fails after all is put before a person, and made again by their decision', () => {
    const failed = polled({ status: 'refund_failed', refundedAmount: '0' }, { at: at(9) });
    const payment = lived(input(), canceled, paid(2), ...done('auto-1', 3), failed);
    expect(standing(payment)).toMatchObject({ status: 'review', told: ['canceled', 'refunded', 'review'] });
    const again = resolved(payment, 'refund');
    expect(standing(again).status).toBe('refunding');
    expect(again.refunds.map(({ refundId }) => refundId)).toEqual(['auto-1', 'auto-1-2']);
  });

  it.each([
    ['refund', 'refunding'],
    ['review', 'review'],
  ] as const)(
    'paid, refunded by the shop, then paid by another attempt; PAID_TWICE=%s',
    (paidTwice, status) => {
      const payment = two({ paidTwice }, paid(2), back(1, 4), paid(6, 2));
      expect(standing(payment).status).toBe(status);
      expect(standing(payment).told.slice(0, 2)).toEqual(['paid', 'refunded']);
      expect(standing(payment).told).toHaveLength(paidTwice === 'review' ? 3 : 2);
    },
  );

  it('late money in review of which a part went back stays in review', () => {
    const part = polled({ status: 'partially_refunded', refundedAmount: '1.00' }, { at: at(5) });
    const payment = lived(input(), expired, paid(2), part);
    expect(standing(payment)).toMatchObject({ status: 'review', told: ['expired', 'review'] });
    expect(standing(resolved(payment, 'accept')).told).toEqual(['expired', 'review', 'partially_refunded']);
  });

  it('money in another currency is all back where the platform says so, though a unit went with the rounding', () => {
    const yen = { serviceCurrency: 'JPY', paymentAmount: '15007', processedAmount: '15007' };
    const returned = polled({ status: 'refunded', ...yen, refundedAmount: '15006' }, { at: at(4) });
    const payment = lived(input(), canceled, paid(2, 1, yen), ...done('auto-1', 3).slice(0, 1), returned);
    expect(standing(payment)).toEqual({
      status: 'refunded',
      told: ['canceled', 'refunded'],
      refunds: ['auto-1 by rule'],
    });
  });

  it('a last unit that the platform refuses to give back is asked for once, and then a person decides', () => {
    const yen = { serviceCurrency: 'JPY', paymentAmount: '15007', processedAmount: '15007' };
    const rest = polled({ status: 'partially_refunded', ...yen, refundedAmount: '15005' }, { at: at(4) });
    const refused = (refundId: string) =>
      refundRefused(refundId, at(4), [{ field: 'amount', message: 'This value should be 0.00 or less.' }]);
    const payment = lived(
      input(),
      canceled,
      paid(2, 1, yen),
      ...done('auto-1', 3).slice(0, 1),
      rest,
      refused('auto-1-2'),
    );
    expect(standing(payment)).toEqual({
      status: 'review',
      told: ['canceled', 'review'],
      refunds: ['auto-1 by rule', 'auto-1-2 by rule'],
    });
    const again = met(resolved(payment, 'refund'), refused('auto-1-3'));
    expect(standing(again)).toMatchObject({ status: 'review' });
    expect(again.refunds).toHaveLength(3);
    expect(standing(resolved(again, 'accept'))).toMatchObject({ status: 'partially_refunded' });
  });

  it('a refund by rule that was refused is no finding once its money went back otherwise', () => {
    const payment = lived(input(), canceled, paid(2), refundRefused('auto-1'));
    expect(standing(payment)).toMatchObject({ status: 'review', told: ['canceled', 'review'] });
    expect(standing(met(payment, back(1, 9)))).toMatchObject({
      status: 'refunded',
      told: ['canceled', 'review', 'refunded'],
    });
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
    const refused = refundRefused('auto-1');
    const part = polled(
      { status: 'partially_refunded', processedAmount: '90', refundedAmount: '40' },
      { at: at(9) },
    );
    const again = resolved(met(payment, refused, part), 'refund');
    expect(again.refunds.at(-1)).toMatchObject({ refundId: 'auto-1-2', amount: { minor: 5_000 } });
  });
});
