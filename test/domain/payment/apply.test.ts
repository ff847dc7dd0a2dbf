import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import { openPayment, type Payment } from '../../../src/domain/payment/payment.ts';
import type { PaymentStatus } from '../../../src/domain/payment/statuses.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import {
  absent,
  after,
  afterIn,
  created,
  createdAt,
  expiresAt,
  failureOf,
  inputOf,
  lived,
  passed,
  polled,
  snapshotOf,
  startedAt,
} from '../../support/payment-facts.ts';

const statusOf = (payment: Payment): PaymentStatus => decide(payment).status;
const reasonsOf = (payment: Payment): string[] => decide(payment).reviewReasons.map(({ text }) => text);
const paid = { status: 'processed', processedAmount: '100.55' } as const;
const declined = { status: 'process_failed', resolution: 'declined' } as const;
const choice = { service: 'payment_card_usd_hpp', serviceFields: {} };

describe('what the platform answers', () => {
  it.each<[string, Parameters<typeof polled>[0], PaymentStatus]>([
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
    ['declined', declined, 'choosing'],
    ['terminated', { status: 'terminated' }, 'choosing'],
    ['rejected', { status: 'rejected' }, 'choosing'],
    ['expired', { status: 'expired' }, 'expired'],
    ['expired as the page shows it', { status: 'process_failed', resolution: 'Expired' }, 'expired'],
    ['refunded', { status: 'refunded' }, 'refunded'],
    ['a refund that failed', { status: 'refund_failed' }, 'paid'],
    ['charged back', { status: 'charged_back' }, 'charged_back'],
  ])('%s', (_, snapshot, status) => {
    expect(statusOf(after(polled(snapshot)))).toBe(status);
  });

  it('shows both sides of a difference', () => {
    expect(reasonsOf(after(polled({ ...paid, amount: '1.00' })))).toEqual([
      'amount: ordered 100.55 USD, platform says 1.00 USD',
    ]);
  });

  it('says who decided', () => {
    const byCallback = polled(paid, { source: 'callback' });
    const again = polled(paid, { source: 'poll', at: createdAt + 200_000 });
    expect(decide(after(byCallback)).decidedBy).toBe('callback');
    expect(decide(after(byCallback, again)).decidedBy).toBe('callback');
  });

  it('ends after the last attempt, and asks for another choice before', () => {
    const once = afterIn(inputOf({ maxAttempts: 1 }), polled(declined));
    const { status, action } = decide(once);
    expect([status, action?.kind]).toEqual(['failed', 'decide_outcome']);
    expect(decide(after(polled(declined))).action?.kind).toBe('offer_services');
  });

  it('is verified where a verification was ordered', () => {
    const verifying = inputOf({ flow: 'verify' });
    expect(statusOf(afterIn(verifying, polled({ status: 'verified' })))).toBe('verified');
    expect(statusOf(afterIn(verifying, polled(paid)))).toBe('review');
  });

  it('hands two paid attempts to a person', () => {
    const twice = after(
      polled(declined),
      { kind: 'method_chosen', choice },
      created({}, { attempt: 2, at: createdAt + 200_000 }),
      polled(paid, { attempt: 2, at: createdAt + 300_000, source: 'callback' }),
      polled(paid, { attempt: 1, at: createdAt + 400_000, source: 'callback' }),
    );
    expect(reasonsOf(twice)).toEqual(['paid 2 times: A1001, A1001.2']);
  });
});

describe('time', () => {
  it('is the latest that any fact carried, and never goes back', () => {
    const later = after(polled({}, { at: createdAt + 60_000 }));
    expect(later.clock).toBe(createdAt + 60_000);
    expect(apply(later, polled({}, { at: createdAt + 30_000 })).clock).toBe(createdAt + 60_000);
    expect(apply(later, { kind: 'cancel_requested', reason: 'x' }).clock).toBe(later.clock);
  });

  it('makes nothing of an open invoice by itself: the deadline alone decides nothing', () => {
    expect(statusOf(after(passed(expiresAt + 1)))).toBe('awaiting_payment');
  });

  it('ends a choice that nobody made', () => {
    const choosing = openPayment(inputOf({ service: undefined }), startedAt);
    expect(statusOf(apply(choosing, passed(choosing.deadlineAt - 1)))).toBe('choosing');
    const late = decide(apply(choosing, passed(choosing.deadlineAt)));
    expect([late.status, late.decidedBy]).toEqual(['expired', 'expiry']);
  });
});

