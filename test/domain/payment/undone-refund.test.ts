import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { met, remainder } from '../../support/payment-facts.ts';
import {
  accepted,
  asked,
  hour,
  minute,
  paidAt,
  refundsOf,
  shows,
  start,
  told,
} from '../../support/refund-facts.ts';

const days = (3 * 24 * hour) / minute;
const done = (refundId: string, minor: number, payment: Payment = start()): Payment => {
  const all = payment.refunds.reduce((sum, { amount }) => sum + amount.minor, minor);
  const status = all === 10_055 ? 'refunded' : 'partially_refunded';
  const at = 2 + 3 * payment.refunds.length;
  return met(
    asked(payment, refundId, minor),
    accepted(refundId, paidAt + at * minute),
    shows(status, (all / 100).toFixed(2), at + 1),
  );
};

describe('a refund that fails days after it was done', () => {
  it('is told as refused, and is in sight: its money can be refunded again', () => {
    const payment = met(done('r1', 10_055), shows('refund_failed', '0', days));
    expect(refundsOf(payment)).toEqual(['r1 refused']);
    expect(decide(payment)).toMatchObject({ status: 'paid', attention: 'refund-refused', isOver: false });
    expect([told(payment), remainder(payment)]).toEqual([['paid', 'refunded', 'paid'], 10_055]);
  });

  it('that a rule or an operator decided is put before a person', () => {
    const payment = done('auto', 10_055);
    const refunds = payment.refunds.map((refund) => ({ ...refund, askedBy: 'operator' as const }));
    const failed = met({ ...payment, refunds }, shows('refund_failed', null, days));
    expect(decide(failed).reviewReasons.map(({ key }) => key)).toEqual(['refund-refused/auto']);
  });

  it('is asked about where the total does not say which of several it was', () => {
    const two = done('r2', 2_500, done('r1', 2_500));
    const failed = met(two, shows('refund_failed', '25', days));
    expect(refundsOf(failed)).toEqual(['r1 pending', 'r2 pending']);
    const at = paidAt + (days + 1) * minute;
    const said = met(
      failed,
      accepted('r1', at, { isNew: false, progress: 'failed' }),
      accepted('r2', at, { isNew: false, progress: 'done' }),
    );
    expect([refundsOf(said), remainder(said)]).toEqual([['r1 refused', 'r2 processed'], 7_555]);
  });

  it('does not fail the one that is under way', () => {
    const next = met(asked(done('r1', 3_000), 'r2', 2_000), accepted('r2', paidAt + 6 * minute));
    expect(refundsOf(met(next, shows('refund_failed', '0', days)))).toEqual(['r1 refused', 'r2 pending']);
  });

  it('is none where the total shows it still', () => {
    expect(refundsOf(met(done('r1', 3_000), shows('refund_failed', '30', days)))).toEqual(['r1 processed']);
  });
});
