import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOrderId,
  orderOfReference,
  referenceIdFor,
  toOrderId,
  workflowIdFor,
} from '../../src/domain/identity.ts';

const orderIds = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/).map(toOrderId);
const attempts = fc.integer({ min: 1, max: 9999 });

describe('identity', () => {
  it('names workflow and reference after the order', () => {
    const orderId = toOrderId('A1001');
    expect(workflowIdFor(orderId)).toBe('payment-A1001');
    expect(referenceIdFor(orderId, 1)).toBe('A1001');
    expect(referenceIdFor(orderId, 2)).toBe('A1001.2');
  });

  it('finds the order and the attempt of every reference again', () => {
    fc.assert(
      fc.property(orderIds, attempts, (orderId, attempt) => {
        expect(orderOfReference(referenceIdFor(orderId, attempt))).toEqual({ orderId, attempt });
      }),
    );
  });

  it('never gives two orders one reference', () => {
    fc.assert(
      fc.property(orderIds, attempts, orderIds, attempts, (a, m, b, n) => {
        fc.pre(a !== b || m !== n);
        expect(referenceIdFor(a, m)).not.toBe(referenceIdFor(b, n));
      }),
    );
  });

  it.each(['A1001.1', 'A1001.02', 'A1001.0', 'A.B.2', 'A 1', '', 'A1001.', '.2', 'Ä1', 'A1001.2\n'])(
    'makes no order of the foreign reference %j',
    (reference) => expect(orderOfReference(reference)).toBeNull(),
  );

  it.each(['', 'a'.repeat(65), 'a/b', 'a.b', 'a\r\nb', 'é'])('refuses %j as an order id', (text) => {
    expect(isOrderId(text)).toBe(false);
    expect(() => toOrderId(text)).toThrow('not an order id');
  });
});
