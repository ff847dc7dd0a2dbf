import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { mayChoose } from '../../../src/domain/payment/may-choose-method.ts';
import { openPayment } from '../../../src/domain/payment/payment.ts';
import { refusalOfCancel } from '../../../src/domain/payment/refusal-of-cancel.ts';
import { refusalOfResolve } from '../../../src/domain/payment/refusal-of-resolve.ts';
import { toOperatorView } from '../../../src/domain/payment/operator-view.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { hourMs, secondMs } from '../../../src/domain/time.ts';
import { at, paid, pages, refundsOf, told, choose } from '../../support/judgment-facts.ts';
import {
  created,
  expiresAt,
  inputOf,
  lived,
  met,
  passed,
  polled,
  refundAccepted,
  resolved,
  startedAt,
  withRefund,
} from '../../support/payment-facts.ts';

const hours = (count: number): number => at(70) + count * hourMs;

describe('a refund of the order service that has had no end', () => {
  const overdue = () => {
    const accepted = met(withRefund(lived(inputOf(), paid(60)), 'r1', 1_000), refundAccepted('r1', at(70)));
    return met(accepted, passed(hours(73)));
  };

  it('is asked for again where an operator says `refund`, and nothing else goes back', () => {
    const again = resolved(overdue(), 'refund');
    expect(decide(again)).toMatchObject({ status: 'refunding', reviewReasons: [] });
    const moving = refundAccepted('r1', hours(74), { isNew: false });
    const back = polled({ status: 'partially_refunded', refundedAmount: '10' }, { at: hours(75) });
    const over = met(again, moving, back);
    expect(refundsOf(over)).toEqual(['r1 10.00 processed']);
    expect([decide(over).status, told(over)]).toEqual([
      'partially_refunded',
      ['paid', 'review', 'partially_refunded'],
    ]);
  });

  it('is a reason for review again once another 72 h have passed', () => {
    const again = resolved(overdue(), 'refund');
    expect(decide(met(again, passed(hours(143)))).reviewReasons).toEqual([]);
    expect(decide(met(again, passed(hours(145)))).reviewReasons).toHaveLength(1);
  });
});

describe('a refund of the dashboard that has had no end', () => {
  it('cannot be asked for again: nothing goes back by a decision about it', () => {
    const stuck = lived(
      inputOf(),
      paid(60),
      polled({ status: 'refund_pending' }, { at: at(70) }),
      passed(hours(73)),
    );
    expect(decide(stuck).status).toBe('review');
    expect(refusalOfResolve(stuck, 'refund')?.detail).toContain('there is nothing to refund');
    const accepted = resolved(stuck, 'accept');
    expect([decide(accepted).status, accepted.refunds]).toEqual(['refunding', []]);
  });
});

describe('a mismatch of an open invoice that an operator accepts', () => {
  const hosts = { httpsOnly: false, hosts: ['pay.example'] };
  const stranger = (policy = {}) => lived(inputOf({ maxAttempts: 1 }, { redirects: hosts, ...policy }));
  const accepted = (policy = {}) => resolved(stranger(policy), 'accept', 'the host is fine');
  const expired = polled({ status: 'expired' }, { at: expiresAt + 60 * secondMs });

  it('leaves the order to be paid on the page that was accepted, and watched', () => {
    expect(toPaymentView(stranger())).toMatchObject({ status: 'review', redirect: null });
    expect(toPaymentView(accepted())).toMatchObject({
      status: 'awaiting_payment',
      redirect: { url: 'https://p' },
      money: null,
    });
    expect(told(accepted())).toEqual(['review']);
    expect(decide(accepted())).toMatchObject({ attention: null, isOver: false });
    expect(decide(accepted()).next?.what).toContain('the next poll of A1001');
  });

  it('leaves it to be paid, to expire and to become a review of silence', () => {
    expect(told(met(accepted(), paid(60)))).toEqual(['review', 'paid']);
    expect(told(met(accepted(), expired))).toEqual(['review', 'expired']);
    const silent = met(accepted(), passed(expiresAt + 24 * hourMs));
    expect(decide(silent).reviewReasons.map(({ text }) => text)).toEqual([
      'the platform said nothing final for 24 h',
    ]);
    expect(decide(resolved(silent, 'accept')).status).toBe('paid');
  });

  it('is no decision about money that comes when the order was given up', () => {
    const canceled = met(accepted(), { kind: 'cancel_requested', reason: 'sold out' }, paid(60));
    expect([decide(canceled).status, told(canceled)]).toEqual(['refunding', ['review', 'canceled']]);
    const late = met(accepted({ latePayment: 'refund' }), expired, paid(1_900));
    expect([decide(late).status, told(late)]).toEqual(['refunding', ['review', 'expired']]);
  });

  it('is paid with the other amount once the customer has paid that', () => {
    const other = lived(inputOf({ maxAttempts: 1 }), polled({ amount: '10.00' }, { at: at(10) }));
    const open = resolved(other, 'accept');
    expect(decide(open).status).toBe('awaiting_payment');
    const over = met(open, paid(60, 1, { amount: '10.00' }));
    expect(toPaymentView(over)).toMatchObject({ status: 'paid', money: { paid: '10.00' } });
  });

  it('is shown to nobody where it was rejected, though an earlier page is open', () => {
    const page = { url: 'https://elsewhere', method: 'GET', fields: {}, hppUrl: null } as const;
    const made = created({}, { attempt: 2, at: at(5) });
    if (made.kind !== 'invoice_created') throw new Error('no invoice');
    const strange = { ...made, invoice: { ...made.invoice, redirect: page } };
    const input = inputOf({}, { redirects: { httpsOnly: false, hosts: ['p'] } });
    const rejected = resolved(met(lived(input), choose, strange), 'reject');
    expect(toPaymentView(rejected).status).toBe('awaiting_payment');
    expect(toPaymentView(rejected).redirect?.url).not.toBe('https://elsewhere');
    expect(toOperatorView(rejected).attempts.map(({ redirectGiven }) => redirectGiven)).toEqual([
      true,
      false,
    ]);
  });

  it('has no redirect where the address is no URL of a page', () => {
    const script = { url: 'javascript:alert(1)', method: 'GET', fields: {}, hppUrl: null } as const;
    const made = created();
    if (made.kind !== 'invoice_created') throw new Error('no invoice');
    const odd = met(openPayment(inputOf(), startedAt), {
      ...made,
      invoice: { ...made.invoice, redirect: script },
    });
    expect(toPaymentView(resolved(odd, 'accept'))).toMatchObject({
      status: 'awaiting_payment',
      redirect: null,
    });
  });
});

