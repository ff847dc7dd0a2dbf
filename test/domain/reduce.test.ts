import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finalStatusOf, reviewReasonsOf, statusOf } from '../../src/domain/payment/status.ts';
import { openPayment, type Payment, type PaymentStatus, type Source } from '../../src/domain/payment/payment.ts';
import { reduce, type PaymentEvent } from '../../src/domain/payment/apply.ts';
import { inputOf, snapshotOf, startedAt } from '../support/payment-facts.ts';

const opened = openPayment(inputOf(), startedAt);
const created: PaymentEvent = {
  kind: 'invoice_created',
  attempt: 1,
  invoice: {
    snapshot: snapshotOf(),
    redirect: { url: 'https://p', method: 'GET', fields: {}, hppUrl: null },
  },
  expiresAt: startedAt + 1_800_000,
};
const observed = (
  more: Parameters<typeof snapshotOf>[0],
  source: Source = 'poll',
  attempt = 1,
): PaymentEvent => ({
  kind: 'observed',
  attempt,
  snapshot: snapshotOf({ updated: 1_700_000_100, ...more }),
  source,
});
const after = (...events: PaymentEvent[]): Payment => events.reduce(reduce, reduce(opened, created));
const paid = { status: 'processed', processedAmount: '100.55' } as const;

describe('what is observed', () => {
  it.each<[string, Parameters<typeof snapshotOf>[0], PaymentStatus]>([
    ['still open', { status: 'process_pending' }, 'awaiting_payment'],
    ['an error on the way', { status: 'process_error' }, 'awaiting_payment'],
    ['a status that is new to us', { status: 'brand_new' }, 'awaiting_payment'],
    ['paid', paid, 'paid'],
    ['paid, the sum not told', { status: 'processed', processedAmount: null }, 'paid'],
    ['paid too little', { status: 'processed', processedAmount: '100.54' }, 'review'],
    ['paid too much', { status: 'processed', processedAmount: '100.56' }, 'review'],
    ['paid in part', { status: 'partially_processed', processedAmount: '50' }, 'review'],
    ['another amount', { ...paid, amount: '1.00' }, 'review'],
    ['another currency', { ...paid, currency: 'EUR' }, 'review'],
    ['another reference', { ...paid, referenceId: 'A1002' }, 'review'],
    ['the other mode', { ...paid, testMode: false }, 'review'],
    ['verified where a charge was ordered', { status: 'verified' }, 'review'],
    ['declined', { status: 'process_failed', resolution: 'declined' }, 'choosing'],
    ['terminated', { status: 'terminated' }, 'choosing'],
    ['rejected', { status: 'rejected' }, 'choosing'],
    ['expired', { status: 'expired' }, 'expired'],
    ['expired as the page shows it', { status: 'process_failed', resolution: 'Expired' }, 'expired'],
    ['refunded', { status: 'refunded' }, 'refunded'],
    ['a refund that failed', { status: 'refund_failed' }, 'paid'],
    ['charged back', { status: 'charged_back' }, 'charged_back'],
  ])('%s', (_, snapshot, status) => {
    expect(statusOf(after(observed(snapshot)))).toBe(status);
  });

  it('shows both sides of a difference', () => {
    expect(reviewReasonsOf(after(observed({ ...paid, amount: '1.00' })))).toEqual([
      'amount: ordered 100.55 USD, platform says 1.00 USD',
    ]);
  });

  it('says who decided', () => {
    expect(after(observed(paid, 'callback')).decidedBy).toBe('callback');
    expect(after(observed(paid, 'callback'), observed(paid, 'poll')).decidedBy).toBe('callback');
  });

  it('ends after the last attempt, and asks for another choice before', () => {
    const declined = { status: 'process_failed', resolution: 'declined' };
    const once = reduce(
      reduce(openPayment(inputOf({ maxAttempts: 1 }), startedAt), created),
      observed(declined),
    );
    expect([statusOf(once), finalStatusOf(once)]).toEqual(['failed', 'failed']);
  });

  it('is verified where a verification was ordered', () => {
    const verifying = reduce(openPayment(inputOf({ flow: 'verify' }), startedAt), created);
    expect(statusOf(reduce(verifying, observed({ status: 'verified' })))).toBe('verified');
    expect(statusOf(reduce(verifying, observed(paid)))).toBe('review');
  });

  it('hands two paid attempts to a person', () => {
    const second = reduce(after(observed({ status: 'process_failed' })), {
      kind: 'method_chosen',
      choice: { service: 'payment_card_usd_hpp', serviceFields: {} },
    });
    const twice = [
      observed({ ...paid, referenceId: 'A1001.2' }, 'callback', 2),
      observed({ ...paid, updated: 1_700_000_300 }, 'callback', 1),
    ].reduce(reduce, second);
    expect(reviewReasonsOf(twice)).toEqual(['paid 2 times: A1001, A1001.2']);
  });
});

