import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Pool } from 'undici';
import { signatureOf } from '../../support/sign-callback.ts';

/** What an order's way took, milliseconds. */
export interface Timings {
  readonly redirect: number;
  /** Of both callbacks: until the platform has its answer. */
  readonly acknowledged: readonly number[];
  /** From the callback that says paid until the order service has the outcome. */
  readonly outcome: number;
}

/** The order service's end, which verifies nothing: it is the same for all flows. */
export async function startReceiver() {
  const arrivals = new EventEmitter().setMaxListeners(0);
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      arrivals.emit((body as { data: { orderId: string } }).data.orderId);
      response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    arrival: (orderId: string): Promise<unknown> => once(arrivals, orderId),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Ends {
  readonly ingressUrl: string;
  readonly sandboxUrl: string;
  readonly privateKey: string;
  readonly apiKey: string;
  readonly arrival: (orderId: string) => Promise<unknown>;
}

/** One order after another through an ingress, as its order service, its customer and the platform see it. */
export function createPayer({ ingressUrl, sandboxUrl, privateKey, apiKey, arrival }: Ends) {
  const ingress = new Pool(ingressUrl, { connections: 64 });
  const sandbox = new Pool(sandboxUrl, { connections: 64 });
  const headers = { 'content-type': 'application/json' };

  async function timed(call: () => Promise<unknown>): Promise<number> {
    const at = performance.now();
    await call();
    return performance.now() - at;
  }

  async function put(orderId: string): Promise<string> {
    const terms = { amount: { value: '100.55', currency: 'USD' }, service: 'payment_card_usd_hpp' };
    const answer = await ingress.request({
      method: 'PUT',
      path: `/v1/payments/${orderId}`,
      headers: { ...headers, authorization: `Bearer ${apiKey}` },
      body: JSON.stringify(terms),
    });
    const body = (await answer.body.json()) as { invoiceId: string };
    if (answer.statusCode !== 201) throw new Error(`PUT answered ${answer.statusCode}`);
    return body.invoiceId;
  }

  async function callBack(orderId: string, status: string, invoiceId: string): Promise<void> {
    const updated = Math.floor(Date.now() / 1000) + (status === 'processed' ? 60 : 0);
    const attributes = { reference_id: orderId, status, updated };
    const body = JSON.stringify({ data: { type: 'payment-invoices', id: invoiceId, attributes } });
    const signature = signatureOf(body, privateKey);
    const answer = await ingress.request({
      method: 'POST',
      path: '/callbacks/paytone',
      headers: { ...headers, 'x-signature': signature },
      body,
    });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`the callback was answered ${answer.statusCode}`);
  }

  async function setPaid(invoiceId: string): Promise<void> {
    const path = `/control/api/invoices/${invoiceId}/status`;
    const body = JSON.stringify({ status: 'processed' });
    const answer = await sandbox.request({ method: 'POST', path, headers, body });
    await answer.body.dump();
  }

  return {
    put,
    callBack,
    setPaid,
    async pay(orderId: string): Promise<Timings> {
      let invoiceId = '';
      const redirect = await timed(async () => (invoiceId = await put(orderId)));
      const made = await timed(() => callBack(orderId, 'process_pending', invoiceId));
      await setPaid(invoiceId);
      let paid = 0;
      const outcome = await timed(async () => {
        const told = arrival(orderId);
        paid = await timed(() => callBack(orderId, 'processed', invoiceId));
        await told;
      });
      return { redirect, acknowledged: [made, paid], outcome };
    },
    async close() {
      await Promise.all([ingress.close(), sandbox.close()]);
    },
  };
}

export type Payer = ReturnType<typeof createPayer>;

/** `orders` orders, `concurrent` at a time. */
export async function load(
  pay: (n: number) => Promise<Timings>,
  { orders, concurrent }: { orders: number; concurrent: number },
): Promise<{ timings: Timings[]; seconds: number }> {
  const began = performance.now();
  const timings: Timings[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < orders) timings.push(await pay(next++));
  };
  await Promise.all(Array.from({ length: concurrent }, one));
  return { timings, seconds: (performance.now() - began) / 1000 };
}
