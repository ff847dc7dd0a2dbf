import { describe, expect, it } from 'vitest';
import {
  decideUnmatched,
  refusalOfUnmatchedResolve,
} from '../../../src/domain/unmatched-money/decide-unmatched.ts';
import {
  applyUnmatched,
  noUnmatchedMoney,
  type UnmatchedFact,
  type UnmatchedMoney,
} from '../../../src/domain/unmatched-money/unmatched-money.ts';
import type { InvoiceId } from '../../../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../../../src/domain/invoice/invoice.ts';
import type { PlatformFailure } from '../../../src/domain/invoice/platform-failure.ts';
import { dayMs, hourMs } from '../../../src/domain/time.ts';

const invoiceId = 'cpi_1' as InvoiceId;
const paid: InvoiceSnapshot = {
  invoiceId,
  referenceId: 'X',
  status: 'processed',
  resolution: 'ok',
  amount: '12.5',
  currency: 'USD',
  paymentAmount: '12.5',
  processedAmount: '12.5',
  fee: null,
  refundedAmount: null,
  chargedBackAmount: null,
  serviceCurrency: 'USD',
  service: 'payment_card_usd_hpp',
  testMode: true,
  created: 0,
  updated: 0,
  processed: 0,
  owner: null,
};
const failure = (type: PlatformFailure['type']): PlatformFailure => ({
  type,
  answer: 'server_error',
  messages: [{ field: 'amount', message: 'no' }],
  retryAfterMs: null,
  earlier: null,
});
const after = (...facts: UnmatchedFact[]): UnmatchedMoney =>
  facts.reduce(applyUnmatched, noUnmatchedMoney(0));
const called: UnmatchedFact = { kind: 'called', status: null };
const seen = (at: number, snapshot: InvoiceSnapshot | null = paid): UnmatchedFact => ({
  kind: 'seen',
  at,
  askedAt: at,
  snapshot,
  about: null,
});
const resolved = (decision: 'refund' | 'accept', at: number): UnmatchedFact => ({
  kind: 'resolved',
  decision,
  note: { at, by: 'ann', why: 'x' },
});
const answered = (
  at: number,
  answer: Extract<UnmatchedFact, { kind: 'refund_answered' }>['answer'],
): UnmatchedFact => ({
  kind: 'refund_answered',
  at,
  invoiceId,
  answer,
});

