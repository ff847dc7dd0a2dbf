import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import { bringsNews, type NewWakeUp } from '../../../src/domain/payment/wake-ups.ts';
import {
  absent,
  after,
  afterIn,
  createdAt,
  inputOf,
  lived,
  passed,
  polled,
  unanswered,
} from '../../support/payment-facts.ts';

const second = 1_000;
const at0 = createdAt + 60 * second;
const unixOf = (ms: number): number => Math.floor(ms / second);

const woken = (wakeUp: Partial<NewWakeUp> = {}, attempt = 1): PaymentEvent => ({
  kind: 'woken',
  attempt,
  wakeUp: { source: 'callback', status: 'processed', updated: unixOf(at0), at: at0, ...wakeUp },
});
const visit = (at: number, source: 'return' | 'operator' = 'return'): PaymentEvent =>
  woken({ source, status: null, updated: null, at });
const open = (at: number) => polled({ status: 'process_pending', updated: unixOf(createdAt) }, { at });
const nextOf = (payment: Payment) => {
  const { action, next } = decide(payment);
  return action ? 'now' : next && (next.at - payment.clock) / second;
};
const pollOf = (payment: Payment) => {
  const { action } = decide(payment);
  return action?.kind === 'poll' ? action : null;
};
/** Asked whenever it says so, each time with the same answer; when it was asked, seconds after the callback. */
function askedOn(payment: Payment, answer: (at: number) => PaymentEvent, times: number) {
  const asked: number[] = [];
  let now = payment;
  while (asked.length < times) {
    if (pollOf(now)) {
      asked.push((now.clock - at0) / second);
      now = apply(now, answer(now.clock));
    } else {
      const at = decide(now).next?.at;
      if (at === undefined) break;
      now = apply(now, passed(at));
    }
  }
  return { asked, payment: now };
}

describe('a callback', () => {
  it('has the platform asked at once', () => {
    const payment = after(passed(at0), woken());
    expect(pollOf(payment)?.source).toBe('callback');
    expect(decide(payment).status).toBe('awaiting_payment');
  });

  it('is gathered with others to one question a second', () => {
    const payment = after(open(at0), woken());
    expect(nextOf(payment)).toBe(1);
    expect(pollOf(apply(payment, passed(at0 + second)))?.source).toBe('callback');
  });

  it('that is newer than the answer is asked again after 1, 2, 4 and 8 s', () => {
    const { asked } = askedOn(after(passed(at0), woken()), open, 5);
    expect(asked).toEqual([0, 1, 3, 7, 15]);
  });

  it('is answered by what is as new as it claims: the order is paid without waiting for the schedule', () => {
    const { payment } = askedOn(after(passed(at0), woken()), open, 3);
    const due = apply(payment, passed(at0 + 7 * second));
    const paid = apply(
      due,
      polled({ status: 'processed', updated: unixOf(at0) }, { at: due.clock, source: 'callback' }),
    );
    expect(decide(paid)).toMatchObject({ status: 'paid', decidedBy: 'callback' });
    expect(paid.attempts[0]?.wakeUps).toEqual([]);
  });

  it('stays until it is answered, however long the platform gives no answer', () => {
    const failed = (at: number) => unanswered({ at });
    const rarely = inputOf({}, { pollPausesSeconds: [7_200] });
    const { asked, payment } = askedOn(afterIn(rarely, passed(at0), woken()), failed, 40);
    expect(payment.attempts[0]?.wakeUps).toHaveLength(1);
    const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(pauses.slice(0, 3)).toEqual([10, 20, 40]);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(600);
  });

  it('of a part is asked about once more where more may have moved since, within the same second', () => {
    const updated = unixOf(at0);
    const chargedBack = { status: 'partially_charged_back', updated };
    const shown = (at: number): PaymentEvent => polled({ ...chargedBack, processedAmount: '100.55' }, { at });
    const claimedAt = (at: number): PaymentEvent => woken({ ...chargedBack, at });
    const again = lived(inputOf(), shown(at0 + 300), claimedAt(at0 + 700));
    expect(askedOn(again, shown, 2).asked).toEqual([1.3]);
    const later = lived(
      inputOf(),
      shown(at0 + 3 * second),
      claimedAt(at0 + 4 * second),
      passed(at0 + 9 * second),
    );
    expect(pollOf(later)).toBeNull();
  });

  it('that says nothing new is none', () => {
    const payment = after(polled({ status: 'processed' }, { at: at0 }), woken({ updated: unixOf(at0) }));
    expect(payment.attempts[0]?.wakeUps).toEqual([]);
    expect(
      after(open(at0), woken({ status: 'processing', updated: unixOf(at0) })).attempts[0]?.wakeUps,
    ).toEqual([]);
  });

  it('that claims no money does not keep an answer with money from being taken', () => {
    const paid = polled({ status: 'processed', updated: unixOf(at0) - 5 }, { at: at0 });
    const payment = after(woken({ status: 'expired', updated: unixOf(at0) }), paid);
    expect([decide(payment).status, payment.attempts[0]?.wakeUps]).toEqual(['paid', []]);
  });

  it('waits for Retry-After', () => {
    const limited = after(unanswered({ at: at0 }, { retryAfterMs: 30 * second }), woken({ at: at0 + 1 }));
    expect(nextOf(limited)).toBe(30);
  });
});