describe('a create', () => {
  const opened = openPayment(inputOf({ maxAttempts: 1 }), startedAt);
  const failed = (more: Parameters<typeof failureOf>[0], at = startedAt): PaymentEvent => ({
    kind: 'creation_failed',
    attempt: 1,
    at,
    failure: failureOf(more),
  });
  const lookedUp = (at: number): PaymentEvent => ({
    kind: 'looked_up',
    attempt: 1,
    askedAt: at,
    at,
    invoice: null,
  });
  const unknown = { type: 'ResultUnknown', answer: 'no_answer' } as const;
  const rejected = { type: 'ResultUnknown', answer: 'bad_request' } as const;
  const nextOf = (payment: Payment) => {
    const { status, action, next } = decide(payment);
    return [status, action?.kind ?? null, next && next.at - payment.clock] as const;
  };

  it('whose result is unknown is looked for within 2 s before it is repeated', () => {
    const [status, action, wait] = nextOf(apply(opened, failed(unknown)));
    expect([status, action]).toEqual(['creating', null]);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(2_000);
    const due = apply(apply(opened, failed(unknown)), passed(startedAt + 2_000));
    expect(nextOf(due)[1]).toBe('look_up');
    expect(nextOf(apply(due, lookedUp(startedAt + 2_100)))[1]).toBe('begin_creation');
  });

  it('that is answered 400 again after a clean look-up is unsuccessful', () => {
    const once = [failed(rejected), lookedUp(startedAt + 1_500)].reduce(apply, opened);
    expect(nextOf(once).slice(0, 2)).toEqual(['creating', 'begin_creation']);
    const twice = [failed(rejected, startedAt + 2_000), lookedUp(startedAt + 6_000)].reduce(apply, once);
    expect(statusOf(twice)).toBe('failed');
  });

  it('that is answered 400 again says why, in the words of the last answer', () => {
    const refusal = (message: string) => ({ ...rejected, messages: [{ field: 'amount', message }] });
    const twice = [
      failed(refusal('is odd')),
      lookedUp(startedAt + 1_500),
      failed(refusal('is too small'), startedAt + 2_000),
      lookedUp(startedAt + 6_000),
    ].reduce(apply, opened);
    expect(decide(twice)).toMatchObject({ status: 'failed', reason: 'amount: is too small' });
  });

  it('waits for what Retry-After says, even if a callback comes', () => {
    const limited = apply(opened, failed({ type: 'RateLimited', retryAfterMs: 7_000 }));
    expect(nextOf(limited)).toEqual(['creating', null, 7_000]);
    const wakeUp = { source: 'callback', status: 'processed', updated: 1, at: startedAt } as const;
    expect(nextOf(apply(limited, { kind: 'woken', attempt: 1, wakeUp }))[1]).not.toBe('begin_creation');
  });

  it('that credentials keep from the platform is tried until the deadline, then unsuccessful', () => {
    const parked = apply(opened, failed({ type: 'CredentialsRejected', answer: 'forbidden' }));
    expect(decide(parked)).toMatchObject({ status: 'creating', attention: 'credentials' });
    const over = apply(parked, passed(opened.deadlineAt));
    expect(decide(over)).toMatchObject({
      status: 'failed',
      attention: null,
      reason: 'The platform did not create the invoice in time.',
    });
  });

  it('that is under way is not given up: what comes of it counts', () => {
    const begun = apply(opened, { kind: 'creation_begun', attempt: 1 });
    expect(nextOf(begun)[1]).toBe('create_invoice');
    const late = [
      passed(opened.deadlineAt),
      { kind: 'cancel_requested', reason: 'x' } as const,
    ].reduce<Payment>(apply, begun);
    expect(statusOf(late)).toBe('creating');
    expect(statusOf(apply(late, created({}, { at: opened.deadlineAt + 1_000 })))).toBe('canceling');
    expect(statusOf(apply(opened, passed(opened.deadlineAt)))).toBe('failed');
  });

  it('that is refused says why', () => {
    const messages = [{ field: 'amount', message: 'too small' }];
    const refused = apply(opened, failed({ type: 'Refused', answer: 'unprocessable', messages }));
    expect(decide(refused)).toMatchObject({ status: 'failed', reason: 'amount: too small' });
  });

  it('that met an earlier invoice of its reference takes it over', () => {
    const earlier = { snapshot: snapshotOf(), redirect: null };
    const adopted = apply(opened, failed({ type: 'AlreadyExists', answer: 'conflict', earlier }));
    expect(adopted.attempts[0]?.seen?.snapshot.invoiceId).toBe('cpi_1');
  });
});

describe('an invoice that the platform no longer knows', () => {
  it('is in review, until it is there again', () => {
    const gone = after(polled({}), absent({ at: createdAt + 200_000 }));
    expect(reasonsOf(gone)).toEqual(['the platform no longer knows the invoice of A1001']);
    expect(statusOf(apply(gone, polled({}, { at: createdAt + 300_000 })))).toBe('awaiting_payment');
  });

  it('is no matter where it was paid', () => {
    expect(statusOf(after(polled(paid), absent({ at: createdAt + 200_000 })))).toBe('paid');
  });
});

describe('what is not over', () => {
  it('is told as it is: nothing of the money before there is any', () => {
    expect(toPaymentView(after()).money).toBeNull();
    expect(toPaymentView(after(polled(declined))).decline).toEqual({ code: 'declined' });
    expect(lived(inputOf(), polled(paid)).told.map(({ status }) => status)).toEqual(['paid']);
  });
});
