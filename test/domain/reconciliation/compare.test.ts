import { describe, expect, it } from 'vitest';
import { startOf } from '../../../src/domain/reconciliation/day.ts';
import { toOrderId } from '../../../src/domain/identity.ts';
import type { PaymentStatus } from '../../../src/domain/payment/statuses.ts';
import type { PaymentRecord } from '../../../src/domain/payment/payment-record.ts';
import {
  agrees,
  findingOf,
  isToldBefore,
  missingThere,
  type ListedInvoice,
  type OurRow,
} from '../../../src/domain/reconciliation/compare.ts';
import { toPaymentView } from '../../../src/domain/payment/to-payment-view.ts';
import { openPayment } from '../../../src/domain/payment/payment.ts';
import { inputOf, snapshotOf, startedAt } from '../../support/payment-facts.ts';

const day = '2026-11-23';
const start = startOf(day);
const listed = (more: Partial<ListedInvoice> = {}): ListedInvoice => ({
  ...snapshotOf({ created: start + 100, updated: start + 200, ...more }),
  chargedBackAmount: null,
  ...more,
});
const record = (seen: PaymentRecord['seen'], more: Partial<PaymentRecord['payment']> = {}): PaymentRecord => {
  const input = inputOf();
  const payment = { ...toPaymentView(openPayment(input, startedAt)), invoiceId: 'cpi_1', ...more };
  const { terms, policy } = input;
  return {
    ...{ owner: 'shop', account: policy.account, requestId: 'r1' },
    ...{ terms, payment, seen, swept: [], polls: 0 },
  };
};
const saw = (status: string, updated = start + 150) => [{ attempt: 1, status, updated }];
const kindOf = (invoice: ListedInvoice, ours: PaymentRecord | null) =>
  findingOf(invoice, ours, start + 1_000)?.kind ?? null;

describe('what is a finding', () => {
  it.each([
    { there: 'process_pending', seen: [], kind: null },
    { there: 'process_pending', seen: saw('process_pending'), kind: null },
    { there: 'process_pending', seen: saw('processed'), kind: 'paid_here' },
    { there: 'process_failed', seen: saw('process_pending'), kind: 'ended_there' },
    { there: 'process_failed', seen: saw('expired'), kind: null },
    { there: 'process_failed', seen: saw('processed'), kind: 'paid_here' },
    { there: 'processed', seen: [], kind: 'paid_there' },
    { there: 'processed', seen: saw('process_failed'), kind: 'paid_there' },
    { there: 'processed', seen: saw('processed'), kind: null },
    { there: 'verified', seen: saw('process_pending'), kind: 'paid_there' },
    { there: 'refund_failed', seen: saw('refunding'), kind: 'refund_unseen' },
    { there: 'partially_processed', seen: saw('processed'), kind: 'other_amount' },
    { there: 'refunded', seen: saw('processed'), kind: 'refund_unseen' },
    { there: 'refund_pending', seen: saw('refunding'), kind: null },
    { there: 'partially_refunded', seen: saw('partially_refunded'), kind: 'refund_unseen' },
    { there: 'partially_refunded', seen: saw('partially_refunded', start + 200), kind: null },
    { there: 'charged_back', seen: saw('refunded'), kind: 'chargeback_unseen' },
    { there: 'a_status_of_tomorrow', seen: saw('process_pending'), kind: null },
  ])('there $there, here $seen: $kind', ({ there, seen, kind }) => {
    expect(kindOf(listed({ status: there }), record(seen))).toBe(kind);
  });

  it('is another amount, another currency or another part of it', () => {
    const seen = saw('processed');
    expect(kindOf(listed({ status: 'processed', amount: '100.5' }), record(seen))).toBe('other_amount');
    expect(kindOf(listed({ status: 'processed', currency: 'EUR' }), record(seen))).toBe('other_amount');
    expect(kindOf(listed({ status: 'processed', processedAmount: '90' }), record(seen))).toBe('other_amount');
    expect(kindOf(listed({ status: 'processed', processedAmount: '100.550' }), record(seen))).toBe(
      'other_amount',
    );
    expect(kindOf(listed({ status: 'processed', processedAmount: '100.55' }), record(seen))).toBeNull();
  });

  it('is an invoice that nobody ordered: no payment, no such attempt, or a second one', () => {
    expect(kindOf(listed(), null)).toBe('not_ordered');
    expect(kindOf(listed({ referenceId: 'A1001.2' }), record([]))).toBe('not_ordered');
    expect(kindOf(listed({ referenceId: 'none of ours' }), record([]))).toBe('not_ordered');
    expect(kindOf(listed(), record([], { invoiceId: 'cpi_2' }))).toBe('not_ordered');
    expect(kindOf(listed(), record([], { invoiceId: 'cpi_2', attempt: 2 }))).toBeNull();
  });

  it('is no stray of an attempt that the payment saw, and shows no more', () => {
    const later = listed({ referenceId: 'A1001.2', status: 'process_failed' });
    const seen = [{ attempt: 2, status: 'process_failed', updated: start + 200 }];
    expect(kindOf(later, record(seen, { attempt: 1 }))).toBeNull();
  });

  it('is nothing where a person decides, or did, unless there is money for an order that is not paid', () => {
    const paid = listed({ status: 'processed' });
    const byOperator = (status: PaymentStatus) => record([], { status, decidedBy: 'operator' });
    expect(kindOf(paid, record([], { status: 'review' }))).toBeNull();
    expect(kindOf(paid, byOperator('paid'))).toBeNull();
    expect(kindOf(listed({ status: 'expired' }), byOperator('failed'))).toBeNull();
    for (const status of ['failed', 'expired', 'canceled'] as const)
      expect([status, kindOf(paid, byOperator(status))]).toEqual([status, 'paid_there']);
  });

  it('is nothing where the payment saw more since the list was read', () => {
    expect(kindOf(listed(), record(saw('processed', start + 1_001)))).toBeNull();
    expect(kindOf(listed(), record(saw('processed', start + 1_000)))).toBe('paid_here');
  });

  it('is told on its own day alone where a person settles it', () => {
    const old = listed({ created: start - 500, updated: start - 1, amount: '1' });
    const finding = findingOf(old, record(saw('processed')), start);
    if (!finding) throw new Error('no finding');
    expect(isToldBefore(finding, { day, record: null })).toBe(true);
    const there = finding.there && { ...finding.there, updated: start };
    expect(isToldBefore({ ...finding, there }, { day, record: null })).toBe(false);
    expect(isToldBefore({ ...finding, kind: 'paid_there' }, { day, record: null })).toBe(false);
  });

  it('is told once where nobody can settle it: the payment remembers what was told, and when', () => {
    const gone = listed({ status: 'process_failed' });
    const paid = record(saw('processed'));
    const told = (more: object) => ({
      ...paid,
      swept: [{ attempt: 1, day: '2026-11-22', status: 'process_failed', updated: gone.updated, ...more }],
    });
    const finding = findingOf(gone, paid, start);
    if (!finding) throw new Error('no finding');
    const isTold = (of: PaymentRecord) => isToldBefore(finding, { day, record: of });
    expect([isTold(told({})), isTold(paid)]).toEqual([true, false]);
    for (const other of [{ day }, { attempt: 2 }, { status: 'expired' }, { updated: gone.updated - 1 }])
      expect([other, isTold(told(other))]).toEqual([other, false]);
    const missing = missingThere(row(), paid);
    const nothing = told({ status: null, updated: null });
    expect(isToldBefore(missing, { day, record: nothing })).toBe(true);
    expect(isToldBefore(missing, { day, record: told({}) })).toBe(false);
  });
});

