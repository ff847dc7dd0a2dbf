import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/paytone/retry-after.ts';
import { createPaytoneClient, type PaytoneClient } from '../../src/paytone/client.ts';
import { paytoneErrorOf, startHttpStub } from '../support/http-stub.ts';
import { invoiceIdOf } from '../support/payment-facts.ts';
import { parsedSample, sample } from '../support/samples.ts';

describe('answers that are no success', () => {
  let platform: Awaited<ReturnType<typeof startHttpStub>>;
  let client: PaytoneClient;
  beforeAll(async () => {
    platform = await startHttpStub();
  });
  afterAll(() => platform.close());
  beforeEach(() => {
    client = createPaytoneClient(platform.account, {
      limits: { callTimeoutMs: 300, maxBodyBytes: 20_000 },
    });
  });
  afterEach(() => client.close());

  const read = () => paytoneErrorOf(client.getInvoice(invoiceIdOf('cpi_1')));
  const invoice = parsedSample('invoice-by-id-private.response') as { data: { attributes: object } };
  const changed = (attributes: object): string =>
    JSON.stringify({ data: { ...invoice.data, attributes: { ...invoice.data.attributes, ...attributes } } });

  it.each([
    [204, 'unreadable'],
    [301, 'unreadable'],
    [400, 'bad_request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [405, 'method_not_allowed'],
    [409, 'conflict'],
    [418, 'unreadable'],
    [422, 'unprocessable'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [502, 'server_error'],
    [503, 'unavailable'],
    [504, 'server_error'],
  ])('%i is %s', async (status, answer) => {
    platform.json(status, status === 204 ? '' : '{}', { location: 'http://elsewhere.example/' });
    expect((await read()).failure).toMatchObject({ httpStatus: status, answer });
  });

  it('reads both shapes of errors', async () => {
    platform.json(422, sample('error-422'));
    expect((await read()).failure.messages).toEqual([
      { field: 'amount', message: 'This value should be greater than 0.' },
    ]);
    platform.json(500, sample('error-500'));
    expect((await read()).failure.messages).toEqual([{ field: '', message: 'Internal server error.' }]);
    for (const status of ['404', '405', '401']) {
      platform.json(Number(status), sample(`error-${status}`));
      expect((await read()).failure.messages).toHaveLength(1);
    }
  });

  it('takes the earlier transaction out of a 409', async () => {
    platform.json(409, sample('invoice-by-id-private.response'));
    expect((await read()).failure.earlier?.snapshot.invoiceId).toBe('cpi_HeSWMM9LvQonCcQc');
    platform.json(409, sample('invoice-by-id-public.response'));
    expect((await read()).failure.earlier?.snapshot.invoiceId).toBe('cpi_HeSWMM9LvQonCcQc');
    platform.json(409, '{"errors":[{"status":"Conflict","code":"409"}]}');
    expect((await read()).failure.earlier).toBeNull();
  });

  it.each([
    ['HTML', '<html>maintenance</html>'],
    ['cut JSON', sample('invoice-by-id-private.response').slice(0, 200)],
    ['no id', JSON.stringify({ data: { attributes: invoice.data.attributes } })],
    ['an amount that is no number', changed({ amount: '1e3' })],
    ['a body over the limit', changed({ description: 'x'.repeat(20_000) })],
  ])('believes no 200 with %s', async (_, body) => {
    platform.json(200, body);
    expect(['unreadable', 'no_answer']).toContain((await read()).failure.answer);
  });

  it('takes numbers as strings, empty objects as lists, and unknown statuses as they are', async () => {
    platform.json(
      200,
      changed({
        amount: '100.00',
        processed_amount: '100.550',
        status: 'brand_new',
        metadata: [],
        updated: '1597833207',
      }),
    );
    expect((await client.getInvoice(invoiceIdOf('cpi_1'))).snapshot).toMatchObject({
      amount: '100',
      processedAmount: '100.55',
      status: 'brand_new',
      updated: 1_597_833_207,
    });
  });

  it('gives up on silence, on a trickle and on a connection that is cut', async () => {
    platform.answerWith(() => undefined);
    expect((await read()).failure).toMatchObject({ answer: 'no_answer', httpStatus: null });
    platform.answerWith((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    expect((await read()).failure.answer).toBe('no_answer');
    platform.answerWith((response) => response.socket?.resetAndDestroy());
    expect((await read()).failure.answer).toBe('no_answer');
  });

  it('obeys Retry-After in both forms, bounded', async () => {
    platform.json(429, '{}', { 'retry-after': '7' });
    expect((await read()).failure.retryAfterMs).toBe(7_000);
    const now = Date.UTC(2026, 0, 1);
    expect(retryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
    expect(retryAfterMs('99999999', now)).toBe(3_600_000);
    expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBeNull();
    expect(retryAfterMs('soon', now)).toBeNull();
    expect(retryAfterMs('-5', now)).toBeNull();
    expect(retryAfterMs(undefined, now)).toBeNull();
  });

  it('says nothing of what was sent or answered in its message', async () => {
    platform.json(422, JSON.stringify({ errors: { 'customer.email': 'dana@shop.example is not valid' } }));
    const { message } = await read();
    expect(message).toBe('statusById: the platform did not answer (422)');
  });
});
