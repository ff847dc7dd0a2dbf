import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expiryFor } from '../../../src/domain/payment/expiry.ts';

const minute = 60_000;

it("keeps an invoice's expiry within what the platform accepts", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (left) => {
      const lifetime = expiryFor(left, 0);
      expect(lifetime).toBeGreaterThan(14 * minute);
      expect(lifetime).toBeLessThan(48 * 60 * minute);
    }),
  );
  expect(expiryFor(30 * minute, 0)).toBe(30 * minute);
});
