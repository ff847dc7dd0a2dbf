import { expect, it } from 'vitest';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { after, createdAt, polled } from '../../support/payment-facts.ts';

const woken = (attempt: number): PaymentEvent => ({
  kind: 'woken',
  attempt,
  wakeUp: { source: 'callback', status: null, updated: createdAt / 1000, at: createdAt },
});
const crowd = Array.from({ length: 50 }, (_, index) => woken(index + 2));
const lastTwenty = Array.from({ length: 20 }, (_, index) => index + 32);
const kept = (...events: PaymentEvent[]): number[] => after(...events).strays.map(({ number }) => number);

it('of a crowd of references that the payment never made the last twenty are kept', () => {
  expect(kept(...crowd)).toEqual(lastTwenty);
});

it('of a crowd of references that the payment never made all that were paid are kept', () => {
  const paid = [2, 3].map((attempt) =>
    polled({ status: 'processed', processedAmount: '100.55' }, { attempt, at: createdAt }),
  );
  expect(kept(woken(2), woken(3), ...paid, ...crowd)).toEqual([2, 3, ...lastTwenty]);
});
