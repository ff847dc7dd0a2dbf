import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import express from 'express';
import { fetch } from 'undici';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { feed } from '../../src/ingress/order-api/feed.ts';
import { problemHandler } from '../../src/ingress/send-problem.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { OrderPayments } from '../../src/payments/payments.ts';

type Payments = Pick<OrderPayments, 'get' | 'follow'>;
type Payment = Extract<Awaited<ReturnType<Payments['get']>>, { kind: 'ok' }>['body'];

const payment = { orderId: 'A1', status: 'choosing' } as Payment;
const get: Payments['get'] = () => Promise.resolve({ kind: 'ok', status: 200, body: payment });

let stop = (): void => undefined;
const complaints = vi.spyOn(console, 'error');
beforeEach(() => void complaints.mockClear());
afterEach(() => {
  stop();
  expect(complaints).not.toHaveBeenCalled();
});

async function serve(payments: Payments, maxStreams?: number): Promise<string> {
  // As in production: elsewhere Express keeps quiet about errors that reach it.
  const app = express().set('env', 'production').get('/:orderId', feed(payments, maxStreams));
  app.use(problemHandler(createLogger('test', 'silent'), () => false));
  const server = app.listen(0);
  await once(server, 'listening');
  stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/A1`;
}

it('a payment that is over: what it is, then `end`', async () => {
  const url = await serve({
    get,
    async *follow() {
      yield await Promise.resolve(payment);
    },
  });
  expect(await (await fetch(url)).text()).toBe(
    `event: payment\ndata: ${JSON.stringify(payment)}\n\nevent: end\ndata: {}\n\n`,
  );
});

it('a follow that breaks off: the stream is closed without `end`', async () => {
  const url = await serve({
    get,
    async *follow() {
      yield await Promise.resolve(payment);
      throw new Error('out of reach');
    },
  });
  expect(await (await fetch(url)).text()).toBe(`event: payment\ndata: ${JSON.stringify(payment)}\n\n`);
});

it('HEAD is answered and over', async () => {
  const follow = vi.fn<Payments['follow']>();
  const answer = await fetch(await serve({ get, follow }), { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ]);
  expect(await answer.text()).toBe('');
  expect(follow).not.toHaveBeenCalled();
});

it('who leaves before the first answer follows no longer', async () => {
  const steps = new EventEmitter();
  const url = await serve({
    get: async (asking) => {
      steps.emit('asked');
      await setTimeout(100);
      return get(asking);
    },
    async *follow(_asking, signal) {
      steps.emit('followed', signal);
      yield await Promise.resolve(payment);
    },
  });
  const [asked, followed] = [once(steps, 'asked'), once(steps, 'followed')];
  const leaving = request(url).on('error', () => undefined);
  leaving.end();
  await asked;
  leaving.destroy();
  const [signal] = (await followed) as [AbortSignal];
  expect(signal.aborted).toBe(true);
});

it('one stream more than a service may hold is refused until one of the others is closed', async () => {
  const url = await serve(
    {
      get,
      async *follow(_asking, signal) {
        yield payment;
        await once(signal, 'abort');
      },
    },
    2,
  );
  const gone = new AbortController();
  const open = () => fetch(url, { signal: gone.signal });
  const [first, second] = [await open(), await open()];
  expect([first.status, second.status]).toEqual([200, 200]);
  const refused = await open();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15']);
  expect(await refused.text()).toContain('holds 2 event streams');
  await first.body?.cancel();
  await expect.poll(async () => (await open()).status).toBe(200);
  gone.abort();
});
