import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/payment/decide.ts';
import { nextPollAt, nextRefundPollAt } from '../../../src/domain/payment/poll-schedule.ts';
import { watchEndsAt } from '../../../src/domain/payment/expiry.ts';
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
