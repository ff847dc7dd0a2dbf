import { describe, expect, it } from 'vitest';
import { refusalOfResolve } from '../../../src/domain/payment/refusal-of-resolve.ts';
import { judgmentFor } from '../../../src/domain/payment/resolve.ts';
import { refusalOfExtension } from '../../../src/domain/payment/extend-watch.ts';
import { refusalOfRedelivery } from '../../../src/domain/payment/outcome-deliveries.ts';
import { apply } from '../../../src/domain/payment/apply.ts';
import { watchEndOf } from '../../../src/domain/payment/expiry.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { refusalOfRefund } from '../../../src/domain/payment/refusal-of-refund.ts';
import { hourMs } from '../../../src/domain/time.ts';
import {
  after,
  afterIn,
  atRest,
  created,
  createdAt,
  expiresAt,
  inputOf,
  lived,
  passed,
  polled,
  resolved,
  unanswered,
  refundRefused,
} from '../../support/payment-facts.ts';

const watchEnd = expiresAt + 24 * hourMs;
const silentIn = (input = inputOf()): Payment => afterIn(input, passed(watchEnd));
const silent = (): Payment => silentIn();
const extended = (hours: number, from: number): PaymentEvent => ({ kind: 'watch_extended', hours, from });
const endOf = (payment: Payment): number => {
  const [attempt] = payment.attempts;
  return attempt ? watchEndOf(payment, attempt) : NaN;
};
const reasonsOf = (payment: Payment): string[] => decide(payment).reviewReasons.map(({ text }) => text);
const told = (payment: Payment): string[] => payment.told.map(({ status }) => status);
const at = (minutes: number): number => createdAt + minutes * 60_000;
const under = { status: 'processed', processedAmount: '100.54' } as const;
const once = inputOf({ maxAttempts: 1 });

describe('extending the watch', () => {
  it('adds hours to the end of the watch, or to now where that is later', () => {
    expect(endOf(after())).toBe(watchEnd);
    expect(endOf(after(passed(expiresAt + hourMs), extended(10, expiresAt + hourMs)))).toBe(
      watchEnd + 10 * hourMs,
    );
    expect(endOf(after(passed(watchEnd), extended(10, watchEnd + 5 * hourMs)))).toBe(watchEnd + 15 * hourMs);
    expect(endOf(after(extended(24, expiresAt), extended(24, expiresAt)))).toBe(watchEnd + 48 * hourMs);
  });

  it('takes a silent payment out of review, and back when the platform stays silent', () => {
    expect(reasonsOf(silent())).toEqual(['the platform said nothing final for 24 h']);
    const again = apply(silent(), extended(12, watchEnd));
    expect(decide(again).status).toBe('awaiting_payment');
    expect(reasonsOf(apply(again, passed(watchEnd + 12 * hourMs)))).toEqual([
      'the platform said nothing final for 36 h',
    ]);
  });

  it('is polled until then', () => {
    const answered = polled({ updated: createdAt / 1000 }, { at: watchEnd });
    const again = after(answered, extended(1, watchEnd));
    expect(decide(again).next?.at).toBeLessThanOrEqual(watchEnd + hourMs / 4);
    const { action, next } = decide(after(passed(watchEnd)));
    expect([action?.kind, next !== null]).toEqual(['decide_outcome', true]);
  });

  it('is for payments that the platform is silent about', () => {
    expect(refusalOfExtension(after())?.detail).toContain('it is watched until 2026-11-24T10:30:00Z anyway');
    expect(refusalOfExtension(after(unanswered({ at: expiresAt - 1 })))).toBeNull();
    expect(refusalOfExtension(after(passed(expiresAt)))).toBeNull();
    expect(refusalOfExtension(silent())).toBeNull();
    const paid = after(polled({ status: 'processed' }));
    expect(refusalOfExtension(paid)?.detail).toBe('the payment is paid: there is nothing to watch');
    const differing = after(passed(watchEnd), polled({ status: 'process_pending', amount: '1.00' }));
    expect(refusalOfExtension(differing)?.detail).toContain('in review for more than silence: ');
  });
});

