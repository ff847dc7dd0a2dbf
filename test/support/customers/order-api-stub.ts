import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Payment } from 'paytone-payments-http';
import { payments, servicesIn } from './payments.ts';

const base = 'https://docs.example/problems';
const notFound = { type: `${base}/not-found`, title: 'Not found', status: 404, detail: 'No such payment.' };
const conflict = { type: `${base}/conflict`, title: 'Conflict', status: 409, detail: 'it is over' };
const refused = { type: `${base}/refused`, title: 'Refused', status: 422, detail: 'See errors.' };

/** What the order API refuses: a field that is filled in wrongly, or the whole choice. */
const refusals: Readonly<Record<string, object>> = {
  bank_transfer_usd_hpp: {
    ...refused,
    errors: [{ field: 'serviceFields.account_number', message: 'does not match ^[A-Z]{2}[0-9]{13,32}$' }],
  },
  paypal_usd_hpp: { ...refused, errors: [{ field: 'amount', message: 'This value should be less.' }] },
};

/** An order API with one order in every state, which it never leaves. */
export async function startOrderApiStub(sandboxUrl: string) {
  const orders = payments(sandboxUrl);
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { url = '', method } = request;
    const [, resource, orderId = '', call] = /^\/v1\/([^/?]+)(?:\/([^/]+))?(?:\/([^/]+))?/.exec(url) ?? [];
    const payment = Object.values(orders).find((each) => each.orderId === orderId);
    if (resource === 'services') return send(response, { currency: 'USD', services: servicesIn(sandboxUrl) });
    if (!payment) return send(response, notFound, 404);
    if (method === 'GET') return call === 'events' ? feed(response, payment) : send(response, payment);
    if (call !== 'method') return send(response, conflict, 409);
    const { service } = (await json(request)) as { service: string };
    send(response, refusals[service] ?? conflict, service in refusals ? 422 : 409);
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    orders,
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response: ServerResponse, body: object, status = 200): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

/** The payment once; then nothing changes. */
function feed(response: ServerResponse, payment: Payment): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(`data: ${JSON.stringify(payment)}\n\n`);
}