const row = (more: Partial<OurRow> = {}): OurRow => ({
  orderId: toOrderId('A1001'),
  invoiceId: listed().invoiceId,
  invoiceCreated: start + 100,
  status: 'paid',
  currency: 'USD',
  amount: '100.55',
  startedAt: 1,
  ...more,
});

describe('rows that agree, so that their payment need not be read', () => {
  const paid = listed({ status: 'processed' });
  it.each<[string, ListedInvoice, OurRow[], boolean]>([
    ['paid and paid', paid, [row()], true],
    ['no row', paid, [], false],
    ['no amount', paid, [row({ amount: null })], false],
    ['another amount', paid, [row({ amount: '100.56' })], false],
    ['another currency', paid, [row({ currency: 'EUR' })], false],
    ['in review', paid, [row({ status: 'review' })], false],
    ['open', paid, [row({ status: 'awaiting_payment' })], false],
    [
      'refunded in its aftermath',
      listed({ status: 'refunded' }),
      [row(), row({ status: 'refunded', amount: null, startedAt: 2 })],
      true,
    ],
    [
      'refunded in its aftermath, not there',
      paid,
      [row({ status: 'refunded', amount: null, startedAt: 2 }), row()],
      false,
    ],
    [
      'partly refunded',
      listed({ status: 'partially_refunded' }),
      [row({ status: 'partially_refunded' })],
      false,
    ],
  ])('%s', (_name, invoice, rows, expected) => {
    expect(agrees(invoice, rows)).toBe(expected);
  });

  it('say nothing of the money of a later attempt: an earlier one may have been paid as well', () => {
    const later = (status: string) => listed({ status, referenceId: 'A1001.2' });
    expect(agrees(later('processed'), [row({ status: 'paid' })])).toBe(false);
    expect(agrees(later('refunded'), [row({ status: 'refunded' })])).toBe(false);
    expect(agrees(later('expired'), [row({ status: 'failed' })])).toBe(true);
    // Which the payment itself then shows.
    const ours = record([...saw('processed'), { attempt: 2, status: 'expired', updated: start + 160 }], {
      status: 'paid',
      attempt: 2,
    });
    expect(kindOf(later('processed'), ours)).toBe('paid_there');
  });

  it('say so only where the payment itself would', () => {
    const statuses: PaymentStatus[] = [
      'awaiting_payment',
      'failed',
      'expired',
      'canceled',
      'paid',
      'refunded',
    ];
    for (const status of ['process_pending', 'process_failed', 'processed', 'refunded', 'charged_back']) {
      const invoice = listed({ status, updated: start + 150 });
      for (const ours of statuses.filter((it) => agrees(invoice, [row({ status: it })])))
        expect([ours, kindOf(invoice, record(saw(status), { status: ours }))]).toEqual([ours, null]);
    }
  });
});
