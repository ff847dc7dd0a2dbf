import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import { expiryFor, nextPollAt, nextRefundPollAt, watchEndsAt } from '../../../src/domain/payment/polling.ts';
import {
  pauseAfterOlder,
  pauseAfterRejection,
  pauseAfterUnknown,
  pauseBetweenVisits,
  spreadOf,
} from '../../../src/domain/payment/pauses.ts';
import { pauseOfDelivery } from '../../../src/domain/payment/delivery-pauses.ts';
import { afterIn, createdAt, inputOf, polled, unanswered } from '../../support/payment-facts.ts';

const minute = 60_000;
const hour = 60 * minute;
const plan = { pausesSeconds: [120, 300], since: 0, expiresAt: 20 * minute, until: 20 * minute + 24 * hour };

/** Instants of a plan, each asked for at the one before. */
function instants(watch: Parameters<typeof nextPollAt>[0], until: number): number[] {
  const at: number[] = [];
  for (let next = nextPollAt(watch); next !== null && next <= until;) {
    at.push(next);
    next = nextPollAt({ ...watch, lastAt: next });
  }
  return at;
}

describe('the schedule', () => {
  it('polls after the pauses of the settings, the last repeating, and at the expiry', () => {
    const at = instants({ ...plan, lastAt: null }, plan.expiresAt);
    expect(at.map((ms) => ms / minute)).toEqual([2, 7, 12, 17, 20]);
  });

  it('does not move with other polls: what comes next is the first instant of the plan', () => {
    const planned = instants({ ...plan, lastAt: null }, plan.until);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: plan.until - 1 }), (lastAt) => {
        expect(nextPollAt({ ...plan, lastAt })).toBe(planned.find((at) => at > lastAt));
      }),
    );
  });

  it('asks on for 24 hours after the expiry, then no more', () => {
    const after = instants({ ...plan, lastAt: plan.expiresAt }, Infinity);
    expect(after.length).toBeGreaterThan(20);
    for (const [index, at] of after.entries()) expect(at).toBeGreaterThan(after[index - 1] ?? 0);
    // The last poll is when the 24 h are over, not a pause before.
    expect(after.at(-1)).toBe(plan.expiresAt + 24 * hour);
    expect(watchEndsAt(plan.expiresAt)).toBe(plan.expiresAt + 24 * hour);
  });

  it('asks on for as long as an operator says', () => {
    const until = watchEndsAt(plan.expiresAt, plan.until + hour);
    expect(until).toBe(plan.until + hour);
    expect(nextPollAt({ ...plan, lastAt: plan.until })).toBeNull();
    expect(nextPollAt({ ...plan, until, lastAt: plan.until })).toBeLessThanOrEqual(plan.until + hour / 4);
    expect(nextPollAt({ ...plan, until, lastAt: until })).toBeNull();
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

  it('follows a refund more closely at first, and never stops', () => {
    const at: number[] = [];
    for (let next = nextRefundPollAt(0, null); at.length < 12; next = nextRefundPollAt(0, next))
      at.push(next / 1000);
    expect(at).toEqual([1, 11, 31, 71, 151, 311, 631, 1231, 1831, 2431, 3031, 3631]);
  });

  it('repeats a poll that got no answer sooner, at growing pauses', () => {
    const input = inputOf({}, { pollPausesSeconds: [1_200] });
    const at = (failures: number): number => createdAt + failures * minute;
    const payments = [1, 2, 3, 9].map((count) => {
      const failed = Array.from({ length: count }, (_, index) => unanswered({ at: at(index) }));
      return decide(afterIn(input, ...failed)).next?.at ?? NaN;
    });
    expect(payments).toEqual([at(0) + 10_000, at(1) + 20_000, at(2) + 40_000, createdAt + 18 * minute]);
  });

  it('goes back to its plan once it is answered', () => {
    const input = inputOf({}, { pollPausesSeconds: [600] });
    const answered = afterIn(input, unanswered(), polled({}, { at: createdAt + 15_000 }));
    expect(decide(answered).next?.at).toBe(createdAt + 10 * minute);
  });

  it('asks no earlier than Retry-After says', () => {
    const limited = afterIn(inputOf(), unanswered({ at: createdAt + minute }, { retryAfterMs: 10 * minute }));
    expect(decide(limited).next?.at).toBe(createdAt + 11 * minute);
  });
});

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
