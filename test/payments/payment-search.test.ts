import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toOrderId, workflowIdFor } from '../../src/domain/identity.ts';
import { PaymentSearch, type ListPlace } from '../../src/payments/payment-search.ts';
import { attributes } from '../../workflows/search-attributes.ts';

const now = Date.UTC(2026, 10, 26);

/** Visibility as far as the list asks it, which counts its questions: all of one order service's payments. */
function visibilityOf(payments: readonly ListPlace[]) {
  const asked = { counts: 0, mostListed: 0 };
  const queries: string[] = [];
  const found = (query: string): ListPlace[] => {
    queries.push(query);
    const names = /WorkflowId IN \(([^)]*)\)/.exec(query)?.[1];
    if (names !== undefined) return payments.filter(({ orderId }) => names.includes(`'payment-${orderId}'`));
    const [from = '', before = ''] = [...query.matchAll(/PaymentOpenedAt >?<?=? '([^']+)'/g)].map(
      ([, at]) => at,
    );
    return payments.filter(
      ({ createdAt }) => createdAt >= Date.parse(from) && createdAt < Date.parse(before),
    );
  };
  const toExecution = ({ orderId, createdAt }: ListPlace) => ({
    workflowId: workflowIdFor(orderId),
    type: 'payment',
    startTime: new Date(createdAt),
    memo: { amount: '1.00' },
    typedSearchAttributes: new TypedSearchAttributes([
      { key: attributes.owner, value: 'shop' },
      { key: attributes.openedAt, value: new Date(createdAt) },
      { key: attributes.status, value: 'paid' },
      { key: attributes.currency, value: 'USD' },
      { key: attributes.expiresAt, value: new Date(createdAt) },
    ]),
  });
  const workflow = {
    count: (query: string) => {
      asked.counts += 1;
      return Promise.resolve({ count: found(query).length });
    },
    async *list({ query }: { query: string }) {
      const rows = await Promise.resolve(found(query));
      asked.mostListed = Math.max(asked.mostListed, rows.length);
      yield* rows.map(toExecution);
    },
  };
  const withDeadline = (_deadline: number, call: () => Promise<unknown>) => call();
  return { asked, queries, client: { workflow, withDeadline } as unknown as Client };
}

async function walk(client: Client, limit: number): Promise<string[]> {
  const list = new PaymentSearch(client, 'queue');
  const seen: string[] = [];
  let after: ListPlace | undefined;
  for (;;) {
    const page = await list.page({ owner: 'shop', createdAfter: 0, createdBefore: now, after, limit });
    seen.push(...page.map(({ orderId }) => orderId));
    after = page.at(-1);
    if (page.length < limit) return seen;
  }
}

const placed = (times: readonly number[]): ListPlace[] =>
  times.map((createdAt, index) => ({ createdAt, orderId: toOrderId(`A${String(index).padStart(5, '0')}`) }));

it('however payments are spread over time, each is listed once and the newest first', async () => {
  const ago = fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 5 * 365 * 86_400_000 }));
  const times = fc.array(ago, { minLength: 0, maxLength: 300, size: 'max' });
  await fc.assert(
    fc.asyncProperty(times, fc.integer({ min: 5, max: 20 }), async (agos, limit) => {
      const payments = placed(agos.map((ms) => now - ms));
      const wanted = payments
        .toSorted((a, b) => b.createdAt - a.createdAt || (a.orderId < b.orderId ? 1 : -1))
        .map(({ orderId }) => orderId);
      expect(await walk(visibilityOf(payments).client, limit)).toEqual(wanted);
    }),
    { numRuns: 20 },
  );
});

it('a page of 200,000 payments costs a few questions', async () => {
  // One a second for more than two days.
  const payments = placed(Array.from({ length: 200_000 }, (_, index) => now - 1 - index * 1_000));
  const { client, asked } = visibilityOf(payments);
  const page = await new PaymentSearch(client, 'queue').page({
    owner: 'shop',
    createdAfter: 0,
    createdBefore: now,
    limit: 101,
  });
  expect(page.map(({ orderId }) => orderId)).toEqual(payments.slice(0, 101).map(({ orderId }) => orderId));
  expect(asked.counts).toBeLessThan(6);
  expect(asked.mostListed).toBeLessThan(1_000);
});

it.each([Date.UTC(9999, 11, 31, 23, 59, 59), Date.parse('9999-12-31T23:59:59-01:00')])(
  'asks for no time after the year 9999, which is none that visibility reads (before %d)',
  async (createdBefore) => {
    const payments = placed([now - 1]);
    const { client, queries } = visibilityOf(payments);
    const page = await new PaymentSearch(client, 'queue').page({ createdAfter: 0, createdBefore, limit: 5 });
    expect(page).toHaveLength(1);
    const times = queries.flatMap((query) => [...query.matchAll(/PaymentOpenedAt \S+ '([^']*)'/g)]);
    expect(times.map(([, time = '']) => time).filter((time) => !/^\d{4}-/.test(time))).toEqual([]);
  },
);
