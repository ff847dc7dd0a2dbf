import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { createdAt, lived, polled, inputOf } from '../../support/payment-facts.ts';

const at = (minutes: number): number => createdAt + minutes * 60_000;
const paid = lived(inputOf(), polled({ status: 'processed', processedAmount: '100.55' }));
const decided = (): Payment => {
  const waiting = { ...paid, told: [] };
  const { action } = decide(waiting);
  if (action?.kind !== 'decide_outcome') throw new Error('nothing is told');
  return apply(waiting, { kind: 'outcome_decided', told: action.told });
};
const refused = (minutes: number, acceptedBy: readonly string[], gone = false) =>
  ({ kind: 'delivery_failed', place: 0, at: at(minutes), why: 'x', gone, acceptedBy }) as const;
const later = (payment: Payment, minutes: number): Payment =>
  apply(payment, { kind: 'time_passed', at: at(minutes) });
const deliveryOf = (payment: Payment) => {
  const { action } = decide(payment);
  return action?.kind === 'deliver' ? action : null;
};

describe('an outcome that some endpoints have accepted', () => {
  it('goes to all endpoints of the owner at first', () => {
    expect(deliveryOf(decided())?.receivers).toEqual({ owner: 'shop', acceptedBy: [] });
  });

  it('is sent again to the others alone, whatever they refuse it with, and under the same id', () => {
    const first = deliveryOf(decided());
    const once = later(apply(decided(), refused(3, ['https://a'])), 4);
    expect(deliveryOf(once)?.receivers.acceptedBy).toEqual(['https://a']);
    const twice = later(apply(once, refused(5, ['https://b'])), 60);
    expect(deliveryOf(twice)?.receivers.acceptedBy).toEqual(['https://a', 'https://b']);
    expect(deliveryOf(twice)?.outcome).toEqual(first?.outcome);
    const none = later(apply(twice, refused(61, [])), 600);
    expect(deliveryOf(none)?.receivers.acceptedBy).toEqual(['https://a', 'https://b']);
  });

  it('is sent to the others alone where an operator asks for it again', () => {
    const parked = apply(decided(), refused(3, ['https://a'], true));
    expect(parked.told[0]?.delivery.state).toBe('parked');
    const again = apply(parked, { kind: 'redelivery_asked' });
    expect(deliveryOf(again)?.receivers.acceptedBy).toEqual(['https://a']);
  });

  it('spares an endpoint that is down only a repeat that nobody asked for', () => {
    const waiting = apply(decided(), refused(3, []));
    const repeat = { owner: 'shop', acceptedBy: [], isRepeat: true };
    expect(deliveryOf(later(waiting, 4))?.receivers).toEqual(repeat);
    for (const kind of ['redelivery_asked', 'delivery_due'] as const) {
      const due = apply(waiting, { kind });
      expect(deliveryOf(due)?.receivers).toEqual({ owner: 'shop', acceptedBy: [] });
      expect(deliveryOf(later(apply(due, refused(4, [])), 60))?.receivers).toEqual(repeat);
    }
  });

  it('is tried at once when its order service is back, and for no longer than it would have been', () => {
    const tried = [3, 10, 30].reduce((payment, minute) => apply(payment, refused(minute, [])), decided());
    expect(deliveryOf(tried)).toBeNull();
    const due = apply(tried, { kind: 'delivery_due' });
    expect(deliveryOf(due)).not.toBeNull();
    const [before, after] = [tried, due].map(({ told }) => told[0]?.delivery);
    expect(after).toEqual({ ...before, notBefore: 0 });
    const parked = apply(decided(), refused(3, [], true));
    expect(apply(parked, { kind: 'delivery_due' })).toEqual(parked);
  });

  it('reaches each endpoint once, however often each of them fails before', () => {
    const endpoints = ['https://a', 'https://b', 'https://c'];
    const round = fc.uniqueArray(fc.constantFrom(...endpoints));
    fc.assert(
      fc.property(fc.array(round, { maxLength: 12 }), (rounds) => {
        const accepted: string[] = [];
        let payment = decided();
        for (const [index, willing] of [...rounds, endpoints].entries()) {
          // Longer than the longest pause, shorter in all than a delivery is tried.
          payment = later(payment, (index + 1) * 360);
          const delivery = deliveryOf(payment);
          if (!delivery) break;
          const open = endpoints.filter((url) => !delivery.receivers.acceptedBy.includes(url));
          const acceptedBy = open.filter((url) => willing.includes(url));
          accepted.push(...acceptedBy);
          const place = { place: 0, at: payment.clock };
          payment =
            acceptedBy.length === open.length
              ? apply(payment, { kind: 'outcome_delivered', ...place })
              : apply(payment, { kind: 'delivery_failed', ...place, why: 'x', gone: false, acceptedBy });
        }
        expect(accepted.sort()).toEqual(endpoints);
        expect(payment.told[0]?.delivery.state).toBe('delivered');
      }),
    );
  });

  it('holds no endpoint where there is one, which has not accepted it', () => {
    const failed = apply(decided(), refused(3, []));
    expect(failed.told[0]).not.toHaveProperty('acceptedBy');
  });
});
