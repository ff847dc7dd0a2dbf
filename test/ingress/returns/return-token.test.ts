import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toOrderId } from '../../../src/domain/identity.ts';
import { signReturnToken, verifyReturnToken } from '../../../src/ingress/returns/return-token.ts';

const now = Date.UTC(2026, 10, 23);
const orderId = toOrderId('A-1_x');
const token = signReturnToken(orderId, now + 60_000, ['newer', 'older']);

describe('a return token', () => {
  it('names its order until its time is up, under any live secret', () => {
    expect(verifyReturnToken(token, ['newer'], now)).toBe(orderId);
    expect(verifyReturnToken(token, ['newest', 'newer'], now)).toBe(orderId);
    expect(verifyReturnToken(token, ['newer'], now + 60_001)).toBeNull();
    expect(verifyReturnToken(token, ['older'], now)).toBeNull();
  });

  it('is refused when anything in it was changed', () => {
    const changes = fc.record({
      at: fc.nat({ max: token.length - 1 }),
      to: fc.constantFrom('A', 'Z', 'a', '0', '9', '-', '_', '.'),
    });
    fc.assert(
      fc.property(changes, ({ at, to }) => {
        const changed = token.slice(0, at) + to + token.slice(at + 1);
        fc.pre(changed !== token);
        expect(verifyReturnToken(changed, ['newer'], now)).toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(verifyReturnToken(text, ['newer'], now)).toBeNull();
      }),
    );
    for (const more of ['.x', '=', '!']) expect(verifyReturnToken(token + more, ['newer'], now)).toBeNull();
  });
});
