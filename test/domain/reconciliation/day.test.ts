import { describe, expect, it } from 'vitest';
import { dayAfter, dayOf, endOf, isDay, startOf } from '../../../src/domain/reconciliation/day.ts';
import { daysDue } from '../../../src/domain/reconciliation/days-due.ts';

const at = (text: string): number => Date.parse(text);

describe('days', () => {
  it.each([
    ['2026-11-23', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['2026-11-23T00:00:00Z', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  it('begin and end at midnight UTC', () => {
    expect([startOf('2026-11-23') * 1000, endOf('2026-11-23') * 1000]).toEqual([
      Date.UTC(2026, 10, 23),
      Date.UTC(2026, 10, 24),
    ]);
    expect([dayOf(startOf('2026-11-23')), dayOf(endOf('2026-11-23') - 1)]).toEqual([
      '2026-11-23',
      '2026-11-23',
    ]);
    expect([dayAfter('2026-12-31', 1), dayAfter('2026-03-01', -1)]).toEqual(['2027-01-01', '2026-02-28']);
  });
});

describe('days due', () => {
  const nominal = at('2026-11-24T03:00:00Z');
  it.each([
    { what: 'the first time', startedAt: nominal, last: null, days: ['2026-11-23'] },
    { what: 'every day', startedAt: nominal, last: '2026-11-22', days: ['2026-11-23'] },
    {
      what: 'a catch-up four days late, whose later starts were skipped',
      startedAt: at('2026-11-27T12:00:00Z'),
      last: '2026-11-22',
      days: ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'],
    },
    {
      what: 'a catch-up before the day is due',
      startedAt: at('2026-11-25T02:59:59Z'),
      last: '2026-11-22',
      days: ['2026-11-23'],
    },
    {
      what: 'the day after days that were left out',
      startedAt: nominal,
      last: '2026-11-20',
      days: ['2026-11-21', '2026-11-22', '2026-11-23'],
    },
    {
      what: 'an earlier day by hand',
      startedAt: at('2026-11-30T09:00:00Z'),
      last: '2026-11-29',
      days: ['2026-11-23'],
    },
  ])('$what: $days', ({ startedAt, last, days }) => {
    expect(daysDue({ nominal, startedAt, last })).toEqual(days);
  });

  it('are a month at most', () => {
    const days = daysDue({ nominal, startedAt: nominal, last: '2020-01-01' });
    expect([days.length, days.at(-1)]).toEqual([31, '2026-11-23']);
  });
});
