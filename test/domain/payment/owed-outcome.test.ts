import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Outcome } from '../../../src/domain/payment/outcome.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { after, createdAt, inputOf, lived, passed, polled, resolved } from '../../support/payment-facts.ts';

const once = inputOf({ maxAttempts: 1 });
const at = (minutes: number): number => createdAt + minutes * 60_000;
const paid = { status: 'processed', processedAmount: '100.55' } as const;
const told = (payment: Payment): string[] => payment.told.map(({ status }) => status);

/** As it lives, with every outcome that is sent meanwhile. */
function listened(...events: readonly PaymentEvent[]): { payment: Payment; outcomes: Outcome[] } {
  const outcomes: Outcome[] = [];
  let payment = after();
  const step = (event: PaymentEvent): void => void (payment = apply(payment, event));
  for (const event of events) {
    step(event);
    for (let { action } = decide(payment); action; { action } = decide(payment)) {
      if (action.kind === 'register_refund') step({ kind: 'refund_registered', refund: action.refund });
      else if (action.kind === 'decide_outcome') step({ kind: 'outcome_decided', told: action.told });
      else if (action.kind === 'deliver') {
        outcomes.push(action.outcome);
        step({ kind: 'outcome_delivered', place: action.place, at: payment.clock });
      } else break;
    }
  }
  return { payment, outcomes };
}

describe('what the order service is told', () => {
  it('is nothing while nothing is decided, and each end once', () => {
    expect(told(lived(once, polled({}), passed(at(3))))).toEqual([]);
    expect(told(lived(once, polled(paid), polled(paid, { at: at(3) })))).toEqual(['paid']);
    expect(
      told(lived(once, polled({ status: 'expired' }), polled({ status: 'expired' }, { at: at(3) }))),
    ).toEqual(['expired']);
  });

  it('is told after every review, changed or not', () => {
    const under = { ...paid, processedAmount: '100.54' };
    const payment = lived(
      once,
      polled(paid, { at: at(1) }),
      polled({ ...under, status: 'refund_failed' }, { at: at(2) }),
    );
    expect(told(payment)).toEqual(['paid', 'review']);
    expect(told(resolved(payment, 'accept'))).toEqual(['paid', 'review', 'paid']);
  });

  it('is `expired` again where late money is not taken', () => {
    const late = lived(once, polled({ status: 'expired' }, { at: at(1) }), polled(paid, { at: at(2) }));
    expect(told(late)).toEqual(['expired', 'review']);
    expect(told(resolved(late, 'reject'))).toEqual(['expired', 'review', 'expired']);
    expect(told(resolved(late, 'accept'))).toEqual(['expired', 'review', 'paid']);
  });

  it('begins with how the order was decided, whatever was seen first of it', () => {
    expect(told(lived(once, polled({ status: 'refunded' })))).toEqual(['paid', 'refunded']);
    expect(told(lived(once, polled({ status: 'charged_back' })))).toEqual(['paid', 'charged_back']);
    const canceled = lived(once, { kind: 'cancel_requested', reason: 'x' }, polled(paid));
    expect(told(canceled)).toEqual(['canceled']);
  });

  it('names the outcome whose place it takes, a review none', () => {
    const { outcomes } = listened(
      polled(paid, { at: at(1) }),
      polled({ ...paid, status: 'partially_refunded', refundedAmount: '30' }, { at: at(2) }),
      polled({ ...paid, status: 'refunded', refundedAmount: '100.55' }, { at: at(3) }),
    );
    expect(outcomes.map(({ type }) => type)).toEqual([
      'payment.paid',
      'payment.partially_refunded',
      'payment.refunded',
    ]);
    expect(outcomes.map(({ supersedes }) => supersedes)).toEqual([
      undefined,
      outcomes[0]?.id,
      outcomes[1]?.id,
    ]);
  });

  it('is told for each move of money: a chargeback as it grows', () => {
    const back = (chargedBackAmount: string, minutes: number) =>
      polled({ ...paid, status: 'partially_charged_back', chargedBackAmount }, { at: at(minutes) });
    const { outcomes } = listened(polled(paid, { at: at(1) }), back('10', 2), back('10', 3), back('25', 4));
    expect(outcomes.map(({ type, data }) => [type, data.money?.chargedBack])).toEqual([
      ['payment.paid', '0.00'],
      ['payment.partially_charged_back', '10.00'],
      ['payment.partially_charged_back', '25.00'],
    ]);
  });

  it('carries the payment as it stood, with the status that it tells', () => {
    const { payment, outcomes } = listened(
      polled({ ...paid, paymentAmount: '102.56', processedAmount: '102.56', fee: '2.01' }),
    );
    expect(outcomes[0]?.data).toEqual(toPaymentView(payment));
    expect(outcomes[0]?.data.money).toEqual({
      currency: 'USD',
      paid: '102.56',
      fee: '2.01',
      refunded: '0.00',
      chargedBack: '0.00',
    });
    const first = listened(polled({ status: 'refunded' })).outcomes;
    expect(first.map(({ type, data }) => [type, data.status])).toEqual([
      ['payment.paid', 'paid'],
      ['payment.refunded', 'refunded'],
    ]);
  });

  it('is known where nobody is to be told, without a delivery', () => {
    const silent = lived(inputOf({}, { tellsOutcomes: false }), polled(paid));
    expect(silent.told).toMatchObject([{ status: 'paid', outcome: null, delivery: { state: 'delivered' } }]);
  });
});