describe('an unpaid end', () => {
  const expired = (at: number) => polled({ status: 'expired', updated: unixOf(at0) - 10 }, { at });
  const once = inputOf({ maxAttempts: 1 });

  it('is not decided while a callback claims money', () => {
    const payment = afterIn(once, passed(at0), woken(), expired(at0));
    expect(decide(payment).status).toBe('awaiting_payment');
    expect(decide(afterIn(once, passed(at0), expired(at0))).status).toBe('expired');
  });

  it('is contradicted by answers alone: a platform that gives none says nothing against the callback', () => {
    const silent = askedOn(afterIn(once, passed(at0), woken()), (at) => unanswered({ at }), 5);
    const { payment } = askedOn(silent.payment, expired, 1);
    expect(decide(payment).status).toBe('awaiting_payment');
  });

  it('is a review once the callback was contradicted three times over 15 s, with both sides shown', () => {
    const begun = afterIn(once, passed(at0), woken());
    const four = askedOn(begun, expired, 4);
    expect([four.asked.at(-1), decide(four.payment).status]).toEqual([7, 'awaiting_payment']);
    const five = askedOn(begun, expired, 5);
    expect(five.asked.at(-1)).toBe(15);
    expect(decide(five.payment)).toMatchObject({
      status: 'review',
      reason: 'a callback says processed, the platform answers expired',
    });
  });

  it('is paid after all where the platform says so during the review', () => {
    const { payment } = askedOn(afterIn(once, passed(at0), woken()), expired, 5);
    const paid = polled({ status: 'processed', updated: unixOf(at0) }, { at: payment.clock + second });
    expect(decide(apply(payment, paid)).status).toBe('paid');
  });

  it('is what a person who rejects the review says: no more is asked for the callback', () => {
    const { payment } = askedOn(afterIn(once, passed(at0), woken()), expired, 5);
    const keys = decide(payment).reviewReasons.map(({ key }) => key);
    const judgment = {
      decision: 'reject',
      by: 'ann',
      why: 'no money',
      keys,
      about: [{ attempt: 1, worth: -1 }],
    } as const;
    const rejected = apply(payment, { kind: 'resolved', judgment });
    expect(decide(rejected).status).toBe('failed');
    expect(rejected.attempts[0]?.wakeUps).toEqual([]);
  });
});