describe('money that no payment ordered', () => {
  it('is asked about once for callbacks that come within a minute', () => {
    const money = after(called, seen(1_000), called, called);
    expect(decideUnmatched(money)).toMatchObject({ action: null, next: { at: 61_000 }, needsPerson: true });
  });

  it('is over where a platform that was claimed to have it says five times that it has not', () => {
    let money = after({ kind: 'called', status: 'processed' });
    const pauses: number[] = [];
    for (let asked = 0; !decideUnmatched(money).isOver; asked++) {
      expect(asked).toBeLessThan(5);
      const at = decideUnmatched(money).next?.at ?? money.clock;
      pauses.push(at - money.clock);
      money = applyUnmatched(money, seen(at, null));
    }
    expect(pauses).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
  });

  it('is asked about ever more slowly while the platform is silent, four hours apart at most', () => {
    let money = after(called);
    const pauses: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      money = applyUnmatched(money, {
        kind: 'unanswered',
        at: money.clock,
        failure: failure('Unanswered'),
        about: null,
      });
      const at = decideUnmatched(money).next?.at ?? 0;
      pauses.push((at - money.clock) / 60_000);
      money = applyUnmatched(money, { kind: 'time_passed', at });
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240]);
  });

  it('goes back under one reference, however often the answer is lost; a refused refund is followed by another', () => {
    const asked = after(called, seen(1), resolved('refund', 2));
    const refund = { kind: 'refund', referenceId: 'late-cpi_1-1', amount: { minor: 1_250, currency: 'USD' } };
    expect(decideUnmatched(asked).action).toMatchObject(refund);
    const lost = applyUnmatched(asked, answered(3, { kind: 'failed', failure: failure('ResultUnknown') }));
    expect(decideUnmatched(lost)).toMatchObject({ action: null, needsPerson: true });
    const again = applyUnmatched(lost, { kind: 'time_passed', at: decideUnmatched(lost).next?.at ?? 0 });
    expect(decideUnmatched(again).action).toMatchObject(refund);
    const refused = applyUnmatched(again, answered(5_000, { kind: 'failed', failure: failure('Refused') }));
    expect(decideUnmatched(refused)).toMatchObject({ action: null, needsPerson: true });
    expect(decideUnmatched(applyUnmatched(refused, resolved('refund', 6_000))).action).toMatchObject({
      referenceId: 'late-cpi_1-2',
    });
  });

  it('is watched until it is back, and shown to a person where that takes longer than three days', () => {
    const accepted = answered(2, { kind: 'accepted', progress: 'under_way' });
    const money = after(called, seen(1), resolved('refund', 2), accepted);
    expect(decideUnmatched(money)).toMatchObject({ needsPerson: false, isOver: false });
    const late = applyUnmatched(money, { kind: 'time_passed', at: 72 * hourMs + 2 });
    expect(decideUnmatched(late).needsPerson).toBe(true);
    const back = applyUnmatched(
      late,
      seen(73 * hourMs, { ...paid, status: 'refunded', refundedAmount: '12.5' }),
    );
    expect(decideUnmatched(back)).toMatchObject({ needsPerson: false, isOver: false });
    expect(refusalOfUnmatchedResolve(back, 'accept')?.detail).toContain('no money waits for a decision');
  });

  it('is asked to go back once more, as the same refund, where that takes longer than three days', () => {
    const underWay = { kind: 'accepted', progress: 'under_way' } as const;
    const early = after(called, seen(1), resolved('refund', 2), answered(2, underWay));
    expect(refusalOfUnmatchedResolve(early, 'refund')?.detail).toContain('a refund is under way');
    const overdue = applyUnmatched(early, seen(72 * hourMs + 2));
    expect(refusalOfUnmatchedResolve(overdue, 'refund')).toBeNull();
    const again = applyUnmatched(overdue, resolved('refund', 73 * hourMs));
    expect(again.notes).toHaveLength(2);
    expect(decideUnmatched(again).action).toMatchObject({
      kind: 'refund',
      referenceId: 'late-cpi_1-1',
      amount: { minor: 1_250, currency: 'USD' },
    });
    const accepted = applyUnmatched(again, answered(73 * hourMs, underWay));
    expect(decideUnmatched(accepted)).toMatchObject({ action: null, needsPerson: false });
    expect(refusalOfUnmatchedResolve(accepted, 'refund')?.detail).toContain('a refund is under way');
  });

  it.each(['failed', 'done'] as const)(
    'takes another refund where the one that took too long is said to be %s and the money is there',
    (progress) => {
      const underWay = answered(2, { kind: 'accepted', progress: 'under_way' });
      const overdue = after(called, seen(1), resolved('refund', 2), underWay, seen(72 * hourMs + 2));
      const answer = answered(73 * hourMs, { kind: 'accepted', progress });
      const ended = [resolved('refund', 73 * hourMs), answer].reduce(applyUnmatched, overdue);
      expect(decideUnmatched(ended)).toMatchObject({ action: null, needsPerson: true });
      expect(refusalOfUnmatchedResolve(ended, 'refund')).toBeNull();
      const another = applyUnmatched(ended, resolved('refund', 74 * hourMs));
      expect(decideUnmatched(another).action).toMatchObject({ referenceId: 'late-cpi_1-2' });
    },
  );

  it('cannot go back once more where another invoice of the reference was charged back', () => {
    const underWay = answered(2, { kind: 'accepted', progress: 'under_way' });
    const lost: InvoiceSnapshot = {
      ...paid,
      invoiceId: 'cpi_2' as InvoiceId,
      status: 'charged_back',
      chargedBackAmount: '12.5',
    };
    const both = after(called, seen(1), resolved('refund', 2), underWay, seen(72 * hourMs + 2, lost));
    expect(refusalOfUnmatchedResolve(both, 'refund')?.detail).toContain('the money was charged back');
  });

  it('is not asked to go back once more while another invoice of the reference is decided about', () => {
    const other: InvoiceSnapshot = { ...paid, invoiceId: 'cpi_2' as InvoiceId };
    const accepted = answered(2, { kind: 'accepted', progress: 'under_way' });
    const both = after(called, seen(1), resolved('refund', 2), accepted, seen(hourMs, other));
    const money = applyUnmatched(both, resolved('refund', 2 * hourMs));
    expect(money.invoices.map(({ refunds }) => refunds.map(({ life }) => life.state))).toEqual([
      ['accepted'],
      ['asked'],
    ]);
  });

  it('is remembered for 36 days once somebody has dealt with it', () => {
    const money = after(called, seen(0), resolved('accept', 0));
    expect(decideUnmatched(money)).toMatchObject({ needsPerson: false, isOver: false, next: { at: dayMs } });
    const again = applyUnmatched(applyUnmatched(money, called), seen(35 * dayMs));
    expect(decideUnmatched(again)).toMatchObject({ needsPerson: false, isOver: false });
    expect(decideUnmatched(applyUnmatched(again, { kind: 'time_passed', at: 36 * dayMs })).isOver).toBe(true);
  });

  it('that was charged back cannot go back', () => {
    const lost = { ...paid, status: 'charged_back', chargedBackAmount: '12.5' };
    const money = after(called, seen(1, lost));
    expect(decideUnmatched(money).needsPerson).toBe(true);
    expect(refusalOfUnmatchedResolve(money, 'refund')?.detail).toContain('the money was charged back');
    expect(refusalOfUnmatchedResolve(money, 'accept')).toBeNull();
    expect(refusalOfUnmatchedResolve(money, 'reject')?.detail).toContain('"decision" must be "refund"');
  });
});
