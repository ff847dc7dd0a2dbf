import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claimsSuccess,
  meaningOf,
  stateOf,
  type InvoiceState,
} from '../../../src/domain/invoice/invoice-state.ts';
import { isNews, laterOf, type Seen } from '../../../src/domain/invoice/money-beats-none.ts';
import { snapshotOf } from '../../support/payment-facts.ts';

const words: readonly [string, InvoiceState][] = [
  ['created', 'open'],
  ['processing', 'open'],
  ['process_pending', 'open'],
  ['process_error', 'open'],
  ['processed', 'paid'],
  ['partially_processed', 'partially_paid'],
  ['process_failed', 'failed'],
  ['expired', 'expired'],
  ['terminated', 'failed'],
  ['rejected', 'failed'],
  ['verified', 'verified'],
  ['verify_failed', 'failed'],
  ['refunding', 'refunding'],
  ['refund_pending', 'refunding'],
  ['refund_error', 'refunding'],
  ['refunded', 'refunded'],
  ['partially_refunded', 'partially_refunded'],
  ['refund_failed', 'paid'],
  ['charged_back', 'charged_back'],
  ['partially_charged_back', 'partially_charged_back'],
];
const stateOfWord = (status: string, resolution: string | null = 'ok') => stateOf({ status, resolution });

describe("an invoice's state", () => {
  it.each(words)('%s: %s', (word, state) => {
    expect(stateOfWord(word)).toBe(state);
  });

  it('is expired where a failure is for its time alone, in any case of letters', () => {
    expect(stateOfWord('process_failed', 'Expired')).toBe('expired');
    expect(stateOfWord('process_failed', 'card_expired')).toBe('failed');
    expect(stateOfWord('processed', 'expired')).toBe('paid');
  });

  it('is open for whatever word we do not know: it is asked again', () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        fc.pre(!words.some(([known]) => known === word));
        expect(stateOfWord(word)).toBe('open');
      }),
    );
    for (const word of ['constructor', 'toString', '__proto__']) expect(stateOfWord(word)).toBe('open');
  });

  it('is final save where something is on its way, and has money save where there was none', () => {
    const states = [...new Set(words.map(([, state]) => state))];
    const those = (is: (state: InvoiceState) => boolean) => states.filter(is).sort();
    expect(those((state) => !meaningOf(state).final)).toEqual(['open', 'refunding']);
    expect(those((state) => !meaningOf(state).money)).toEqual(['expired', 'failed', 'open', 'verified']);
    expect(those((state) => meaningOf(state).rank === 1)).toEqual(['expired', 'failed']);
    for (const state of states) if (meaningOf(state).money) expect(meaningOf(state).rank).toBe(2);
  });

  it('is claimed to be a success by its word alone', () => {
    expect(['processed', 'verified', 'charged_back', 'refund_failed'].map(claimsSuccess)).toEqual(
      Array.from({ length: 4 }, () => true),
    );
    expect(['process_pending', 'expired', 'brand_new', null].map(claimsSuccess)).toEqual(
      Array.from({ length: 4 }, () => false),
    );
  });
});

describe('the answer that knows more', () => {
  const anySeen: fc.Arbitrary<Seen> = fc.record({
    askedAt: fc.integer({ min: 0, max: 3 }),
    snapshot: fc
      .record({
        status: fc.constantFrom(...words.map(([word]) => word), 'brand_new'),
        resolution: fc.constantFrom('ok', 'expired', null),
        updated: fc.integer({ min: 100, max: 102 }),
        refundedAmount: fc.constantFrom(null, '10.00', '60.00'),
        chargedBackAmount: fc.constantFrom(null, '5.00'),
      })
      .map(snapshotOf),
  });

  it('is the same in any order, and however often each is given', () => {
    fc.assert(
      fc.property(
        fc
          .array(anySeen, { minLength: 1, maxLength: 6 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
          ),
        ([all, again]) => {
          const known = (answers: readonly Seen[]) => answers.reduce<Seen | null>(laterOf, null);
          expect(known(again)).toEqual(known(all));
        },
      ),
    );
  });

  it('never gives success up for none, and else is the later change', () => {
    fc.assert(
      fc.property(anySeen, anySeen, (a, b) => {
        const rank = ({ snapshot }: Seen): number => meaningOf(stateOf(snapshot)).rank;
        const later = laterOf(a, b);
        expect(rank(later)).toBe(Math.max(rank(a), rank(b)));
        if (rank(a) === rank(b))
          expect(later.snapshot.updated).toBe(Math.max(a.snapshot.updated, b.snapshot.updated));
      }),
    );
  });

  it('tells more of its money, of two in the same second', () => {
    const before: Seen = { askedAt: 2, snapshot: snapshotOf({ status: 'partially_refunded' }) };
    const moved = snapshotOf({ status: 'partially_refunded', refundedAmount: '10.00' });
    expect(laterOf(before, { askedAt: 1, snapshot: moved }).snapshot).toBe(moved);
  });
});

describe('a callback is worth a poll', () => {
  const seen = snapshotOf({ status: 'process_pending', updated: 100 });
  it.each<[string, Parameters<typeof isNews>[0], boolean]>([
    ['paid, later', { status: 'processed', updated: 101 }, true],
    ['paid, in the same second', { status: 'processed', updated: 100 }, true],
    ['paid, though older than what is known', { status: 'processed', updated: 99 }, true],
    ['unpaid, and older than what is known', { status: 'expired', updated: 99 }, false],
    ['what is known already', { status: 'process_pending', updated: 100 }, false],
    ['still open', { status: 'processing', updated: 101 }, false],
    ['nothing said', { status: null, updated: null }, true],
  ])('%s: %o', (_, hint, news) => {
    expect(isNews(hint, seen)).toBe(news);
  });
});
