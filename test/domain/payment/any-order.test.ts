import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { openPayment, type Payment } from '../../../src/domain/payment/payment.ts';
import type { PaymentStatus, Source } from '../../../src/domain/payment/statuses.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { dayMs } from '../../../src/domain/time.ts';
import {
  absent,
  after,
  afterIn,
  created,
  createdAt,
  expiresAt,
  inputOf,
  passed,
  polled,
  startedAt,
} from '../../support/payment-facts.ts';

const statuses = [
  ...['created', 'processing', 'process_pending', 'process_error', 'processed', 'partially_processed'],
  ...['process_failed', 'expired', 'terminated', 'rejected', 'verified', 'verify_failed', 'refunding'],
  ...['refund_pending', 'refund_error', 'refunded', 'partially_refunded', 'refund_failed', 'charged_back'],
  ...['partially_charged_back', 'brand_new'],
];
const changedAt = createdAt / 1000 + 100;
const anySnapshot = fc.record({
  status: fc.constantFrom(...statuses),
  resolution: fc.constantFrom('ok', 'OK', 'expired', 'declined', null),
  updated: fc.integer({ min: changedAt, max: changedAt + 4 }),
  processedAmount: fc.constantFrom(null, '100.55', '100.54'),
  amount: fc.constantFrom('100.55', '100.55', '100.55', '7'),
  testMode: fc.constantFrom(true, true, true, false),
});
const sources = fc.constantFrom<Source>('callback', 'return', 'poll', 'expiry', 'operator', 'sweep');
const times = fc.integer({ min: 100, max: 120 }).map((seconds) => createdAt + seconds * 1000);
const anyAnswer = (at: fc.Arbitrary<number>) =>
  fc.tuple(anySnapshot, sources, at).map(([it, source, time]) => polled(it, { source, at: time }));
const anyObservation = fc.oneof(
  { weight: 8, arbitrary: anyAnswer(times) },
  { weight: 1, arbitrary: times.map((at) => absent({ at })) },
  { weight: 1, arbitrary: fc.constant(passed(expiresAt + dayMs)) },
  { weight: 1, arbitrary: fc.constant(passed(expiresAt)) },
);
const runs = 2_000;
const seed = 20_261_123;

describe(`any set of observations (${runs} sets, seed ${seed})`, () => {
  // How often the platform was asked, when, and who brought the last change, depend on the order; nothing else does.
  const known = (payment: Payment) => {
    const { status, reviewReasons, reason } = decide(payment);
    return {
      status,
      reviewReasons,
      reason,
      view: { ...toPaymentView(payment), decidedBy: null },
      seen: payment.attempts.map(({ seen }) => seen?.snapshot),
      clock: payment.clock,
    };
  };

  it('ends in the same state in every order, however often each comes', () => {
    fc.assert(
      fc.property(
        fc
          // Asked at one instant: of answers that tell the same change, the one that was asked for later counts.
          .array(anyAnswer(fc.constant(createdAt + 100_000)), { maxLength: 7 })
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
            ),
          ),
        fc.constantFrom(createdAt, expiresAt, expiresAt + dayMs),
        ([events, again], until) => {
          expect(known(after(...again, passed(until)))).toEqual(known(after(...events, passed(until))));
        },
      ),
      { numRuns: runs, seed },
    );
  });

  it('never takes back what ended without money, except for money or a person', () => {
    const rank = (status: PaymentStatus): number =>
      ['choosing', 'creating', 'awaiting_payment', 'canceling'].includes(status)
        ? 0
        : ['failed', 'expired', 'canceled'].includes(status)
          ? 1
          : 2;
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 12 }), (events) => {
        // One attempt only: between attempts a payment is open again by design.
        let payment = afterIn(inputOf({ maxAttempts: 1 }));
        for (const event of events) {
          const next = apply(payment, event);
          const [before, now] = [decide(payment).status, decide(next).status];
          // A review ends in either way: what was missing may be found again.
          const least = before === 'review' ? 0 : rank(before);
          expect(rank(now)).toBeGreaterThanOrEqual(least);
          payment = next;
        }
      }),
      { numRuns: runs, seed },
    );
  });

  it('is paid only by an answer that says so, of this order and this sum', () => {
    const saysPaid = (event: PaymentEvent): boolean =>
      event.kind === 'polled' &&
      event.answer.kind === 'seen' &&
      ['processed', 'refund_failed'].includes(event.answer.snapshot.status) &&
      event.answer.snapshot.amount === '100.55' &&
      event.answer.snapshot.testMode &&
      event.answer.snapshot.processedAmount !== '100.54';
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 8 }), (events) => {
        if (decide(after(...events)).status === 'paid') expect(events.some(saysPaid)).toBe(true);
      }),
      { numRuns: runs, seed },
    );
  });

  it('always has something to do, or an instant to ask again, or is over', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 8 }), (events) => {
        let payment = [created()].reduce(apply, openPayment(inputOf(), startedAt));
        for (const event of events) {
          payment = apply(payment, event);
          const { action, next, isOver } = decide(payment);
          expect(action !== null || next !== null || isOver).toBe(true);
          if (next) expect(next.at).toBeGreaterThan(payment.clock);
        }
      }),
      { numRuns: runs, seed },
    );
  });
});
