import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import { refundReferenceFor } from '../../../src/domain/payment/refund.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { met, passed, polled, remainder } from '../../support/payment-facts.ts';
import {
  minute,
  hour,
  paidAt,
  shows,
  asked,
  accepted,
  refused,
  lost,
  refundsOf,
  told,
  start,
} from '../../support/refund-facts.ts';

const failedWith30 = { status: 'refund_failed', processedAmount: '100.55', refundedAmount: '30' };

describe('the life of a refund', () => {
  it('is done when the total has grown by it above what had gone back before', () => {
    const dashboard = met(start(), shows('partially_refunded', '30', 1));
    const payment = met(asked(dashboard, 'r1', 3_000), accepted('r1'));
    expect(refundsOf(met(payment, shows('partially_refunded', '30', 5)))).toEqual(['r1 pending']);
    expect(refundsOf(met(payment, shows('partially_refunded', '59.99', 5)))).toEqual(['r1 pending']);
    const shown = met(payment, shows('partially_refunded', '60', 5));
    expect([refundsOf(shown), remainder(shown)]).toEqual([['r1 processed'], 4_055]);
  });

  it('whose request never arrived is asked for again under the same reference, and done only then', () => {
    const dashboard = met(start(), shows('partially_refunded', '30', 1));
    const payment = met(asked(dashboard, 'r1', 3_000), lost('r1'), shows('partially_refunded', '30', 3));
    expect(refundsOf(payment)).toEqual(['r1 pending']);
    const { action } = decide(met(payment, passed(paidAt + 10 * minute)));
    if (action?.kind !== 'ask_refund') throw new Error('it is not asked for again');
    expect(refundReferenceFor(action.watched, action.refund)).toBe('A1001-r-r1');
    const done = met(payment, accepted('r1', paidAt + 10 * minute), shows('partially_refunded', '60', 11));
    expect([refundsOf(done), remainder(done)]).toEqual([['r1 processed'], 4_055]);
  });

  it('counts those before it first: the total shows one after the other', () => {
    let payment = met(asked(start(), 'r1', 3_000), accepted('r1'));
    payment = met(asked(payment, 'r2', 3_000), accepted('r2', paidAt + 3 * minute));
    expect(refundsOf(met(payment, shows('partially_refunded', '30', 5)))).toEqual([
      'r1 processed',
      'r2 pending',
    ]);
    expect(refundsOf(met(payment, shows('partially_refunded', '60', 5)))).toEqual([
      'r1 processed',
      'r2 processed',
    ]);
  });

  it('is not over while the platform is at it, whatever its total counts', () => {
    const payment = met(asked(start(), 'r1', 3_000), accepted('r1'), shows('refunding', '30', 5));
    expect([refundsOf(payment), decide(payment).status]).toEqual([['r1 pending'], 'refunding']);
  });

  it('that failed leaves the sums; another one succeeds', () => {
    const failed = met(asked(start(), 'r1', 10_055), accepted('r1'), shows('refund_failed', null, 5));
    expect([refundsOf(failed), decide(failed).status]).toEqual([['r1 refused'], 'paid']);
    const other = met(
      asked(failed, 'r2'),
      accepted('r2', paidAt + 6 * minute),
      shows('refund_failed', null, 5),
    );
    expect(refundsOf(other)).toEqual(['r1 refused', 'r2 pending']);
    const done = met(other, shows('refunded', '100.55', 8));
    expect([refundsOf(done), told(done)]).toEqual([
      ['r1 refused', 'r2 processed'],
      ['paid', 'refunded'],
    ]);
  });

  it('that failed later than another does not take that back', () => {
    let payment = met(asked(start(), 'r1', 3_000), accepted('r1'), shows('partially_refunded', '30', 5));
    payment = met(
      asked(payment, 'r2', 2_000),
      accepted('r2', paidAt + 6 * minute),
      shows('refund_failed', '30', 7),
    );
    expect(refundsOf(payment)).toEqual(['r1 processed', 'r2 refused']);
    expect([decide(payment).status, remainder(payment)]).toEqual(['partially_refunded', 7_055]);
  });

  it('that the platform has said to be done is not failed by one of the dashboard', () => {
    const payment = met(asked(start(), 'r1', 3_000), accepted('r1', undefined, { progress: 'done' }));
    expect(refundsOf(payment)).toEqual(['r1 pending']);
    const failed = met(payment, shows('refund_pending', '30', 3), shows('refund_failed', '30', 4));
    expect(refundsOf(failed)).toEqual(['r1 processed']);
  });

  it.each([true, false])('that failed at once is not done by one of the dashboard (new: %s)', (isNew) => {
    const payment = asked(start(), 'r1', 3_000);
    const failed = met(payment, accepted('r1', undefined, { progress: 'failed', isNew }));
    expect(refundsOf(met(failed, shows('partially_refunded', '30', 3)))).toEqual(['r1 refused']);
  });

  it('is asked about once more where another may have failed, and is what the platform then says', () => {
    const done = met(asked(start(), 'r1', 3_000), accepted('r1'), shows('refund_failed', '30', 4));
    expect(decide(done).action).toMatchObject({ kind: 'ask_refund', refund: { refundId: 'r1' } });
    const at = paidAt + 5 * minute;
    const updated = (paidAt + 4 * minute) / 1_000;
    const stays = polled({ ...failedWith30, updated }, { at: at + minute });
    const said = (progress: 'done' | 'failed' | null) =>
      refundsOf(met(done, accepted('r1', at, { isNew: false, progress }), stays));
    expect([said('done'), said('failed'), said(null)]).toEqual([
      ['r1 processed'],
      ['r1 refused'],
      ['r1 processed'],
    ]);
  });

  it('is asked about where it was made beside one of the dashboard, which the totals may count', () => {
    const moving = met(start(), shows('refund_pending', '20', 1));
    const ended = met(asked(moving, 'r1', 3_000), accepted('r1'), shows('refund_failed', '30', 4));
    expect(decide(ended).action).toMatchObject({ kind: 'ask_refund' });
    const at = paidAt + 5 * minute;
    expect(refundsOf(met(ended, accepted('r1', at, { isNew: false, progress: 'done' })))).toEqual([
      'r1 processed',
    ]);
  });

  it('is failed where the bank took all of the money back before it', () => {
    const payment = met(asked(start(), 'r1', 3_000), accepted('r1'), shows('charged_back', null, 5));
    expect([refundsOf(payment), decide(payment).status]).toEqual([['r1 refused'], 'charged_back']);
  });

  it.each(['done', null] as const)(
    'whose answer was lost is done where the bank took only the rest (said of it: %s)',
    (progress) => {
      const restIsGone = { status: 'charged_back', processedAmount: '100.55', refundedAmount: '30' };
      const updated = (paidAt + 3 * minute) / 1_000;
      const rest = (minutes: number) =>
        polled({ ...restIsGone, chargedBackAmount: '70.55', updated }, { at: paidAt + minutes * minute });
      const payment = met(asked(start(), 'r1', 3_000), lost('r1'), rest(3));
      const answered = met(payment, accepted('r1', paidAt + 4 * minute, { isNew: false, progress }), rest(5));
      expect([refundsOf(answered), decide(answered).status]).toEqual([['r1 processed'], 'charged_back']);
    },
  );

  it('that was refused is in sight until another is on its way, or a person says so', () => {
    const payment = met(asked(start(), 'r1', 3_000), refused('r1'));
    expect(decide(payment)).toMatchObject({ status: 'paid', attention: 'refund-refused', isOver: false });
    expect(toPaymentView(payment).refunds[0]?.reason).toBe('amount: no');
    expect(decide(asked(payment, 'r2', 3_000)).attention).toBeNull();
    const seenTo = met(payment, { kind: 'refusals_acknowledged', refundIds: ['r1'] });
    expect(decide(seenTo)).toMatchObject({ attention: null, isOver: true });
    expect(decide(met(payment, shows('partially_refunded', '30', 9))).attention).toBeNull();
  });

  it('has patience: attention at once, a reason for review after 72 h, another after each 72 h more', () => {
    const payment = met(
      asked(start(), 'r1', 3_000),
      lost('r1', paidAt + 2 * minute, { type: 'CredentialsRejected', answer: 'forbidden' }),
    );
    expect(decide(payment).attention).toBe('credentials');
    const later = (hours: number) =>
      decide(met(payment, passed(paidAt + hours * hour))).reviewReasons.map(({ key }) => key);
    expect([later(71), later(73), later(145)]).toEqual([
      [],
      [expect.stringMatching(/^refund-overdue\/r1\/\d+\/1$/)],
      [expect.stringMatching(/^refund-overdue\/r1\/\d+\/2$/)],
    ]);
  });

  it('is asked for at growing pauses, one refund at a time', () => {
    const payment = asked(asked(start(), 'r1', 3_000), 'r2', 2_000);
    const now = decide(payment).action;
    expect(now?.kind === 'ask_refund' && now.refund.refundId).toBe('r1');
    expect(decide(met(payment, lost('r1'))).action).toBeNull();
    const second = decide(met(payment, accepted('r1'), shows('partially_refunded', '30', 5))).action;
    expect(second?.kind === 'ask_refund' && second.refund.refundId).toBe('r2');
  });

  it('is refused by a second 400, and by a late answer no more', () => {
    const bad = { type: 'ResultUnknown', answer: 'bad_request' };
    const once = met(asked(start(), 'r1', 3_000), lost('r1', paidAt + 2 * minute, bad));
    expect(refundsOf(once)).toEqual(['r1 pending']);
    const twice = met(once, lost('r1', paidAt + 4 * minute, bad));
    expect(refundsOf(twice)).toEqual(['r1 refused']);
    expect(refundsOf(met(twice, accepted('r1', paidAt + 5 * minute)))).toEqual(['r1 refused']);
  });

  it('that the total shows is done, though a second 400 refuses to do it twice', () => {
    const bad = { type: 'ResultUnknown', answer: 'bad_request' };
    const shown = met(asked(start(), 'r1', 3_000), lost('r1'), shows('partially_refunded', '30', 3));
    const ended = met(shown, lost('r1', paidAt + 4 * minute, bad), lost('r1', paidAt + 5 * minute, bad));
    expect([refundsOf(shown), refundsOf(ended)]).toEqual([['r1 pending'], ['r1 processed']]);
    expect(decide(ended).attention).toBeNull();
  });

  it('that only met 400s is refused, whatever the dashboard gave back meanwhile', () => {
    const bad = { type: 'ResultUnknown', answer: 'bad_request' };
    const once = met(asked(start(), 'r1', 3_000), lost('r1', paidAt + 2 * minute, bad));
    const other = met(once, shows('partially_refunded', '30', 3));
    expect(refundsOf(met(other, lost('r1', paidAt + 4 * minute, bad)))).toEqual(['r1 refused']);
  });
});
