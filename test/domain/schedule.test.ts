import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryFor, nextLookAt, pauseAfterRejection, pauseAfterUnknown } from '../../src/domain/payment/polling.ts';

const minute = 60_000;

describe('the schedule', () => {
  it('looks after the pauses of the settings, the last repeating, and at the expiry', () => {
    const at: number[] = [];
    const plan = {
      pausesSeconds: [120, 300],
      looksBefore: 0,
      looksAfter: 0,
      failedLooks: 0,
      lastLookAt: 0,
      expiresAt: 20 * minute,
    };
    while (plan.lastLookAt < plan.expiresAt) {
      plan.lastLookAt = nextLookAt(plan) ?? Infinity;
      plan.looksBefore += 1;
      at.push(plan.lastLookAt / minute);
    }
    expect(at).toEqual([2, 7, 12, 17, 20]);
  });

  it('asks on for 24 hours after the expiry, then no more', () => {
    const plan = {
      pausesSeconds: [120],
      looksBefore: 9,
      looksAfter: 0,
      failedLooks: 0,
      lastLookAt: 0,
      expiresAt: 0,
    };
    let looks = 0;
    for (let at = nextLookAt(plan); at !== null; at = nextLookAt(plan), looks++) {
      expect(at).toBeGreaterThan(plan.lastLookAt);
      plan.lastLookAt = at;
      plan.looksAfter += 1;
    }
    expect(looks).toBeGreaterThan(20);
    // The last look is when the 24 h are over, not a pause before.
    expect(plan.lastLookAt).toBe(24 * 60 * minute);
  });

  it("keeps an invoice's expiry within what the platform accepts", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (left) => {
        const lifetime = expiryFor(left, 0);
        expect(lifetime).toBeGreaterThan(14 * minute);
        expect(lifetime).toBeLessThan(48 * 60 * minute);
      }),
    );
    expect(expiryFor(30 * minute, 0)).toBe(30 * minute);
  });

  it('grows its pauses as the contract says', () => {
    expect([0, 1, 2, 6, 60].map((n) => pauseAfterUnknown(n))).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
    expect([0, 1, 6, 60].map((n) => pauseAfterRejection(n))).toEqual([10_000, 20_000, 600_000, 600_000]);
    expect([0, 0.5, 1].map((spread) => pauseAfterRejection(0, spread))).toEqual([10_000, 11_000, 12_000]);
  });

  it('repeats a look that got no answer sooner', () => {
    const plan = {
      pausesSeconds: [600],
      looksBefore: 0,
      looksAfter: 0,
      lastLookAt: 0,
      expiresAt: 20 * minute,
    };
    expect([0, 1, 2, 9].map((failedLooks) => nextLookAt({ ...plan, failedLooks }))).toEqual([
      600_000, 10_000, 20_000, 600_000,
    ]);
  });
});
