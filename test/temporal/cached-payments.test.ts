import { expect, it } from 'vitest';
import { cachedPaymentsFor } from '../../src/temporal/cached-payments.ts';

const mib = 1024 * 1024;

it.each([
  { heap: 100, memory: 16_384, payments: 200 },
  { heap: 448, memory: 16_384, payments: 1_587 },
  { heap: 4_144, memory: 16_384, payments: 25_241 },
  { heap: 592, memory: 1_024, payments: 1_755 },
  { heap: 592, memory: 256, payments: 200 },
])('a heap of $heap MiB in $memory MiB of memory keeps $payments payments', (limits) => {
  expect(cachedPaymentsFor({ heap: limits.heap * mib, memory: limits.memory * mib })).toBe(limits.payments);
});