describe('a review of silence', () => {
  it('dies with the silence', () => {
    const expired = atRest(apply(atRest(silentIn(once)), polled({ status: 'expired' })));
    expect([decide(expired).status, told(expired)]).toEqual(['expired', ['review', 'expired']]);
  });

  it.each<['accept' | 'refund' | 'review', string, string[]]>([
    ['accept', 'paid', ['review', 'failed', 'paid']],
    ['refund', 'refunding', ['review', 'failed']],
    ['review', 'review', ['review', 'failed', 'review']],
  ])('that was rejected, then paid, is what LATE_PAYMENT %s says', (latePayment, status, outcomes) => {
    const input = inputOf({ maxAttempts: 1 }, { latePayment });
    const rejected = resolved(atRest(silentIn(input)), 'reject', 'no money');
    expect(decide(rejected)).toMatchObject({ status: 'failed', decidedBy: 'operator', reason: 'no money' });
    const paid = atRest(apply(rejected, polled({ status: 'processed' })));
    expect([decide(paid).status, told(paid)]).toEqual([status, outcomes]);
    expect(paid.refunds.map(({ refundId }) => refundId)).toEqual(latePayment === 'refund' ? ['auto-1'] : []);
  });

  it('that was accepted is paid, though the platform shows no money', () => {
    const accepted = resolved(atRest(silent()), 'accept');
    expect([decide(accepted).status, toPaymentView(accepted).money]).toEqual(['paid', null]);
  });
});

describe('a mismatch', () => {
  const paidUnder = () => lived(once, polled(under, { at: at(1) }));

  it('that was accepted is paid with what the platform says: refunds and chargebacks as of any other', () => {
    const accepted = resolved(paidUnder(), 'accept');
    expect(toPaymentView(accepted)).toMatchObject({
      status: 'paid',
      decidedBy: 'operator',
      money: { paid: '100.54' },
    });
    const asking = { refundId: 'r1', reason: 'x', amount: { minor: 10_054, currency: 'USD' } };
    expect(refusalOfRefund(accepted, 'paid', asking)).toBeNull();
    expect(
      refusalOfRefund(accepted, 'paid', { ...asking, amount: { minor: 10_055, currency: 'USD' } }),
    ).not.toBeNull();
    const back = polled({ ...under, status: 'charged_back' }, { at: at(9) });
    expect(told(atRest(apply(accepted, back)))).toEqual(['review', 'paid', 'charged_back']);
  });

  it('that was rejected ends as without its money: failed, or canceled where it was canceled', () => {
    expect(decide(resolved(paidUnder(), 'reject', 'not ours'))).toMatchObject({
      status: 'failed',
      reason: 'not ours',
    });
    const canceled = lived(
      once,
      { kind: 'cancel_requested', reason: 'sold out' },
      polled(under, { at: at(1) }),
    );
    const rejected = resolved(canceled, 'reject', 'not ours');
    expect(decide(rejected)).toMatchObject({ status: 'canceled', reason: 'sold out' });
  });

  it('is a new one where other money comes after the decision, and none where the same is said again', () => {
    for (const decision of ['accept', 'reject'] as const) {
      const judged = resolved(paidUnder(), decision);
      const same = polled(under, { at: at(5) });
      expect(decide(apply(judged, same)).reviewReasons).toEqual([]);
      const other = polled({ ...under, processedAmount: '50' }, { at: at(5) });
      expect(decide(apply(judged, other)).status).toBe('review');
    }
  });

  it('of an open invoice that was accepted stays to be paid', () => {
    const open = lived(once, polled({ amount: '1.00' }, { at: at(1) }));
    expect(decide(open).status).toBe('review');
    const { key } = decide(open).reviewReasons[0] ?? { key: '' };
    expect(decide(resolved(open, 'accept')).status).toBe('awaiting_payment');
    expect(judgmentFor(open, { decision: 'accept', by: 'ann', why: 'x' })).toMatchObject({
      keys: [key],
      about: [{ attempt: 1, worth: -1 }],
    });
  });
});