describe('the id of an outcome', () => {
  it('is never the same for two, nor for another payment of the same order', () => {
    const { payment, outcomes } = listened(polled(paid), polled({ status: 'refunded' }, { at: at(5) }));
    const ids = outcomes.map(({ id }) => id);
    expect(payment.told.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
    const [, other] = listened(
      polled(paid, { at: at(1) }),
      polled({ status: 'refunded' }, { at: at(6) }),
    ).outcomes;
    expect(ids).not.toContain(other?.id);
  });

  it('is another where a run that was reset decides otherwise the second time', () => {
    const [review] = listened(polled({ ...paid, processedAmount: '50' })).outcomes;
    const [settled] = listened(polled(paid, { at: at(9) })).outcomes;
    expect([review?.type, settled?.type]).toEqual(['payment.review', 'payment.paid']);
    expect(review?.id).not.toBe(settled?.id);
  });
});

describe('any life of the money of a payment', () => {
  const moves = fc.array(
    fc.record({
      by: fc.constantFrom('refund', 'chargeback', 'nothing'),
      minor: fc.integer({ min: 1, max: 6_000 }),
    }),
    { maxLength: 8 },
  );
  const text = (minor: number): string => (minor / 100).toFixed(2);

  /** Snapshots as the platform would show them: its totals grow, never above what was paid. */
  function snapshots(steps: readonly { by: string; minor: number }[]): PaymentEvent[] {
    let [refunded, chargedBack] = [0, 0];
    return steps.map(({ by, minor }, index) => {
      const left = 10_055 - refunded - chargedBack;
      if (by === 'refund') refunded += Math.min(minor, left);
      if (by === 'chargeback') chargedBack += Math.min(minor, left);
      const part = refunded + chargedBack === 10_055 ? '' : 'partially_';
      const moved = chargedBack > 0 ? `${part}charged_back` : `${part}refunded`;
      const status = refunded + chargedBack === 0 ? 'processed' : moved;
      const amounts = { refundedAmount: text(refunded), chargedBackAmount: text(chargedBack) };
      return polled({ ...paid, status, ...amounts }, { at: at(index + 1) });
    });
  }

  it('is told to the minor unit, each change once, one taking the place of the other', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const { payment, outcomes } = listened(polled(paid), ...snapshots(steps));
        const last = outcomes.at(-1);
        expect(last?.data.money).toEqual(toPaymentView(payment).money);
        expect(last?.type).toBe(`payment.${decide(payment).status}`);
        expect(new Set(outcomes.map(({ id }) => id)).size).toBe(outcomes.length);
        const sums = outcomes.map(({ data }) => JSON.stringify(data.money));
        expect(new Set(sums).size).toBe(sums.length);
        for (const [index, { supersedes }] of outcomes.entries())
          expect(supersedes).toBe(outcomes[index - 1]?.id);
      }),
      { numRuns: 500 },
    );
  });
});
