import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paymentsApi } from '../../../src/clients/http/payments-api.ts';
import { freePort } from '../../support/whole-product.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const payment = (status: string) => `event: payment\ndata: ${JSON.stringify({ orderId: 'A1', status })}\n\n`;
const events = { 'content-type': 'text/event-stream' };

describe('the HTTP client', () => {
  let url: string;
  let answer: (response: ServerResponse, count: number) => unknown;
  let asked: number;
  let bodies: string[];
  let close: () => void;
  beforeEach(async () => {
    asked = 0;
    bodies = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        bodies.push(body);
        asked += 1;
        answer(response, asked);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    close = () => {
      server.close();
      server.closeAllConnections();
    };
  });
  afterEach(() => close());

  const api = (at = url) => paymentsApi({ url: at, key: 'key' });
  const hasAsked = (times: number) => expect.poll(() => asked, { timeout: 10_000 }).toBe(times);

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['the answer has not begun', () => undefined],
    ['the stream is open', (response) => response.writeHead(200, events).write(payment('awaiting_payment'))],
  ])(
    'is stopped by its signal after a garbage collection, while %s',
    async (_when, how) => {
      answer = how;
      const aborts = Array.from({ length: 20 }, () => new AbortController());
      const outcomes = aborts.map(({ signal }) => api().outcome('A1', signal));
      const ended = Promise.allSettled(outcomes);
      await hasAsked(20);
      for (let round = 0; round < 5; round += 1) {
        await setTimeout(20);
        collectGarbage();
      }
      for (const abort of aborts) abort.abort(new Error('the customer left'));
      const reasons = (await ended).map((it) => (it.status === 'rejected' ? String(it.reason) : it.status));
      expect(new Set(reasons)).toEqual(new Set(['Error: the customer left']));
    },
    20_000,
  );

  it('connects again after a cut and an outage, to the outcome', async () => {
    answer = (response, count) => {
      if (count === 1) response.writeHead(200, events).end(payment('awaiting_payment'));
      else if (count === 2)
        response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>bad gateway</h1>');
      else response.writeHead(200, events).end(payment('paid'));
    };
    expect(await api().outcome('A1')).toMatchObject({ status: 'paid' });
    expect(asked).toBe(3);
  });

  it('waits out what the order API itself says that passes', async () => {
    const problem = {
      type: '/docs/problems/unavailable',
      title: 't',
      status: 503,
      detail: 'd',
    };
    answer = (response, count) => {
      if (count > 1) response.writeHead(200, events).end(payment('paid'));
      else
        response.writeHead(503, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    };
    expect(await api().outcome('A1')).toMatchObject({ status: 'paid' });
  });

  it('does not ask a wrong URL for ever', async () => {
    await expect(api(`http://127.0.0.1:${await freePort()}`).outcome('A1')).rejects.toThrow('fetch failed');
    answer = (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>nobody</h1>');
    await expect(api().outcome('A1')).rejects.toMatchObject({ name: 'PaymentProblem', status: 502 });
    answer = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>welcome</h1>');
    await expect(api().outcome('A1')).rejects.toMatchObject({
      name: 'PaymentProblem',
      detail: expect.stringContaining('does not answer as the order API does') as string,
    });
    expect(asked).toBe(2);
  });

  describe('a call', () => {
    const problem = { type: '/docs/problems/x', title: 't', status: 503, detail: 'd' };
    const say = (response: ServerResponse, status: number, headers = {}): unknown =>
      response
        .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
        .end(JSON.stringify({ ...problem, status }));
    const terms = { amount: { value: '1.00', currency: 'USD' } };
    const paid = (response: ServerResponse): unknown =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"paid"}');

    it('is repeated as it was after a cut line and an outage', async () => {
      answer = (response, count) => {
        if (count === 1) response.destroy();
        else if (count === 2) say(response, 503);
        else paid(response);
      };
      expect(await api().start('A1', terms)).toEqual({ status: 'paid' });
      expect(bodies).toEqual(Array(3).fill(JSON.stringify(terms)));
    });

    it('is given up after three tries, with the last answer', async () => {
      answer = (response) => say(response, 503);
      await expect(api().get('A1')).rejects.toMatchObject({ name: 'PaymentProblem', status: 503 });
      expect(asked).toBe(3);
    });

    it.each([
      ['a refusal', 422, {}],
      ['an order to come back in a quarter of an hour', 429, { 'retry-after': '900' }],
    ])('is not repeated after %s', async (_what, status, headers) => {
      answer = (response) => say(response, status, headers);
      await expect(api().get('A1')).rejects.toMatchObject({ status });
      expect(asked).toBe(1);
    });

    it.each([
      ['is asked', () => undefined],
      ['waits to be repeated', (response: ServerResponse) => say(response, 429, { 'retry-after': '9' })],
    ])('rejects with the reason of its signal while it %s', async (_when, how) => {
      answer = how;
      const abort = new AbortController();
      const got = api().get('A1', abort.signal);
      await hasAsked(1);
      abort.abort(new Error('the customer left'));
      await expect(got).rejects.toThrow('the customer left');
    });
  });

  it('takes a page of HTML for no payment', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>welcome</h1>');
    await expect(api().get('A1')).rejects.toMatchObject({
      name: 'PaymentProblem',
      type: 'about:blank',
      status: 200,
      detail: `${url}/v1/payments/A1 does not answer as the order API does. Check the URL, and what stands in between.`,
    });
  });
});
