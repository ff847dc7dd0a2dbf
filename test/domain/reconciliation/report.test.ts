import { describe, expect, it } from 'vitest';
import { startOf } from '../../../src/domain/reconciliation/day.ts';
import {
  addTally,
  countFindings,
  emptyTally,
  reportOf,
  sumsOf,
} from '../../../src/domain/reconciliation/report.ts';
import { toFinding, type ListedInvoice } from '../../../src/domain/reconciliation/compare.ts';
import { snapshotOf } from '../../support/payment-facts.ts';

const day = '2026-11-23';
const about = { day, startedAt: '', finishedAt: '', incomplete: null };
const listed = (more: Partial<ListedInvoice>): ListedInvoice => ({
  ...snapshotOf({ created: startOf(day) }),
  chargedBackAmount: null,
  ...more,
});
const linesOf = (...invoices: ListedInvoice[]) => {
  const { currencies } = reportOf({ ...emptyTally, sums: sumsOf(invoices, day) }, about);
  return currencies.map(({ currency, lines, total }) => [
    currency,
    Object.entries(lines)
      .filter(([, { count, amount }]) => count > 0 || Number(amount) > 0)
      .map(([line, { count, amount }]) => `${line} ${count} ${amount}`)
      .join(', '),
    `${total.count} ${total.amount}`,
  ]);
};

describe('sums', () => {
  it.each([
    [{ status: 'process_pending' }, 'open 1 100.55'],
    [{ status: 'expired' }, 'failed 1 100.55'],
    [{ status: 'processed', processedAmount: '100.55' }, 'paid 1 100.55'],
    [{ status: 'partially_processed', processedAmount: '60' }, 'paid 1 60.00'],
    [{ status: 'verified' }, 'verified 1 100.55'],
    [{ status: 'refunded' }, 'refunded 1 100.55'],
    [{ status: 'partially_refunded', refundedAmount: '0.55' }, 'paid 0 100.00, refunded 1 0.55'],
    [{ status: 'partially_charged_back', chargedBackAmount: '100' }, 'paid 0 0.55, chargedBack 1 100.00'],
    [{ status: 'refunded', refundedAmount: '999' }, 'refunded 1 100.55'],
  ])('%o: %s', (more, expected) => {
    expect(linesOf(listed(more))[0]?.[1]).toBe(expected);
  });

  it('are those of the day alone, each currency in its own units', () => {
    const yen = { currency: 'JPY', amount: '1000', status: 'processed' };
    expect(
      linesOf(
        listed({ ...yen }),
        listed({ ...yen, amount: '1' }),
        listed({ created: startOf(day) - 1 }),
        listed({ created: startOf(day) + 86_400 }),
        listed({ created: startOf(day) + 86_399 }),
      ),
    ).toEqual([
      ['JPY', 'paid 2 1001', '2 1001'],
      ['USD', 'open 1 100.55', '1 100.55'],
    ]);
  });
});

describe('findings', () => {
  it('are kept up to a thousand, and all are counted', () => {
    const findings = Array.from({ length: 700 }, () => toFinding('paid_there', listed({}), null));
    const page = { ...emptyTally, pages: 1, read: 700, findings, counts: countFindings(findings) };
    const report = reportOf(addTally(page, page), about);
    expect(report).toMatchObject({
      counts: { paid_there: 1400 },
      leftOut: 400,
      walked: { pages: 2, read: 1400 },
    });
    expect(report.findings).toHaveLength(1000);
  });
});
