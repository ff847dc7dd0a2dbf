import { fetch } from 'undici';
import { expect } from 'vitest';
import { startWorker } from '../../../src/temporal/worker.ts';
import { temporalConfig, ingressConfig } from '../../../src/config/config.ts';
import { account, workflowBundle, type Rig } from '../../support/rig.ts';
import { silentSinks } from '../../support/silent-sinks.ts';
import { card, invoiceOf, until } from '../cases/play.ts';
import { echo, ofCustomer, pan } from './customer.ts';
import { signatureOf } from '../../support/sign-callback.ts';

const amount = { value: '100.55', currency: 'USD' };
const person = {
  maxAttempts: 1,
  description: `for ${ofCustomer.name}`,
  customer: { referenceId: ofCustomer.email, ...ofCustomer },
  metadata: { card: pan },
};
const terms = { ...card, ...person };

/** Plays every flow with a customer's data in it; answers with the order that was paid. */
export async function playAll(rig: Rig, api: string): Promise<string> {
  const played = toolsFor(rig, api);
  const paid = await playPayments(rig, played);
  await playOperators(rig, played);
  await playEdges(rig, played, api);
  await playUnforeseen(rig);
  await playSweep(rig);
  return paid;
}

/** Says which outcome is missing where none comes. */
const told = (rig: Rig, orderId: string, type: string) =>
  expect
    .poll(() => rig.outcomes.of(orderId).map((outcome) => outcome.type), {
      timeout: 60_000,
      message: orderId,
    })
    .toContain(type);

type Tools = ReturnType<typeof toolsFor>;

