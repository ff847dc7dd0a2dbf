import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { Agent, request as ask } from 'undici';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { Outcome } from '../../../src/domain/payment/outcome.ts';
import { receive } from '../workflow/receiving.ts';
import { account, type Site } from '../workflow/site.ts';
import type { World } from '../workflow/world.ts';
import { outcomeSecret } from './stand.ts';

/** One payment's platform at its own port, and all that is written down of it. */
export interface Actor {
  readonly world: World;
  readonly site: Site;
  readonly url: string;
  readonly saw: (status: string) => void;
}

const orderIdIn = (text: string): string | undefined => /W\d+n\d+/.exec(text)?.[0];

/** Where the product meets the platform and the order service, whichever payment it is about. */
export async function openDoors() {
  const actors = new Map<string, Actor>();
  const nobody = await startSandbox({ port: 0, account });
  const agent = new Agent();
  const actorOf = (text: string): Actor | undefined => {
    const named = actors.get(orderIdIn(text) ?? '');
    const invoiceId = /payment-invoices\/(cpi_\w+)/.exec(text)?.[1] ?? '';
    return named ?? [...actors.values()].find(({ site }) => site.platform.invoices.get(invoiceId));
  };
  const platform = await listening(async (request, response) => {
    const body = await buffer(request);
    const path = request.url ?? '';
    const actor = actorOf(`${path} ${body.toString()}`);
    try {
      const headers = { ...request.headers };
      delete headers.host;
      const answer = await ask(`${actor?.url ?? nobody.url}${path}`, {
        method: request.method === 'POST' ? 'POST' : 'GET',
        headers,
        dispatcher: agent,
        ...(body.length > 0 && { body }),
      });
      const text = await answer.body.text();
      actor?.site.heard();
      response.writeHead(answer.statusCode, answer.headers).end(text);
    } catch {
      request.socket.destroy();
    }
  });
  const webhook = new Webhook(outcomeSecret);
  const receiver = await listening(async (request, response) => {
    const body = (await buffer(request)).toString();
    const message = webhook.verify(body, namesOf(request)) as Omit<Outcome, 'id'>;
    const actor = actors.get(message.data.orderId);
    if (!actor) return response.writeHead(204).end();
    const answer = receive(actor.world, { id: String(request.headers['webhook-id']), ...message });
    actor.saw(message.data.status);
    if (answer === 'lost') return request.socket.destroy();
    return response.writeHead(answer === 200 ? 204 : answer).end();
  });
  return {
    ports: { platformPort: portOf(platform), receiverPort: portOf(receiver) },
    actors,
    async close(): Promise<void> {
      for (const server of [platform, receiver]) {
        server.close();
        server.closeAllConnections();
      }
      await agent.close();
      await nobody.close();
    },
  };
}

const namesOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function listening(
  answer: (...args: Parameters<RequestListener>) => Promise<unknown>,
): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
