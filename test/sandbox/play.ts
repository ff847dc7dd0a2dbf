import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { fetch } from 'undici';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { sandboxControl } from '../support/sandbox-control.ts';

const account = { id: 'coma_test', privateKey: 'sk_test_play', publicKey: 'pk_test_play' };
const basic = `Basic ${Buffer.from(`${account.id}:${account.privateKey}`).toString('base64')}`;

const resource = z.object({
  id: z.string(),
  attributes: z.looseObject({ status: z.string(), updated: z.number().optional() }),
});
const answer = z.looseObject({ data: z.unknown(), errors: z.unknown() }).partial();
const told = z.object({ data: resource });

/** A sandbox for the tests of a file, wiped before each, and a merchant's way to talk to it. */
export function usePlay() {
  let sandbox: Sandbox;
  let now = Date.now();
  const callbacks: z.output<typeof resource>[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      callbacks.push(told.parse(JSON.parse(body)).data);
      response.end();
    });
  });
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: { authorization: basic, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: answer.parse(await response.json()) };
  };
  const createAnswer = (attributes: object) =>
    call('POST', '/api/payment-invoices', {
      data: {
        type: 'payment-invoices',
        attributes: {
          reference_id: randomUUID(),
          amount: 100.55,
          currency: 'USD',
          service: 'payment_card_usd_hpp',
          test_mode: true,
          ...attributes,
        },
      },
    });

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, account, now: () => now });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
  });
  beforeEach(async () => {
    await play.control().reset();
    callbacks.length = 0;
    now = Date.now();
  });
  afterAll(async () => {
    await sandbox.close();
    receiver.close();
  });

  const play = {
    account,
    url: () => sandbox.url,
    control: () => sandboxControl(sandbox.url),
    call,
    callbacks,
    callbackUrl: (): string => {
      const address = receiver.address();
      return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    },
    passSeconds: (seconds: number) => void (now += seconds * 1000),
    /** A new invoice's id. */
    create: async (attributes: object = {}): Promise<string> =>
      resource.parse((await createAnswer(attributes)).body.data).id,
    createAnswer,
    paid: async (attributes: object = {}): Promise<string> => {
      const id = await play.create(attributes);
      await play.control().setStatus(id, 'processed');
      return id;
    },
    /** Attributes of the private resource. */
    get: async (id: string) =>
      resource.parse((await call('GET', `/api/payment-invoices/${id}`)).body.data).attributes,
    lookUp: async (referenceId: string) => {
      const { body } = await call('GET', `/api/payment-invoices?filter[reference_id]=${referenceId}`);
      return z.array(resource).parse(body.data)[0]?.attributes ?? null;
    },
    refund: (id: string, amount: number, referenceId: string = randomUUID()) =>
      call('POST', `/api/payment-invoices/${id}/refund`, {
        data: { type: 'refund', attributes: { invoiceId: id, amount, reference_id: referenceId } },
      }),
  };
  return play;
}
