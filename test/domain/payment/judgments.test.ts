import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { openPayment } from '../../../src/domain/payment/payment.ts';
import { refusalOfResolve } from '../../../src/domain/payment/resolve.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { hourMs, secondMs } from '../../../src/domain/time.ts';
import {
  created,
  createdAt,
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

const at = (seconds: number): number => createdAt + seconds * secondMs;
const hours = (count: number): number => at(70) + count * hourMs;
const paid = (seconds: number, attempt = 1, more = {}): PaymentEvent =>
  polled({ status: 'processed', processed: at(seconds) / secondMs, ...more }, { attempt, at: at(seconds) });
const told = (payment: Payment): string[] => payment.told.map(({ status }) => status);
const refundsOf = (payment: Payment): string[] =>
  toPaymentView(payment).refunds.map(
    ({ refundId, amount, status }) => `${refundId} ${amount.value} ${status}`,
  );

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
