import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { termsSchema } from '../../src/payments/terms-schema.ts';
import { loneKey, startLoneIngress } from '../support/lone-ingress.ts';

const terms = (more: object) => ({ amount: { value: '100.55', currency: 'USD' }, ...more });
const customer = (more: object) => terms({ customer: { referenceId: 'C7', ...more } });
const shop = 'https://shop.example/';
const returnUrls = (more: object) =>
  terms({ returnUrls: { success: shop, pending: shop, fail: shop, ...more } });

/** Options of Paytone's so many levels deep. */
const nested = (levels: number): object => (levels === 1 ? {} : { deeper: nested(levels - 1) });
const nearest = (name: string): string => `is not a known field; did you mean "${name}"?`;

describe('what cannot be read', () => {
  let ingress: Awaited<ReturnType<typeof startLoneIngress>>;
  beforeAll(async () => {
    ingress = await startLoneIngress();
  });
  afterAll(() => ingress.stop());

  async function send(method: string, path: string, body: string, key: string | null = loneKey) {
    const answer = await fetch(`${ingress.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      ...(body !== '' && { body }),
    });
    const problem = (await answer.json()) as { detail: string; errors?: object[] };
    return { status: answer.status, headers: answer.headers, ...problem };
  }

  it.each<[what: unknown, field: string, message: string]>([
    [terms({ returnURLs: {} }), 'returnURLs', nearest('returnUrls')],
    [terms({ ttl: 900 }), 'ttl', nearest('ttlSeconds')],
    [terms({ max_attempts: 2 }), 'max_attempts', nearest('maxAttempts')],
    [terms({ serviceCode: 'x' }), 'serviceCode', nearest('service')],
    [terms({ orderId: 'A1' }), 'orderId', nearest('amount')],
    [
      terms({ amount: { value: '1', currency: 'USD', currencyCode: 'USD' } }),
      'amount.currencyCode',
      nearest('currency'),
    ],
    [customer({ e_mail: 'a@b.example' }), 'customer.e_mail', nearest('email')],
    [customer({ address: { zip: '1' } }), 'customer.address.zip', nearest('city')],
    [customer({ address: { post_code: '1' } }), 'customer.address.post_code', nearest('postCode')],
    [returnUrls({ failure: shop }), 'returnUrls.failure', nearest('fail')],
    [returnUrls({ pending: undefined }), 'returnUrls.pending', 'is missing'],
    [returnUrls({ pending: 'shop.example' }), 'returnUrls.pending', 'must be an http(s) URL'],
    [null, 'body', 'must be an object'],
    [[], 'body', 'must be an object'],
    ['text', 'body', 'must be an object'],
    [{}, 'amount', 'is missing'],
    [{ amount: null }, 'amount', 'must be an object'],
    [{ amount: 100.55 }, 'amount', 'must be an object'],
    [{ amount: { value: '100.55' } }, 'amount.currency', 'is missing'],
    [{ amount: { value: 100.55, currency: 'USD' } }, 'amount.value', 'must be a string'],
    [{ amount: { value: '1', currency: 'XXY' } }, 'amount.currency', 'is not a currency of ISO 4217'],
    [
      { amount: { value: '1,00', currency: 'USD' } },
      'amount.value',
      'must be a decimal string such as "100.55"',
    ],
    [
      { amount: { value: '-1', currency: 'USD' } },
      'amount.value',
      'must be a decimal string such as "100.55"',
    ],
    [
      { amount: { value: '1.001', currency: 'USD' } },
      'amount.value',
      'has more decimals than the currency takes',
    ],
    [
      { amount: { value: '1.0', currency: 'JPY' } },
      'amount.value',
      'has more decimals than the currency takes',
    ],
    [customer({ email: 'nope' }), 'customer.email', 'must be an e-mail address'],
    [
      customer({ dateOfBirth: '31.31.1999' }),
      'customer.dateOfBirth',
      'must be a date of the calendar, yyyy-mm-dd',
    ],
    [
      customer({ dateOfBirth: '1999-02-30' }),
      'customer.dateOfBirth',
      'must be a date of the calendar, yyyy-mm-dd',
    ],
    [customer({ name: '' }), 'customer.name', 'must not be empty'],
    [customer({ phone: '1'.repeat(65) }), 'customer.phone', 'must have at most 64 characters'],
    [terms({ customer: {} }), 'customer.referenceId', 'is missing'],
    [terms({ customer: 'C7' }), 'customer', 'must be an object'],
    [terms({ service: '' }), 'service', 'must not be empty'],
    [terms({ service: 7 }), 'service', 'must be a string'],
    [terms({ serviceFields: { phone: 38 } }), 'serviceFields.phone', 'must be a string'],
    [terms({ description: 'x'.repeat(1025) }), 'description', 'must have at most 1024 characters'],
    [terms({ flow: 'pay' }), 'flow', 'must be one of "charge", "verify"'],
    [terms({ channel: null }), 'channel', 'must be one of "private", "public", "form"'],
    [terms({ locale: 'de' }), 'locale', 'must be one of "en", "uk", "ru"'],
    [terms({ ttlSeconds: 60 }), 'ttlSeconds', 'must be at least 840'],
    [terms({ ttlSeconds: 1e9 }), 'ttlSeconds', 'must be at most 172800'],
    [terms({ ttlSeconds: '900' }), 'ttlSeconds', 'must be a whole number'],
    [terms({ maxAttempts: 1.5 }), 'maxAttempts', 'must be a whole number'],
    [terms({ metadata: { cart: { id: 7 } } }), 'metadata.cart', 'must be a string'],
    [terms({ metadata: { '': 'x' } }), 'metadata.', 'must have a name of 1 to 64 characters'],
    [
      terms({ metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [i, ''])) }),
      'metadata',
      'has more than 50 entries',
    ],
    [terms({ gatewayOptions: [] }), 'gatewayOptions', 'must be an object'],
    [terms({ gatewayOptions: nested(17) }), 'gatewayOptions', 'is nested more than 16 levels deep'],
    [terms({ gatewayOptions: nested(4_100) }), 'gatewayOptions', 'is nested more than 16 levels deep'],
  ])('PUT of %j: 400 that names the field', async (body, field, message) => {
    const { status, errors } = await send('PUT', '/v1/payments/A1', JSON.stringify(body));
    expect([status, errors]).toEqual([400, [{ field, message }]]);
  });

  it.each<[path: string, body: unknown, field: string, message: string]>([
    ['method', {}, 'service', 'is missing'],
    ['method', { service: 'card', fields: {} }, 'fields', nearest('serviceFields')],
    ['method', { service: 'card', attempt: 0 }, 'attempt', 'must be at least 1'],
    ['cancel', {}, 'reason', 'is missing'],
    ['cancel', { reason: '' }, 'reason', 'must not be empty'],
    ['cancel', { reason: 'x', by: 'me' }, 'by', nearest('reason')],
    ['refunds', { reason: 'x' }, 'refundId', 'is missing'],
    ['refunds', { refundId: 'R 1', reason: 'x' }, 'refundId', 'must match ^[A-Za-z0-9_-]{1,64}$'],
    ['refunds', { refundId: 'R1', reason: 'x', amount: '20.00' }, 'amount', 'must be an object'],
    ['refunds', { refund_id: 'R1', refundId: 'R1', reason: 'x' }, 'refund_id', nearest('refundId')],
  ])('POST …/%s of %j: 400 that names the field', async (path, body, field, message) => {
    const { status, errors } = await send('POST', `/v1/payments/A1/${path}`, JSON.stringify(body));
    expect([status, errors]).toEqual([400, [{ field, message }]]);
  });

  it('no body at all lacks what is needed', async () => {
    const { status, errors } = await send('PUT', '/v1/payments/A1', '');
    expect([status, errors]).toEqual([400, [{ field: 'amount', message: 'is missing' }]]);
  });

  it('names every field at fault, and no more than twenty', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`unknown${i}`, 1]));
    const { errors } = await send('PUT', '/v1/payments/A1', JSON.stringify({ ...unknown, flow: 1 }));
    expect(errors).toHaveLength(20);
    expect(errors).toContainEqual({ field: 'amount', message: 'is missing' });
  });

  it('16 levels of gateway options are taken', () => {
    expect(termsSchema.safeParse(terms({ gatewayOptions: nested(16) })).success).toBe(true);
  });

  it('no key and a wrong key read differently', async () => {
    const without = await send('GET', '/v1/payments/A1', '', null);
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(without.detail).toContain('The request carries no API key.');
    const wrong = await send('GET', '/v1/payments/A1', '', 'wrong-key');
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ]);
    expect(wrong.detail).toContain('The API key is not known here.');
    expect(JSON.stringify(wrong)).not.toContain('wrong-key');
  });
});
