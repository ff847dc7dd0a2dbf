import { expect, it } from 'vitest';
import { financeOf } from '../../../src/domain/reconciliation/finance.ts';
import { emptyTally, reportOf, type Report } from '../../../src/domain/reconciliation/report.ts';

const sum = (minor: number) => ({ count: 1, minor });
const none = sum(0);
const report = (day: string, incomplete: string | null, paid: number): Report =>
  reportOf(
    {
      ...emptyTally,
      sums: {
        USD: {
          open: none,
          failed: none,
          verified: none,
          paid: sum(paid),
          refunded: sum(3_000),
          chargedBack: sum(1_000),
          fee: sum(205),
        },
      },
    },
    { day, startedAt: '', finishedAt: '', incomplete },
  );

it('adds up days, and says whether all of them are complete', () => {
  const lines = financeOf([report('2026-11-01', null, 10_055), report('2026-11-02', 'stuck', 100)]);
  expect(lines).toEqual([
    {
      day: '2026-11-01',
      currency: 'USD',
      gross: '140.55',
      refunded: '30.00',
      chargedBack: '10.00',
      fee: '2.05',
      net: '98.50',
      isComplete: true,
    },
    {
      day: '2026-11-02',
      currency: 'USD',
      gross: '41.00',
      refunded: '30.00',
      chargedBack: '10.00',
      fee: '2.05',
      net: '-1.05',
      isComplete: false,
    },
    {
      day: 'total',
      currency: 'USD',
      gross: '181.55',
      refunded: '60.00',
      chargedBack: '20.00',
      fee: '4.10',
      net: '97.45',
      isComplete: false,
    },
  ]);
});
