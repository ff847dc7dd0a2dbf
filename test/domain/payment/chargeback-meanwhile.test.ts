import { expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import { met, polled } from '../../support/payment-facts.ts';
import { accepted, asked, minute, paidAt, refundsOf, start, told } from '../../support/refund-facts.ts';

const losing = (chargedBackAmount: string, minutes: number, refundedAmount: string | null = null) =>
  polled(
    { status: 'partially_charged_back', processedAmount: '100.55', refundedAmount, chargedBackAmount },
    { at: paidAt + minutes * minute },
  );

it('tells a chargeback each time it grows, while a refund is on its way, too', () => {
  let payment = met(asked(start(), 'r1', 3_000), accepted('r1'), losing('10', 5));
  payment = met(payment, accepted('r1', paidAt + 6 * minute, { isNew: false }), losing('25', 8));
  payment = met(payment, accepted('r1', paidAt + 9 * minute, { isNew: false }), losing('25', 9));
  expect([decide(payment).status, refundsOf(payment)]).toEqual(['refunding', ['r1 pending']]);
  expect(told(payment)).toEqual(['paid', 'partially_charged_back', 'partially_charged_back']);
  const again = accepted('r1', paidAt + 10 * minute, { isNew: false });
  const done = met(payment, again, losing('25', 12, '30'));
  expect([told(done).length, refundsOf(done)]).toEqual([4, ['r1 processed']]);
});
