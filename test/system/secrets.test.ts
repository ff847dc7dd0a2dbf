import { createHash, randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { fetch } from 'undici';
import { describe, expect, inject, it } from 'vitest';
import { startCodecServer } from '../../src/codec/server.ts';
import { workerConfig } from '../../src/config.ts';
import { EncryptionCodec } from '../../src/temporal/payload-codec.ts';
import { startIngressProcess, startWorkerProcess } from '../support/built-process.ts';
import { provision } from '../support/global-setup.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { startTemporalProcess } from '../support/temporal-process.ts';
import { tracesOf } from '../support/traces.ts';
import { freePort } from '../support/whole-product.ts';
import { card, invoiceOf } from './cases/play.ts';

const { Payload } = proto.temporal.api.common.v1;
const ofCustomer = {
  name: 'Salomea Vertraulich',
  email: 'salomea.vertraulich@example.com',
  phone: '+15550199887766',
};
const pan = '4929123456781234';
const customers = [...Object.values(ofCustomer), pan];
const terms = {
  ...card,
  maxAttempts: 1,
  description: `for ${ofCustomer.name}`,
  customer: { referenceId: ofCustomer.email, ...ofCustomer },
  metadata: { card: pan },
};
const echo = JSON.stringify({ ...ofCustomer, pan });

/** Plays every flow with a customer's data in it; answers with all that the product left behind. */
async function played(PAYLOAD_KEYS: string) {
  const dbFilename = join(tmpdir(), `paytone-secrets-${randomUUID()}.db`);
  const server = await startTemporalProcess(inject('temporalCliPath'), {
    port: await freePort(),
    dbFilename,
  });
  await provision(server.address);
  const rig = await startRig({ TEMPORAL_ADDRESS: server.address, PAYLOAD_KEYS, SURVEY_SECONDS: '1' });
  await rig.stopWorker();
  const [PORT, workerAdmin, ingressAdmin] = [
    String(await freePort()),
    String(await freePort()),
    String(await freePort()),
  ];
  const api = `http://127.0.0.1:${PORT}`;
  const environment = { ...rig.environment, PORT, PUBLIC_URL: api };
  const worker = await startWorkerProcess({ ...environment, ADMIN_PORT: workerAdmin });
  const ingress = await startIngressProcess({ ...environment, ADMIN_PORT: ingressAdmin });

  const paid = await playAll(rig, api);

  const metrics = await Promise.all(
    [workerAdmin, ingressAdmin].map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  const shown: unknown[] = [];
  for await (const { workflowId, typedSearchAttributes, memo } of rig.temporal.workflow.list()) {
    shown.push({ workflowId, memo, attributes: typedSearchAttributes.getAll() });
  }
  const { events } = await rig.handle(paid).fetchHistory();
  const started = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  await ingress.end('SIGTERM');
  await worker.end('SIGTERM');
  await rig.close();
  await server.stop();
  const files = [dbFilename, `${dbFilename}-wal`];
  const database = Buffer.concat(
    await Promise.all(files.map((file) => readFile(file).catch(() => Buffer.alloc(0)))),
  );
  await Promise.all([...files, `${dbFilename}-shm`].map((file) => rm(file, { force: true })));
  return {
    database,
    logs: [...worker.lines, ...ingress.lines].join('\n'),
    metrics: metrics.join('\n'),
    shown: JSON.stringify(shown),
    secrets: [rig.apiKey, account.privateKey, rig.environment['OUTCOME_SECRETS'] ?? ''],
    payloads: started.map((it) => Payload.toObject(Payload.fromObject(it), { bytes: String })),
    payloadKeys: workerConfig(environment).temporal.payloadKeys,
  };
}

async function playAll(rig: Rig, api: string): Promise<string> {
  const call = async (method: string, path: string, body: unknown, key = rig.apiKey): Promise<number> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${api}${path}`, { method, headers, body: text });
    await answer.arrayBuffer();
    return answer.status;
  };
  const put = (orderId: string, more: object = {}): Promise<number> =>
    call('PUT', `/v1/payments/${orderId}`, {
      amount: { value: '100.55', currency: 'USD' },
      ...terms,
      ...more,
    });
  const moves = async (orderId: string, status: string, type: string, more: object = {}) => {
    await rig.sandbox.setStatus(await invoiceOf(rig, orderId), status, more);
    await rig.outcomes.arrival(orderId, `payment.${type}`);
  };
  const fault = (
    orderId: string,
    operation: string,
    status: number,
    body: unknown = { errors: [{ detail: echo }] },
  ) =>
    rig.sandbox.fault({
      match: { operation, referenceId: orderId },
      fault: { type: 'status', status, body },
    });

  const paid = rig.newOrder();
  expect(await put(paid)).toBe(201);
  await moves(paid, 'processed', 'paid');
  const refundPath = `/v1/payments/${paid}/refunds`;
  await rig.sandbox.fault({
    match: { operation: 'refund.create' },
    fault: { type: 'status', status: 422, body: { errors: { amount: echo } } },
  });
  await call('POST', refundPath, { refundId: 'R1', reason: `for ${ofCustomer.name}` });
  await rig.sandbox.clearFaults();
  await call('POST', refundPath, { refundId: 'R2', reason: `for ${ofCustomer.name}` });
  await rig.outcomes.arrival(paid, 'payment.refunded');

  const declined = rig.newOrder();
  await put(declined);
  await moves(declined, 'process_failed', 'failed', { resolution: 'declined' });

  const refused = rig.newOrder();
  await fault(refused, 'invoice.create.private', 422, { errors: { customer_email: `${echo} is refused` } });
  expect(await put(refused)).toBe(201);
  await rig.outcomes.arrival(refused, 'payment.failed');
  const broken = rig.newOrder();
  await fault(broken, 'invoice.create.private', 500);
  expect(await put(broken)).toBe(201);
  expect(await rig.sandbox.invoices(broken)).toHaveLength(1);

  const canceled = rig.newOrder();
  await put(canceled);
  await call('POST', `/v1/payments/${canceled}/cancel`, {
    reason: `${ofCustomer.name} called from ${ofCustomer.phone}`,
  });

  // What the edge refuses: no JSON, unknown fields, an unknown key.
  expect(await call('PUT', `/v1/payments/${rig.newOrder()}`, echo.slice(0, -1))).toBe(400);
  expect(await put(rig.newOrder(), { email: ofCustomer.email, amount: ofCustomer.name })).toBe(400);
  expect(await call('PUT', `/v1/payments/${rig.newOrder()}`, terms, pan)).toBe(401);

  const callback = async (body: string, key: string): Promise<number> => {
    const signature = createHash('sha1').update(`${key}${body}${key}`).digest('base64');
    const url = `${api}/callbacks/paytone`;
    const answer = await fetch(url, { method: 'POST', body, headers: { 'x-signature': signature } });
    await answer.arrayBuffer();
    return answer.status;
  };
  expect(await callback(echo, account.privateKey)).toBe(400);
  expect(await callback(`${echo}<`, account.privateKey)).toBe(400);
  const attributes = {
    reference_id: declined,
    status: 'processed',
    customer: ofCustomer,
    metadata: { card: pan },
  };
  const body = JSON.stringify({ data: { id: 'cpi_1', attributes } });
  expect(await callback(body, pan)).toBe(401);
  expect(await callback(body, account.privateKey)).toBe(200);
  return paid;
}

describe('what a customer entrusts to us, and our own keys', () => {
  it('stand neither in the database of Temporal, nor in logs, metrics or search attributes', async () => {
    const left = await played('one=c2VjcmV0cy1zZWNyZXRzLXNlY3JldHMtc2VjcmV0cyE=');
    const all = [...customers, ...left.secrets];
    // What they are searched in is there.
    expect(left.database.includes('payment-A')).toBe(true);
    expect(left.logs).toContain('worker is polling');
    expect(left.metrics).toContain('temporal_num_pollers');
    expect(tracesOf(all, left.database)).toEqual([]);
    expect(tracesOf(all, left.logs)).toEqual([]);
    expect(tracesOf(all, left.metrics)).toEqual([]);
    expect(tracesOf(all, left.shown)).toEqual([]);

    const codec = new EncryptionCodec(left.payloadKeys);
    const shows = await startCodecServer({ port: 0, codec, tokens: ['ann'], origins: [], rateLimit: 100 });
    const decode = async (token: string) => {
      const answer = await fetch(`http://127.0.0.1:${shows.port}/decode`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ payloads: left.payloads }),
      });
      return tracesOf(customers, await answer.text());
    };
    expect(await decode('ann')).toEqual(customers);
    expect(await decode('guess')).toEqual([]);
    await shows.close();
  }, 180_000);

  it('is found in the database, and only there, where PAYLOAD_KEYS is unset: the search can find', async () => {
    const left = await played('');
    expect(tracesOf(customers, left.database)).toEqual(customers);
    expect(tracesOf(left.secrets, left.database)).toEqual([]);
    const elsewhere = `${left.logs}${left.metrics}${left.shown}`;
    expect(tracesOf([...customers, ...left.secrets], elsewhere)).toEqual([]);
  }, 180_000);
});
