import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EncryptionCodec } from '../../src/temporal/payload-codec.ts';
import { workerConfig } from '../../src/config.ts';
import { startIngressProcess, startWorkerProcess } from '../support/built-process.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { freePort } from '../support/whole-product.ts';
import { card, invoiceOf } from './cases/play.ts';

const older = `a=${Buffer.alloc(32, 'a').toString('base64')}`;
const newer = `b=${Buffer.alloc(32, 'b').toString('base64')}`;

describe('PAYLOAD_KEYS rotated while payments run', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ PAYLOAD_KEYS: `${newer},${older}`, PORT: '0' });
    await rig.stopWorker();
  });
  afterAll(() => rig.close());

  it('settles them all, and reads what the old key wrote', async () => {
    const PORT = String(await freePort());
    const api = `http://127.0.0.1:${PORT}`;
    const startBoth = async (PAYLOAD_KEYS: string) => {
      const environment = { ...rig.environment, PORT, PUBLIC_URL: api, PAYLOAD_KEYS };
      const both = [await startWorkerProcess(environment), await startIngressProcess(environment)];
      return async () => expect(await Promise.all(both.map((it) => it.end('SIGTERM')))).toEqual([0, 0]);
    };
    const call = async (method: string, orderId: string, body?: object) => {
      const answer = await fetch(`${api}/v1/payments/${orderId}`, {
        method,
        headers: { authorization: `Bearer ${rig.apiKey}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    };
    const terms = { amount: { value: '100.55', currency: 'USD' }, ...card };
    const pay = async (orderId: string) => {
      await rig.sandbox.setStatus(await invoiceOf(rig, orderId), 'processed');
      await rig.outcomes.arrival(orderId, 'payment.paid');
      await rig.handle(orderId).result();
    };

    const stopOld = await startBoth(older);
    const closed = rig.newOrder();
    const running = Array.from({ length: 10 }, () => rig.newOrder());
    for (const orderId of [closed, ...running]) expect((await call('PUT', orderId, terms)).status).toBe(201);
    await pay(closed);
    await stopOld();

    const stopNew = await startBoth(`${newer},${older}`);
    const fresh = rig.newOrder();
    expect((await call('PUT', fresh, terms)).status).toBe(201);
    await Promise.all([...running, fresh].map(pay));
    for (const orderId of [closed, ...running, fresh]) {
      const { status, body } = await call('PUT', orderId, terms);
      expect([status, body]).toMatchObject([200, { orderId, status: 'paid', decidedBy: 'callback' }]);
      expect(rig.outcomes.of(orderId)).toHaveLength(1);
    }
    await stopNew();

    const inputOf = async (orderId: string) => {
      const { events } = await rig.handle(orderId).fetchHistory();
      return events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    };
    const keyIdOf = async (orderId: string) =>
      Buffer.from((await inputOf(orderId))[0]?.metadata?.['key-id'] ?? []).toString();
    expect([await keyIdOf(closed), await keyIdOf(fresh)]).toEqual(['a', 'b']);
    const codecOf = (PAYLOAD_KEYS: string) =>
      new EncryptionCodec(workerConfig({ ...rig.environment, PAYLOAD_KEYS }).temporal.payloadKeys);
    const [read] = await codecOf(`${newer},${older}`).decode(await inputOf(closed));
    expect(Buffer.from(read?.data ?? []).toString()).toContain(`"orderId":"${closed}"`);
    // The old key must be kept for as long as its histories are.
    await expect(codecOf(newer).decode(await inputOf(closed))).rejects.toThrow('No key "a"');
  }, 120_000);
});