function toolsFor(rig: Rig, api: string) {
  const call = async (method: string, path: string, body: unknown, key = rig.apiKey): Promise<number> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${api}${path}`, { method, headers, body: text });
    await answer.arrayBuffer();
    return answer.status;
  };
  const put = (orderId: string, more: object = {}): Promise<number> =>
    call('PUT', `/v1/payments/${orderId}`, {
      amount,
      ...terms,
      ...more,
    });
  const moves = async (orderId: string, status: string, type: string, more: object = {}) => {
    await rig.sandbox.setStatus(await invoiceOf(rig, orderId), status, more);
    await told(rig, orderId, `payment.${type}`);
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

  return { call, put, moves, fault };
}

async function playPayments(rig: Rig, { call, put, moves, fault }: Tools): Promise<string> {
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
  await told(rig, paid, 'payment.refunded');

  const declined = rig.newOrder();
  await put(declined);
  await moves(declined, 'process_failed', 'failed', { resolution: 'declined' });

  const refused = rig.newOrder();
  await fault(refused, 'invoice.create.private', 422, { errors: { customer_email: `${echo} is refused` } });
  expect(await put(refused)).toBe(201);
  await told(rig, refused, 'payment.failed');
  const broken = rig.newOrder();
  await fault(broken, 'invoice.create.private', 500);
  expect(await put(broken)).toBe(201);
  expect(await rig.sandbox.invoices(broken)).toHaveLength(1);

  const canceled = rig.newOrder();
  await put(canceled);
  await call('POST', `/v1/payments/${canceled}/cancel`, {
    reason: `${ofCustomer.name} called from ${ofCustomer.phone}`,
  });

  const open = rig.newOrder();
  expect(await put(open, { channel: 'public' })).toBe(201);
  await moves(open, 'processed', 'paid');
  await playForm(rig, put);
  const chosen = rig.newOrder();
  expect(await call('PUT', `/v1/payments/${chosen}`, { amount, ...person })).toBe(201);
  expect(await call('POST', `/v1/payments/${chosen}/method`, card)).toBe(200);
  await moves(chosen, 'processed', 'paid');
  return paid;
}

/** As the customer's browser posts it. */
async function playForm(rig: Rig, put: Tools['put']): Promise<void> {
  const orderId = rig.newOrder();
  expect(await put(orderId, { channel: 'form' })).toBe(201);
  const { url = '', fields = {} } = (await rig.get(orderId)).body.redirect ?? {};
  await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  await rig.sandbox.setStatus(await invoiceOf(rig, orderId), 'processed');
  await told(rig, orderId, 'payment.paid');
}

async function playOperators(rig: Rig, { put, moves }: Tools): Promise<void> {
  const resolve = (id: string, why: string) =>
    rig.temporal.workflow
      .getHandle(id)
      .executeUpdate('resolve', { args: [{ decision: 'accept', by: 'ann', why }] });
  const reviewed = rig.newOrder();
  await put(reviewed);
  await rig.sandbox.setStatus(await invoiceOf(rig, reviewed), 'processed', { processedAmount: 9 });
  await until(rig, reviewed, 'review');
  await expect(resolve(`payment-${reviewed}`, ofCustomer.email)).rejects.toThrow();
  await resolve(`payment-${reviewed}`, `${ofCustomer.name} sent the rest`);
  await told(rig, reviewed, 'payment.paid');

  const late = rig.newOrder();
  await put(late);
  await moves(late, 'process_failed', 'failed', { resolution: 'declined' });
  await rig.handle(late).result();
  await rig.sandbox.setStatus(await invoiceOf(rig, late), 'processed');
  await until(rig, late, 'review');
  await resolve(`aftermath-${late}`, `${ofCustomer.name} paid late`);
  await told(rig, late, 'payment.paid');
}

async function playEdges(rig: Rig, { call, put }: Tools, api: string): Promise<void> {
  const declined = rig.newOrder();
  // What the edge refuses: no JSON, unknown fields, an unknown key.
  expect(await call('PUT', `/v1/payments/${rig.newOrder()}`, echo.slice(0, -1))).toBe(400);
  expect(await put(rig.newOrder(), { email: ofCustomer.email, amount: ofCustomer.name })).toBe(400);
  expect(await call('PUT', `/v1/payments/${rig.newOrder()}`, terms, pan)).toBe(401);

  const callback = async (body: string, key: string): Promise<number> => {
    const signature = signatureOf(body, key);
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
  // Somebody else's invoice, whose reference says whom it is for.
  const reference_id = `for ${ofCustomer.name}, ${ofCustomer.email}`;
  const foreign = JSON.stringify({
    data: { id: 'cpi_2', attributes: { reference_id, status: 'processed' } },
  });
  const service = 'payment_card_usd_hpp';
  const created = Math.floor(Date.now() / 1000);
  await rig.sandbox.plant([{ referenceId: reference_id, amount: 5, service, created, status: 'processed' }]);
  expect(await callback(foreign, account.privateKey)).toBe(200);
  const waiting = "WorkflowType = 'unknownReference' AND PaymentAttention = 'late-money'";
  await expect.poll(() => rig.count(waiting), { timeout: 20_000 }).toBe(1);
}

/** An error of ours that quotes a customer, in a worker of its own. */
async function playUnforeseen(rig: Rig): Promise<void> {
  const taskQueue = `unforeseen-${rig.environment['TEMPORAL_TASK_QUEUE']}`;
  const worker = await startWorker({
    target: temporalConfig({ ...rig.environment, TEMPORAL_TASK_QUEUE: taskQueue }),
    deployment: null,
    activities: { createInvoice: () => Promise.reject(new TypeError(`cannot read ${echo}`)) },
    sinks: silentSinks,
    workflows: { workflowBundle: workflowBundle() },
  });
  const orderId = rig.newOrder();
  const handle = await rig.temporal.workflow.start('payment', {
    workflowId: `payment-${orderId}`,
    taskQueue,
    args: [
      {
        orderId,
        owner: 'rig',
        requestId: orderId,
        terms: {
          amount: { minor: 10_055, currency: 'USD' },
          flow: 'charge',
          channel: 'private',
          locale: 'en',
          ...terms,
        },
        policy: { ...ingressConfig(rig.environment).policy, tellsOutcomes: true },
      },
    ],
  });
  const failures = async () =>
    ((await handle.fetchHistory()).events ?? []).filter(
      ({ activityTaskFailedEventAttributes: failed }) => failed,
    ).length;
  await expect.poll(failures, { timeout: 20_000 }).toBeGreaterThan(0);
  await handle.terminate();
  await worker.stop();
}

async function playSweep(rig: Rig): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  await rig.temporal.workflow.execute('dailySweep', {
    workflowId: `sweep-${day}`,
    taskQueue: rig.environment['TEMPORAL_TASK_QUEUE'] ?? '',
    args: [{ day, graceSeconds: 0 }],
  });
}
