import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { toView } from '../../../src/domain/payment/payment-view.ts';
import { refundFor } from '../../../src/domain/payment/refunding.ts';
import { hourMs } from '../../../src/domain/time.ts';
import { after, created, createdAt, met, passed, polled, resolved } from '../../support/payment-facts.ts';

const paidAt = createdAt + 60_000;
const overdueAt = paidAt + 73 * hourMs;

const shows = (status: string, refundedAmount: string | null, at: number): PaymentEvent =>
  polled({ status, processedAmount: '100.55', refundedAmount }, { at });
type Accepted = Extract<PaymentEvent, { kind: 'refund_accepted' }>;
const accepted = (refundId: string, at: number, more: Partial<Accepted> = {}): PaymentEvent => ({
  kind: 'refund_accepted',
  refundId,
  at,
  isNew: true,
  progress: 'under_way',
  ...more,
});

/** 30.00 that the platform is at for 73 hours, given up for a refund of the other 70.55. */
function givenUp(): Payment {
  const paid = met(after(created()), shows('processed', null, paidAt));
  const amount = { minor: 3_000, currency: 'USD' };
  const refund = refundFor(paid, { refundId: 'r1', amount, reason: 'returned' });
  if (!refund) throw new Error('nothing to refund');
  const overdue = met(
    paid,
    { kind: 'refund_registered', refund },
    accepted('r1', paidAt + 1_000),
    shows('refunding', null, paidAt + 5_000),
    passed(overdueAt),
  );
  return resolved(resolved(overdue, 'accept'), 'refund');
}

describe('a refund that an operator gave up, with another on its way', () => {
  it('is asked about when something has failed, and not taken for the money of the other', () => {
    const failed = met(
      givenUp(),
      accepted('auto-1', overdueAt + 1_000, { progress: 'done' }),
      shows('refund_failed', '70.55', overdueAt + hourMs),
    );
    expect(decide(failed).action).toMatchObject({ kind: 'ask_refund', refund: { refundId: 'r1' } });
    const answer = accepted('r1', overdueAt + 2 * hourMs, { isNew: false, progress: 'failed' });
    const { refunds } = toView(met(failed, answer));
    expect(refunds.slice(0, 2).map(({ refundId, status }) => [refundId, status])).toEqual([
      ['r1', 'refused'],
      ['auto-1', 'processed'],
    ]);
  });

  it('stays given up where the platform is still at it', () => {
    const failed = met(
      givenUp(),
      accepted('auto-1', overdueAt + 1_000),
      shows('refund_failed', null, overdueAt + hourMs),
    );
    const answer = accepted('r1', overdueAt + 2 * hourMs, { isNew: false, progress: 'under_way' });
    expect(met(failed, answer).refunds[0]?.life).toMatchObject({ state: 'abandoned' });
  });
});
