import { expect, it } from 'vitest';
import { cachedPaymentsFor } from '../../src/temporal/cached-payments.ts';

const mib = 1024 * 1024;

it.each([
  { heap: 100, payments: 200 },
  { heap: 640, payments: 2_816 },
  { heap: 4_144, payments: 25_241 },
])('a heap of $heap MiB keeps $payments payments', ({ heap, payments }) => {
  expect(cachedPaymentsFor(heap * mib)).toBe(payments);
});
