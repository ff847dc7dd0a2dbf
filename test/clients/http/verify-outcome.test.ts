import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyOutcome, WebhookVerificationError } from '../../../src/clients/http/payments-api.ts';

const [older, newer] = ['whsec_b2xkZXItb2xkZXItb2xkZXI=', 'whsec_bmV3ZXItbmV3ZXItbmV3ZXI='];
const body = JSON.stringify({ type: 'payment.paid', timestamp: '2026-11-27T00:00:00Z', data: {} });

/** A signature as the standard describes it, made without the library that checks it. */
const sign = (secret: string, content: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(content)
    .digest('base64')}`;

/** The headers of a delivery. */
function signed({ by = [older], id = 'out_A1_1', at = Date.now() } = {}): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const content = `${id}.${timestamp}.${body}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': by.map((secret) => sign(secret, content)).join(' '),
  };
}

describe('an outcome', () => {
  it.each([
    ['the headers of Node', signed()],
    ['the headers of fetch', new Headers(signed())],
  ])('is read with its id from a signed delivery, by %s', (_whose, headers) => {
    expect(verifyOutcome(body, headers, [older])).toEqual({
      id: 'out_A1_1',
      ...(JSON.parse(body) as object),
    });
  });

  it('is verified by either secret while they rotate', () => {
    for (const by of [[older], [newer], [newer, older]])
      expect(verifyOutcome(body, signed({ by }), [newer, older])).toMatchObject({ type: 'payment.paid' });
  });

  it.each<[string, string, Record<string, string>, string[]]>([
    ['is signed by another secret', body, signed({ by: [newer] }), [older]],
    ['has another body', body.replace('paid', 'failed'), signed(), [older]],
    ['has another id', body, { ...signed(), 'webhook-id': 'out_A2_1' }, [older]],
    ['is six minutes old', body, signed({ at: Date.now() - 360_000 }), [older]],
    ['has no signature', body, {}, [older]],
    ['comes where no secret is known', body, signed(), []],
  ])('is refused where it %s', (_why, sent, headers, secrets) => {
    expect(() => verifyOutcome(sent, headers, secrets)).toThrow(WebhookVerificationError);
  });
});
