import { describe, expect, it } from 'vitest';
import { isNews } from '../../src/domain/invoice/invoice-state.ts';
import { snapshotOf } from '../support/payment-facts.ts';

describe('a callback is worth a look', () => {
  const seen = snapshotOf({ status: 'process_pending', updated: 100 });
  it.each<[string, Parameters<typeof isNews>[0], boolean]>([
    ['paid, later', { status: 'processed', updated: 101 }, true],
    ['paid, in the same second', { status: 'processed', updated: 100 }, true],
    ['older than what is known', { status: 'processed', updated: 99 }, false],
    ['what is known already', { status: 'process_pending', updated: 100 }, false],
    ['still open', { status: 'processing', updated: 101 }, false],
    ['nothing said', { status: null, updated: null }, true],
  ])('%s: %o', (_, hint, news) => {
    expect(isNews(hint, seen)).toBe(news);
  });
});
