import { describe, expect, it } from 'vitest';
import { openPayment, type Payment } from '../../src/domain/payment/payment.ts';
import { reduce } from '../../src/domain/payment/apply.ts';
import { nextLookAt } from '../../src/domain/payment/polling.ts';
import { reviewReasonsOf, statusOf } from '../../src/domain/payment/status.ts';
import { extendedUntil, refusalOfExtension, watchEndOf } from '../../src/domain/payment/watch.ts';
import { inputOf, snapshotOf, startedAt } from '../support/payment-facts.ts';

const hour = 3_600_000;
const expiresAt = startedAt + hour / 2;
const redirect = { url: 'http://pay.example/1', method: 'GET' as const, fields: {}, hppUrl: null };
const invoice = { snapshot: snapshotOf(), redirect };

const watched = (): Payment =>
  reduce(openPayment(inputOf(), startedAt), {
    kind: 'invoice_created',
    attempt: 1,
    invoice,
    expiresAt,
  } as never);
const silent = (): Payment => reduce(watched(), { kind: 'watch_exhausted' });
const extend = (payment: Payment, now: number, hours: number): Payment =>
  reduce(payment, { kind: 'watch_extended', attempt: 1, until: extendedUntil(payment, now, hours) });

describe('extending the watch', () => {
  it('adds hours to the end of the watch, or to now where that is later', () => {
    const end = expiresAt + 24 * hour;
    expect(watchEndOf(watched())).toBe(end);
    expect(watchEndOf(extend(watched(), expiresAt + hour, 10))).toBe(end + 10 * hour);
    expect(watchEndOf(extend(silent(), end + 5 * hour, 10))).toBe(end + 15 * hour);
    const twice = extend(extend(watched(), expiresAt, 24), expiresAt, 24);
    expect(watchEndOf(twice)).toBe(end + 48 * hour);
  });

  it('takes a silent payment out of review, and back when the platform stays silent', () => {
    expect(reviewReasonsOf(silent())).toEqual(['the platform said nothing final for 24 h']);
    const again = extend(silent(), expiresAt + 24 * hour, 12);
    expect(statusOf(again)).toBe('awaiting_payment');
    expect(reviewReasonsOf(reduce(again, { kind: 'watch_exhausted' }))).toEqual([
      'the platform said nothing final for 36 h',
    ]);
  });

  it('is looked at until then', () => {
    const plan = { pausesSeconds: [60], looksBefore: 9, looksAfter: 99, failedLooks: 0, expiresAt };
    const lastLookAt = expiresAt + 24 * hour;
    expect(nextLookAt({ ...plan, lastLookAt })).toBeNull();
    const watchUntil = lastLookAt + hour;
    expect(nextLookAt({ ...plan, lastLookAt, watchUntil })).toBe(lastLookAt + hour / 4);
    expect(nextLookAt({ ...plan, lastLookAt: watchUntil, watchUntil })).toBeNull();
  });

  it('is for payments that the platform is silent about', () => {
    const before = { now: expiresAt - 1, silent: false };
    expect(refusalOfExtension(watched(), before)).toContain(
      'it is watched until 2026-11-24T10:30:00Z anyway',
    );
    expect(refusalOfExtension(watched(), { ...before, silent: true })).toBeNull();
    expect(refusalOfExtension(watched(), { ...before, now: expiresAt })).toBeNull();
    expect(refusalOfExtension(silent(), before)).toBeNull();
    const paid = reduce(watched(), {
      kind: 'observed',
      attempt: 1,
      snapshot: snapshotOf({ status: 'processed' }),
      source: 'poll',
    });
    expect(refusalOfExtension(paid, before)).toBe('the payment is paid: there is nothing to watch');
    const differing = reduce(silent(), {
      kind: 'observed',
      attempt: 1,
      snapshot: snapshotOf({ status: 'processed', amount: '1.00' }),
      source: 'poll',
    });
    expect(refusalOfExtension(differing, before)).toContain('in review for more than silence: ');
  });
});
