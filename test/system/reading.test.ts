import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { ingressConfig } from '../../src/config/config.ts';
import { paymentsApi, type Payment } from '../../src/clients/http/payments-api.ts';
import { toOrderId } from '../../src/domain/identity.ts';
import { composeIngress } from '../../src/main/compose-ingress.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { PaymentReader } from '../../src/payments/payment-reader.ts';
import { provision } from '../support/global-setup.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { startTemporalProcess } from '../support/temporal-process.ts';
import { freePort } from '../support/whole-product.ts';

const card = { service: 'payment_card_usd_hpp' };

describe('reading payments', () => {
  const dbFilename = join(tmpdir(), `paytone-reading-${randomUUID()}.db`);
  let server: Awaited<ReturnType<typeof startTemporalProcess>>;
  let rig: Rig;
  beforeAll(async () => {
    server = await startTemporalProcess(inject('temporalCliPath'), {
      port: await freePort(),
      metricsPort: await freePort(),
      dbFilename,
    });
    await provision(server.address);
    rig = await startRig({ TEMPORAL_ADDRESS: server.address });
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
    await rm(dbFilename, { force: true });
  });

  const read = (orderId: string, headers: Record<string, string> = {}, url = rig.ingressUrl) =>
    fetch(`${url}/v1/payments/${orderId}`, {
      headers: { authorization: `Bearer ${rig.apiKey}`, ...headers },
    });
  const mark = 'grpc_SignalWithStartWorkflowExecution';
  let marks = 0;
  /**
   * Billable actions until now that asking makes; payments of other tests may go on with theirs. The server publishes
   * them now and then, so one more is made and awaited.
   */
  const actionsOfAskers = async () => {
    marks += 1;
    const nobodys = { workflowId: randomUUID(), taskQueue: 'nobody', signal: 'mark' };
    await rig.temporal.workflow.signalWithStart('mark', nobodys);
    const published = await vi.waitUntil(
      async () => {
        const counts = await server.actions();
        return counts[mark] === marks && counts;
      },
      { timeout: 10_000 },
    );
    const ofAskers = /Query|Update|SignalWorkflow|MultiOperation/;
    return Object.entries(published).filter(([type]) => ofAskers.test(type));
  };
  const api = () => paymentsApi({ url: rig.ingressUrl, key: rig.apiKey });
  const statusesOf = async (payments: AsyncIterable<Payment>, seen: string[] = []): Promise<string[]> => {
    for await (const { status } of payments) seen.push(status);
    return seen;
  };

  it('costs no billable action while a payment does not change, open or closed', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    const [before, after] = await whileUnchanged(orderId);
    expect(after).toEqual(before);

    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.handle(orderId).result();
    await rig.stopWorker();
    const fresh = await composeIngress(ingressConfig(rig.environment), createLogger('test', 'silent'));
    const earlier = await actionsOfAskers();
    const cold = await read(orderId, {}, fresh.url);
    expect(await cold.json()).toMatchObject({ status: 'paid' });
    expect(await actionsOfAskers()).toEqual(earlier);
    await fresh.stop();
    const [closed, still] = await whileUnchanged(orderId);
    expect(still).toEqual(closed);
    await rig.startWorker();
  }, 60_000);

  /** Actions before and after 200 reads during which nothing happened to the payment, such as its first callback. */
  async function whileUnchanged(orderId: string) {
    const length = async () => (await rig.handle(orderId).describe()).historyLength;
    for (;;) {
      const events = await length();
      await rig.get(orderId);
      const earlier = await actionsOfAskers();
      await Promise.all(Array.from({ length: 200 }, () => read(orderId)));
      const later = await actionsOfAskers();
      if ((await length()) === events) return [earlier, later];
    }
  }

  it('tells by ETag that nothing changed, and what did', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    const tag = (await read(orderId)).headers.get('etag') ?? '';
    const unchanged = await read(orderId, { 'if-none-match': tag });
    expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
    expect((await read(orderId, { 'if-none-match': '*' })).status).toBe(304);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.outcomes.arrival(orderId, 'payment.paid');
    const changed = await read(orderId, { 'if-none-match': tag });
    expect([changed.status, ((await changed.json()) as Payment).status]).toEqual([200, 'paid']);
  });

  it('answers 200 with an ETag while the platform makes the invoice', async () => {
    const orderId = rig.newOrder();
    const match = { operation: 'invoice.create.private', referenceId: orderId };
    await rig.sandbox.fault({ match, times: 0, fault: { type: 'status', status: 503 } });
    await rig.begin(orderId, card);
    const answer = await read(orderId);
    expect([answer.status, ((await answer.json()) as Payment).status]).toEqual([200, 'creating']);
    expect(answer.headers.get('etag')).toMatch(/^"/);
  });

  it('never contradicts the outcome, however often it was asked before', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    await Promise.all(Array.from({ length: 50 }, () => read(orderId)));
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    const { data } = await rig.outcomes.arrival(orderId, 'payment.paid');
    expect((await rig.get(orderId)).body).toEqual(data);
  });

  it('feeds each change to all who follow, to the end', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId);
    const seen: string[] = [];
    const followers = [statusesOf(api().follow(orderId), seen), statusesOf(api().follow(orderId))];
    await expect.poll(() => seen).toEqual(['choosing']);
    const { body } = await rig.call('POST', `/v1/payments/${orderId}/method`, card);
    await expect.poll(() => seen).toContain('awaiting_payment');
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    for (const statuses of await Promise.all(followers)) {
      expect(statuses.filter((status) => status !== 'creating')).toEqual([
        'choosing',
        'awaiting_payment',
        'paid',
      ]);
    }
  }, 30_000);

  it('feeds a refund of a payment that is over', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.handle(orderId).result();
    expect(await statusesOf(api().follow(orderId))).toEqual(['paid']);
    await api().refund(orderId, { refundId: 'R1', reason: 'returned' });
    expect((await api().outcome(orderId)).status).toBe('refunded');
  }, 30_000);

  it('does not wait for the end of a payment to tell that it goes on', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    expect(await new PaymentReader(rig.temporal).ended(toOrderId(orderId))).toBe('running');
    expect(await new PaymentReader(rig.temporal).ended(toOrderId(rig.newOrder()))).toBeNull();
  }, 20_000);

  it("is not there for another order service's key, feed included", async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    const other = paymentsApi({ url: rig.ingressUrl, key: 'key-of-another' });
    await expect(statusesOf(other.follow(orderId))).rejects.toMatchObject({ status: 404 });
    await expect(other.get(orderId)).rejects.toMatchObject({ name: 'PaymentProblem', status: 404 });
  });
});

