import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseOfDelivery } from '../../../src/domain/payment/delivery-retries.ts';
import {
  pauseAfterOlder,
  pauseAfterRejection,
  pauseAfterUnknown,
  pauseBetweenVisits,
  spreadOf,
} from '../../../src/domain/payment/pauses.ts';

describe('pauses', () => {
  it('grow as the contract says', () => {
    expect([0, 1, 2, 6, 60].map((n) => pauseAfterUnknown(n))).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
    expect([0, 1, 6, 60].map((n) => pauseAfterRejection(n))).toEqual([10_000, 20_000, 600_000, 600_000]);
    expect([0, 0.5, 1].map((spread) => pauseAfterRejection(0, spread))).toEqual([10_000, 11_000, 12_000]);
    expect([1, 2, 3, 4, 60].map((n) => pauseAfterOlder(n))).toEqual([1_000, 2_000, 4_000, 8_000, 60_000]);
    expect([1, 2, 3, 14, 15, 60].map((n) => pauseOfDelivery(n) / 1000)).toEqual([
      5, 10, 20, 40_960, 43_200, 43_200,
    ]);
  });

  it('gather visits to one a second at first, one a minute where they tell nothing new', () => {
    expect([0, 1, 2, 3, 60].map((n) => pauseBetweenVisits(n))).toEqual([1_000, 1_000, 2_000, 4_000, 60_000]);
  });

  it('are spread over orders, the same for one at every replay', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), (orderId) => {
        const spread = spreadOf(orderId);
        expect(spread).toBe(spreadOf(orderId));
        expect(spread).toBeGreaterThanOrEqual(0);
        expect(spread).toBeLessThan(1);
      }),
    );
    const spreads = Array.from({ length: 100 }, (_, index) => spreadOf(`A${1000 + index}`));
    expect(new Set(spreads.map((spread) => spread.toFixed(2))).size).toBeGreaterThan(10);
  });
});
