import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

export interface ReceivedOutcome {
  readonly id: string;
  readonly type: string;
  readonly supersedes?: string;
  readonly data: { readonly orderId: string; readonly status: string; readonly decidedBy: string | null };
}

/** A secret of outcomes, of one letter. */
export const secretOf = (letter: string): string => `whsec_${Buffer.alloc(24, letter).toString('base64')}`;

/** The headers of an outcome that is sent now. */
export function outcomeHeaders(id: string, body: string, secret: string) {
  const now = new Date();
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  };
}

/** An order service's end of the outcomes: verifies each with the published package alone. */
export async function startOutcomeReceiver(secret: string, host = '127.0.0.1') {
  const webhook = new Webhook(secret);
  const received: ReceivedOutcome[] = [];
  const arrivals = new EventEmitter();
  arrivals.setMaxListeners(0);
  let answer = 204;
  let refused = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (answer >= 300) {
        refused++;
        return response.writeHead(answer).end();
      }
      const message = webhook.verify(body, request.headers as Record<string, string>) as Omit<
        ReceivedOutcome,
        'id'
      >;
      received.push({ id: String(request.headers['webhook-id']), ...message });
      arrivals.emit('outcome');
      return response.writeHead(answer).end();
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const of = (orderId: string): ReceivedOutcome[] => received.filter(({ data }) => data.orderId === orderId);
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/`,
    of,
    answerWith: (status: number) => void (answer = status),
    /** How many it has refused. */
    refused: () => refused,
    /** Resolves once an outcome of that type has come for the order. */
    async arrival(orderId: string, type: string): Promise<ReceivedOutcome> {
      for (;;) {
        const found = of(orderId).find((outcome) => outcome.type === type);
        if (found) return found;
        await once(arrivals, 'outcome');
      }
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