describe('a visit', () => {
  it('is owed one question that began after it', () => {
    const asked = after(visit(at0), polled({}, { at: at0, source: 'return' }));
    expect(asked.attempts[0]?.wakeUps).toEqual([]);
    const before = after(open(at0), visit(at0 + 10 * second), passed(at0 + 10 * second));
    expect(pollOf(before)?.source).toBe('return');
  });

  it('says who brought the answer', () => {
    const payment = after(visit(at0), polled({ status: 'processed' }, { at: at0, source: 'return' }));
    expect(decide(payment)).toMatchObject({ status: 'paid', decidedBy: 'return' });
  });

  it('costs, in any number, a question a second at first and one a minute where nothing is new', () => {
    let payment = after(passed(at0));
    let asked = 0;
    for (let ms = 0; ms < 600 * second; ms += 500) {
      payment = apply(apply(payment, passed(at0 + ms)), visit(at0 + ms));
      if (!pollOf(payment)) continue;
      asked += 1;
      payment = apply(payment, open(payment.clock));
    }
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(20);
    expect(payment.attempts[0]?.wakeUps.length).toBeLessThanOrEqual(1);
  });

  it('is left to the schedule after four questions without an answer', () => {
    const { payment } = askedOn(
      after(visit(at0), passed(at0)),
      (at) => unanswered({ at, source: 'return' }),
      4,
    );
    expect(payment.attempts[0]?.wakeUps).toEqual([]);
  });

  it("of an operator's is asked a second after the last question, whatever came before", () => {
    const payment = after(open(at0), open(at0 + 1), open(at0 + 2), visit(at0 + second, 'operator'));
    expect(nextOf(payment)).toBeLessThanOrEqual(1);
  });
});

describe('any wake-ups', () => {
  const anyWakeUp = fc.record({
    source: fc.constantFrom<NewWakeUp['source']>('callback', 'return', 'operator', 'sweep'),
    status: fc.constantFrom(null, 'processed', 'expired', 'process_pending', 'refunded', 'brand_new'),
    updated: fc.option(fc.integer({ min: unixOf(at0) - 2, max: unixOf(at0) + 2 })),
    at: fc.integer({ min: at0 - 5_000, max: at0 + 5_000 }),
  });
  const anyEvent = fc.oneof(
    { weight: 4, arbitrary: anyWakeUp.map((it) => woken(it)) },
    { weight: 1, arbitrary: fc.constantFrom(open(at0), unanswered({ at: at0 }), absent({ at: at0 })) },
  );

  it('are few, whatever comes, and the platform is asked for them', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const payment = after(passed(at0), ...events);
        const wakeUps = payment.attempts[0]?.wakeUps ?? [];
        expect(wakeUps.length).toBeLessThanOrEqual(8);
        const { action, next } = decide(payment);
        if (wakeUps.length > 0)
          expect(action?.kind === 'poll' || (next?.at ?? Infinity) <= payment.clock + 600_000).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are all answered by one later answer that is as new, and paid beats what they claim', () => {
    fc.assert(
      fc.property(fc.array(anyWakeUp, { maxLength: 20 }), (wakeUps) => {
        const at = at0 + 10_000;
        const paid = polled({ status: 'processed', updated: unixOf(at) }, { at });
        const payment = after(...wakeUps.map((it) => woken(it)), paid);
        expect(payment.attempts[0]?.wakeUps).toEqual([]);
        expect(decide(payment).status).toBe('paid');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a reference that the payment never made', () => {
  const stray = (...events: PaymentEvent[]) => after(passed(at0), woken({}, 2), ...events);

  it('is looked up, and its money is a finding', () => {
    expect(pollOf(stray())?.watched.referenceId).toBe('A1001.2');
    const paid = stray(polled({ status: 'processed', processedAmount: '100.55' }, { attempt: 2, at: at0 }));
    expect(decide(paid)).toMatchObject({
      status: 'review',
      reason: 'paid under A1001.2, which this payment never made: 100.55 USD',
    });
  });

  it('is no matter where there is no invoice, or no money', () => {
    expect(decide(stray(polled({}, { attempt: 2, at: at0 }))).status).toBe('awaiting_payment');
    expect(decide(stray(absent({ attempt: 2, at: at0 }))).status).toBe('awaiting_payment');
  });
});

describe('a callback after the end', () => {
  const back = { status: 'partially_refunded', processedAmount: '100.55', refundedAmount: '30' };
  const ended = (askedMsAfter: number): Payment =>
    after(polled({ ...back, updated: unixOf(at0) }, { at: at0 + askedMsAfter }));
  const claim = { attempt: 1, status: 'partially_refunded', updated: unixOf(at0) };

  it('tells more where the money may have moved again within the second that was asked in', () => {
    expect(bringsNews(ended(500), claim)).toBe(true);
    expect(bringsNews(ended(5_000), claim)).toBe(false);
    expect(bringsNews(ended(5_000), { ...claim, attempt: 2 })).toBe(true);
  });
});