describe('a rejection that is not about the money of the present attempt', () => {
  const declined = (seconds: number): PaymentEvent =>
    polled(
      { status: 'process_failed', resolution: 'declined', updated: at(15) / secondMs },
      { at: at(seconds) },
    );
  const called = (attempt: number): PaymentEvent => ({
    kind: 'woken',
    attempt,
    wakeUp: { source: 'callback', status: 'processed', updated: at(20) / secondMs, at: at(20) },
  });

  it('of money under a reference that was never made, leaves the customer the other attempts', () => {
    const stray = met(lived(inputOf()), called(3), paid(21, 3));
    const open = resolved(stray, 'reject');
    expect([decide(open).status, mayChoose(open)]).toEqual(['awaiting_payment', true]);
    expect(decide(met(open, declined(60))).status).toBe('choosing');
  });

  it('of a callback that the platform contradicts, leaves the customer the other attempts', () => {
    const looks = [21, 22, 24, 28, 36, 52].map(declined);
    const contradicted = met(lived(inputOf()), called(1), ...looks);
    expect(decide(contradicted).status).toBe('review');
    expect(decide(resolved(contradicted, 'reject')).status).toBe('choosing');
  });

  it('of an earlier attempt, leaves the customer the one that is open', () => {
    const half = paid(50, 1, {
      status: 'partially_processed',
      paymentAmount: '100.55',
      processedAmount: '50',
    });
    const rejected = resolved(met(pages(2), half), 'reject');
    expect([decide(rejected).status, mayChoose(rejected)]).toEqual(['awaiting_payment', true]);
  });

  it.each([
    ['paid in part', paid(50, 1, { status: 'partially_processed', processedAmount: '50' })],
    ['made out for another amount', polled({ amount: '1.00' }, { at: at(50) })],
  ])('ends the order where it is about the present one: %s', (_, event) => {
    const rejected = resolved(lived(inputOf(), event), 'reject');
    expect([decide(rejected).status, told(rejected)]).toEqual(['failed', ['review', 'failed']]);
  });
});

describe('canceling', () => {
  const canceled: PaymentEvent = { kind: 'cancel_requested', reason: 'sold out' };

  it('is refused in a review once the order was told its outcome', () => {
    const twice = met(pages(2), paid(50), paid(60, 2));
    expect([decide(twice).status, told(twice)]).toEqual(['review', ['paid', 'review']]);
    expect(refusalOfCancel(twice, 'review')?.detail).toBe(
      'the payment was told paid, and is in review: it cannot be canceled any more',
    );
  });

  it('is taken in a review before that, and where it is repeated', () => {
    const half = paid(50, 1, { status: 'partially_processed', processedAmount: '50' });
    expect(refusalOfCancel(lived(inputOf(), half), 'review')).toBeNull();
    const over = lived(inputOf(), canceled, polled({ status: 'expired' }));
    expect(refusalOfCancel(over, 'canceled')).toBeNull();
    expect(refusalOfCancel(lived(inputOf(), paid(50)), 'paid')?.detail).toContain('the payment is paid');
  });
});

describe('the reason of a refund that a rule decides', () => {
  it.each([
    [
      'paid twice',
      met(pages(2, { paidTwice: 'refund' }), paid(50), paid(60, 2)),
      'the order was paid before',
    ],
    [
      'given up',
      lived(inputOf(), { kind: 'cancel_requested', reason: 'sold out' }, paid(50)),
      'paid after the order was given up',
    ],
  ])('says the rule: %s', (_, payment, reason) => {
    expect(payment.refunds.map((refund) => refund.reason)).toEqual([reason]);
  });
});