describe('a refund that an operator decided', () => {
  const canceledAndPaid = () =>
    lived(once, { kind: 'cancel_requested', reason: 'x' }, polled({ status: 'processed' }, { at: at(1) }));

  it('is one more number after each refusal, each refusal a finding, and never paid', () => {
    let payment = canceledAndPaid();
    const numbers: string[] = [];
    for (const refundId of ['auto-1', 'auto-1-2', 'auto-1-3']) {
      numbers.push(...payment.refunds.slice(-1).map((it) => it.refundId));
      expect(decide(payment).status).toBe('refunding');
      payment = atRest(apply(payment, refundRefused(refundId)));
      expect(decide(payment).reviewReasons.map(({ key }) => key)).toEqual([`refund-refused/${refundId}`]);
      expect(refusalOfResolve(payment, 'refund')).toBeNull();
      payment = resolved(payment, 'refund');
    }
    expect(numbers).toEqual(['auto-1', 'auto-1-2', 'auto-1-3']);
    expect(payment.refunds.map(({ askedBy }) => askedBy)).toEqual([
      'rule',
      'operator',
      'operator',
      'operator',
    ]);
    expect(told(payment)).not.toContain('paid');
  });

  it('can be given up: the payment then keeps its money', () => {
    const payment = atRest(apply(canceledAndPaid(), refundRefused('auto-1')));
    expect(decide(resolved(payment, 'accept')).status).toBe('paid');
    expect(decide(resolved(payment, 'reject')).status).toBe('canceled');
  });

  it('that has no end for 72 h is given up where the operator accepts, and goes on where not', () => {
    const stuck = atRest(apply(canceledAndPaid(), passed(at(1) + 73 * hourMs)));
    expect(decide(stuck).reviewReasons.map(({ key }) => key)).toEqual([
      expect.stringMatching(/^refund-overdue\/auto-1\/\d+\/1$/),
    ]);
    const given = resolved(stuck, 'accept');
    expect([toPaymentView(given).refunds[0]?.status, decide(given).status]).toEqual(['refused', 'paid']);
    const goesOn = resolved(stuck, 'refund');
    expect([goesOn.refunds[0]?.life.state, decide(goesOn).status]).toEqual(['asked', 'refunding']);
  });

  it('needs money that the platform shows', () => {
    expect(refusalOfResolve(silent(), 'refund')?.detail).toContain('there is nothing to refund');
    expect(refusalOfResolve(silent(), 'accept')).toBeNull();
    expect(refusalOfResolve(lived(once, polled(under)), 'refund')).toBeNull();
  });
});

describe('an operator', () => {
  it('has nothing to resolve without a finding, and nothing to send that was taken', () => {
    expect(refusalOfResolve(after(), 'accept')?.detail).toBe(
      'the payment is awaiting_payment: there is nothing to resolve',
    );
    expect(refusalOfRedelivery(lived(once, polled({ status: 'processed' })))?.detail).toBe(
      'the order service has taken every outcome',
    );
  });

  it('has an outcome sent again that was parked, or is waited for', () => {
    const paid = after(polled({ status: 'processed' }));
    const { action } = decide(paid);
    if (action?.kind !== 'decide_outcome') throw new Error('nothing to tell');
    const waiting = apply(paid, { kind: 'outcome_decided', told: action.told });
    expect(refusalOfRedelivery(waiting)).toBeNull();
    const refused = { kind: 'delivery_failed', place: 0, at: at(2), why: '410', acceptedBy: [] } as const;
    const gone: PaymentEvent = { ...refused, gone: true };
    const parked = apply(waiting, gone);
    expect(decide(parked)).toMatchObject({ status: 'paid', attention: 'outcome-parked', isOver: false });
    const again = apply(parked, { kind: 'redelivery_asked' });
    expect(decide(again)).toMatchObject({ attention: null, action: { kind: 'deliver' } });
  });

  it('decides about the reasons for review that are there, both payments of an order at once', () => {
    const twice = lived(
      inputOf(),
      polled({ status: 'process_failed' }, { at: at(1) }),
      { kind: 'method_chosen', choice: { service: 'payment_card_usd_hpp', serviceFields: {} } },
      created({}, { attempt: 2, at: at(2) }),
      polled({ status: 'processed' }, { attempt: 2, at: at(3) }),
      polled({ status: 'processed', processed: at(4) / 1000 }, { attempt: 1, at: at(4) }),
    );
    expect(decide(twice).reviewReasons.map(({ key }) => key)).toHaveLength(1);
    const kept = resolved(twice, 'accept');
    expect(decide(kept).status).toBe('paid');
    expect(toPaymentView(kept).money).toMatchObject({ paid: '201.10' });
  });
});
