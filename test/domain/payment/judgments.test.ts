import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { refusalOfResolve } from '../../../src/domain/payment/resolve.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { hourMs, secondMs } from '../../../src/domain/time.ts';
import {
  createdAt,
  inputOf,
  lived,
  met,
  passed,
  polled,
  refundAccepted,
  resolved,
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
