import { describe, expect, it } from 'vitest';
import { toOrderId } from '../../../src/domain/identity.ts';
import type { OurRow } from '../../../src/domain/reconciliation/compare.ts';
import { startOf } from '../../../src/domain/reconciliation/day.ts';
import { edgeAfter, pageWindowOf } from '../../../src/domain/reconciliation/page-window.ts';
import { snapshotOf } from '../../support/payment-facts.ts';

const day = '2026-11-23';
const start = startOf(day);
const listed = (created: number) => ({ ...snapshotOf({ created }), chargedBackAmount: null });
const rowCreatedAt = (invoiceCreated: number): OurRow => ({
  orderId: toOrderId('A1001'),
  invoiceId: snapshotOf().invoiceId,
  invoiceCreated,
  status: 'paid',
  currency: 'USD',
  amount: '100.55',
  startedAt: 1,
});

describe('the window of a page', () => {
  const page = (seconds: number[], next: string | null = 'cpi_x') => ({
    invoices: seconds.map((second) => listed(start + second)),
    next,
  });
  const due = (
    second: number,
    { edge = null, ...of }: { edge?: Parameters<typeof edgeAfter>[1] } & ReturnType<typeof page>,
  ) => pageWindowOf(of, { day, edge }).isDue(rowCreatedAt(start + second));

  it('goes from its oldest second to where the page before ended, or to the end of the day', () => {
    expect(pageWindowOf(page([500, 400]), { day, edge: null }).rows).toEqual({
      from: start + 400,
      to: start + 86_399,
    });
    const edge = edgeAfter(page([500, 400]), null);
    expect(pageWindowOf(page([400, 300]), { day, edge }).rows).toEqual({
      from: start + 300,
      to: start + 400,
    });
    expect(pageWindowOf(page([90_000, 86_400]), { day, edge: null }).rows).toBeNull();
  });

  it('leaves its oldest second to the next page, unless it is the last', () => {
    expect([
      due(400, page([500, 400])),
      due(401, page([500, 400])),
      due(400, page([500, 400], null)),
    ]).toEqual([false, true, true]);
  });

  it('remembers the invoices of the second at its edge, over any number of pages', () => {
    const first = edgeAfter(page([500, 400]), null);
    const second = edgeAfter(page([400, 400]), first);
    expect([first.ids.length, second.ids.length]).toEqual([1, 3]);
    expect(due(400, { edge: second, ...page([400, 300]) })).toBe(false);
    expect(edgeAfter(page([400, 300]), second)).toMatchObject({ second: start + 300, ids: ['cpi_1'] });
  });

  it('ends the walk 35 days before the day, where the list ends, and where it goes back', () => {
    const back = -35 * 86_400;
    expect(pageWindowOf(page([back - 1]), { day, edge: null })).toMatchObject({
      isLast: true,
      rows: { from: start + back },
    });
    expect(pageWindowOf(page([back]), { day, edge: null }).isLast).toBe(false);
    expect(pageWindowOf(page([], null), { day, edge: null })).toMatchObject({
      isLast: true,
      wentBack: false,
    });
    const edge = { second: start, ids: [] };
    expect(pageWindowOf(page([86_401]), { day, edge }).wentBack).toBe(true);
    expect(pageWindowOf(page([86_400]), { day, edge }).wentBack).toBe(false);
  });
});