describe('access', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({
      ORDER_API_KEYS: 'shop=old,shop=new==,other=else,busy=much',
      ORDER_API_RATE_LIMIT: '20',
    });
  });
  afterAll(() => rig.close());

  it('two keys of one order service live side by side, and see the same payments', async () => {
    const orderId = rig.newOrder();
    const terms = { amount: { value: '1.00', currency: 'USD' }, ...card };
    expect((await rig.call('PUT', `/v1/payments/${orderId}`, terms, 'old')).status).toBe(201);
    expect((await rig.call('PUT', `/v1/payments/${orderId}`, terms, 'new==')).status).toBe(200);
    expect((await rig.call('GET', `/v1/payments/${orderId}`, undefined, 'else')).status).toBe(404);
    expect((await rig.call('GET', `/v1/payments/${orderId}`, undefined, 'new')).status).toBe(401);
  });

  it('refuses what a key asks beyond its limit, and that key alone', async () => {
    const ask = (key: string) =>
      fetch(`${rig.ingressUrl}/v1/payments/${randomUUID()}`, { headers: { authorization: `Bearer ${key}` } });
    const answers = [];
    for (let i = 0; i < 20; i++) answers.push((await ask('much')).status);
    expect(new Set(answers)).toEqual(new Set([404]));
    const refused = await ask('much');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"key"; r=0; t=\d+$/);
    expect(await refused.json()).toMatchObject({ type: '/docs/problems/too-many-requests' });
    expect((await ask('else')).status).toBe(404);
  });

  it('names the methods that a path takes', async () => {
    const answer = await fetch(`${rig.ingressUrl}/v1/payments/x/cancel`, {
      headers: { authorization: 'Bearer else' },
    });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