const statuses = [
  ...['created', 'processing', 'process_pending', 'process_error', 'processed', 'partially_processed'],
  ...['process_failed', 'expired', 'terminated', 'rejected', 'verified', 'verify_failed', 'refunding'],
  ...['refund_pending', 'refund_error', 'refunded', 'partially_refunded', 'refund_failed', 'charged_back'],
  ...['partially_charged_back', 'brand_new'],
];
const anySnapshot = fc.record({
  status: fc.constantFrom(...statuses),
  resolution: fc.constantFrom('ok', 'OK', 'expired', 'declined', null),
  updated: fc.integer({ min: 1_700_000_000, max: 1_700_000_004 }),
  processedAmount: fc.constantFrom(null, '100.55', '100.54'),
  amount: fc.constantFrom('100.55', '100.55', '100.55', '7'),
  testMode: fc.constantFrom(true, true, true, false),
});
const sources = fc.constantFrom<Source>('callback', 'return', 'poll', 'expiry', 'operator', 'sweep');
const anyObservation = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(anySnapshot, sources).map(([it, source]) => observed(it, source)) },
  { weight: 1, arbitrary: fc.constant<PaymentEvent>({ kind: 'invoice_missing', attempt: 1 }) },
  { weight: 1, arbitrary: fc.constant<PaymentEvent>({ kind: 'watch_exhausted' }) },
  { weight: 1, arbitrary: fc.constant<PaymentEvent>({ kind: 'order_time_up' }) },
);
const runs = 5_000;
const seed = 20_261_123;

describe(`any set of observations (${runs} sets, seed ${seed})`, () => {
  const known = ({ decidedBy: _, ...facts }: Payment) => ({
    facts,
    status: statusOf({ decidedBy: null, ...facts }),
  });

  it('ends in the same state in every order, however often each comes', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyObservation, { maxLength: 7 })
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
            ),
          ),
        ([events, again]) => {
          expect(known(after(...again))).toEqual(known(after(...events)));
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
        const single = reduce(openPayment(inputOf({ maxAttempts: 1 }), startedAt), created);
        let payment = single;
        for (const event of events) {
          const next = reduce(payment, event);
          // A review ends in either way: what was missing may be found again.
          const least = statusOf(payment) === 'review' ? 0 : rank(statusOf(payment));
          expect(rank(statusOf(next))).toBeGreaterThanOrEqual(least);
          payment = next;
        }
      }),
      { numRuns: runs, seed },
    );
  });

  it('is paid only by an answer that says so, of this order and this sum', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 8 }), (events) => {
        const payment = after(...events);
        if (statusOf(payment) !== 'paid') return;
        expect(
          events.some(
            (event) =>
              event.kind === 'observed' &&
              ['processed', 'refund_failed'].includes(event.snapshot.status) &&
              event.snapshot.amount === '100.55' &&
              event.snapshot.testMode &&
              event.snapshot.processedAmount !== '100.54',
          ),
        ).toBe(true);
      }),
      { numRuns: runs, seed },
    );
  });
});
