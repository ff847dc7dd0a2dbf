import { describe, expect, it } from 'vitest';
import type { AnswerClass } from '../../../src/domain/invoice/directive-table.ts';
import type { FailureType } from '../../../src/domain/invoice/failure-type.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { hourMs } from '../../../src/domain/time.ts';
import {
  after,
  created,
  createdAt,
  failureOf,
  met,
  passed,
  polled,
  refundAccepted,
  remainder,
  resolved,
  withRefund,
} from '../../support/payment-facts.ts';

const paidAt = createdAt + 60_000;
const overdueAt = paidAt + 73 * hourMs;

const shows = (status: string, refundedAmount: string | null, at: number): PaymentEvent =>
  polled({ status, processedAmount: '100.55', refundedAmount }, { at });

/** 30.00 that the platform is at for 73 hours, given up for a refund of the other 70.55. */
function givenUp(): Payment {
  const paid = met(after(created()), shows('processed', null, paidAt));
  const overdue = met(
    withRefund(paid, 'r1', 3_000),
    refundAccepted('r1', paidAt + 1_000),
    shows('refunding', null, paidAt + 5_000),
    passed(overdueAt),
  );
  return withRefund(resolved(overdue, 'accept'), 'r2', 7_055);
}

const standing = (payment: Payment): string[][] =>
  toPaymentView(payment).refunds.map(({ refundId, status }) => [refundId, status]);

describe('a refund that an operator gave up, with another on its way', () => {
  it('has failed when something has, and is not taken for the money of the other', () => {
    const failed = met(
      givenUp(),
      refundAccepted('r2', overdueAt + 1_000, { progress: 'done' }),
      shows('refund_failed', '70.55', overdueAt + hourMs),
    );
    expect(standing(failed)).toEqual([
      ['r1', 'refused'],
      ['r2', 'processed'],
    ]);
  });

  it('leaves the total to the other, and is done by what is more', () => {
    const other = met(
      givenUp(),
      refundAccepted('r2', overdueAt + 1_000),
      shows('partially_refunded', '70.55', overdueAt + hourMs),
    );
    expect(standing(other)).toEqual([
      ['r1', 'refused'],
      ['r2', 'processed'],
    ]);
    expect(other.refunds[0]?.life.state).toBe('abandoned');
    expect(standing(met(other, shows('refunded', '100.55', overdueAt + 2 * hourMs)))).toEqual([
      ['r1', 'processed'],
      ['r2', 'processed'],
    ]);
  });

  it('stays given up where the platform is still at it', () => {
    const failed = met(
      givenUp(),
      refundAccepted('r2', overdueAt + 1_000),
      shows('refund_failed', null, overdueAt + hourMs),
    );
    const answer = refundAccepted('r1', overdueAt + 2 * hourMs, { isNew: false, progress: 'under_way' });
    expect(met(failed, answer).refunds[0]?.life).toMatchObject({ state: 'abandoned' });
  });
});

describe('a refund that was given up and that the platform cannot have', () => {
  const paid = (): Payment => met(after(created()), shows('processed', null, paidAt));
  const unanswered = (type: FailureType, answer: AnswerClass, at = paidAt + hourMs): PaymentEvent => ({
    kind: 'refund_unanswered',
    refundId: 'r1',
    at,
    failure: failureOf({ type, answer }),
  });
  const forbidden = unanswered('CredentialsRejected', 'forbidden');
  const accept = (payment: Payment): Payment => resolved(met(payment, passed(overdueAt)), 'accept');

  it.each([
    ['its credentials were rejected', forbidden],
    ['it was asked too often', unanswered('RateLimited', 'rate_limited')],
  ])('leaves all of the money to be refunded: %s', (_, answer) => {
    const given = accept(met(withRefund(paid(), 'r1', 10_055), answer));
    expect(toPaymentView(given).refunds).toMatchObject([
      { status: 'refused', reason: 'given up by an operator: seen' },
    ]);
    expect(remainder(given)).toBe(10_055);
    // The operator who gave it up has seen it.
    expect(decide(given)).toMatchObject({ status: 'paid', attention: null, isOver: true });
  });

  it('leaves the money of one that waited behind another and was never asked for', () => {
    const both = withRefund(
      met(withRefund(paid(), 'r1', 3_000), refundAccepted('r1', paidAt + 1_000)),
      'r2',
      2_000,
    );
    const given = accept(met(both, shows('refund_pending', null, paidAt + 5_000)));
    expect(remainder(given)).toBe(7_055);
    const done = met(given, shows('partially_refunded', '30', overdueAt + hourMs));
    expect(toPaymentView(done).refunds.map(({ status }) => status)).toEqual(['processed', 'refused']);
    expect(remainder(done)).toBe(7_055);
  });

  it.each([
    ['a lost answer', unanswered('ResultUnknown', 'no_answer')],
    ['a 500', unanswered('ResultUnknown', 'server_error')],
    ['a 400', unanswered('ResultUnknown', 'bad_request')],
  ])('is not that after %s, even before a rejection', (_, answer) => {
    expect(remainder(accept(met(withRefund(paid(), 'r1', 3_000), answer, forbidden)))).toBe(7_055);
  });

  it('is not that once the platform had accepted it, whatever it answers later', () => {
    const accepting = met(
      withRefund(paid(), 'r1', 3_000),
      refundAccepted('r1', paidAt + 1_000),
      shows('partially_charged_back', null, paidAt + 5_000),
      forbidden,
    );
    expect(remainder(accept(accepting))).toBe(7_055);
  });

  it.each<[string, PaymentEvent, string, number]>([
    ['accepted', refundAccepted('r1', overdueAt + 1_000), 'refused', 7_055],
    ['done', refundAccepted('r1', overdueAt + 1_000, { progress: 'done' }), 'pending', 7_055],
    ['unknown', unanswered('ResultUnknown', 'no_answer', overdueAt + 1_000), 'refused', 7_055],
    ['rejected', unanswered('CredentialsRejected', 'forbidden', overdueAt + 1_000), 'refused', 10_055],
  ])('is owed again where a call was under way, and the answer is: %s', (_, answer, status, left) => {
    const late = met(accept(met(withRefund(paid(), 'r1', 3_000), forbidden)), answer);
    expect(toPaymentView(late).refunds).toMatchObject([{ status }]);
    expect(remainder(late)).toBe(left);
    const done = met(late, shows('partially_refunded', '30', overdueAt + hourMs));
    if (left === 7_055) expect(toPaymentView(done).refunds).toMatchObject([{ status: 'processed' }]);
    expect(remainder(done)).toBe(7_055);
  });

  it.each<[string, PaymentEvent]>([
    ['409: failed', refundAccepted('r1', overdueAt + 2 * hourMs, { isNew: false, progress: 'failed' })],
    ['404', unanswered('Refused', 'not_found', overdueAt + 2 * hourMs)],
  ])('is released when the platform is asked for it again, and says so (%s)', (_, answer) => {
    const given = accept(met(withRefund(paid(), 'r1', 3_000), refundAccepted('r1', paidAt + 1_000)));
    const hidden = met(given, shows('partially_charged_back', null, overdueAt + hourMs));
    expect(decide(hidden).action).toMatchObject({ kind: 'ask_refund', refund: { refundId: 'r1' } });
    expect([remainder(hidden), remainder(met(hidden, answer))]).toEqual([7_055, 10_055]);
  });
});
