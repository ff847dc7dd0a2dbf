import { env } from 'node:process';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toAccountId, toForeignReference } from '../../src/domain/identity.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { sweepIdFor } from '../../workflows/messages.ts';
import { forget } from '../support/forget.ts';
import { secretOf, startOutcomeReceiver } from '../support/outcome-receiver.ts';
import { account, startRig, type Answer, type Rig } from '../support/rig.ts';
import { sandboxControl } from '../support/sandbox-control.ts';
import { startServicesFile, type OrderService } from '../support/services-file.ts';
import { card, resolve } from './cases/play.ts';
import { signatureOf } from '../support/sign-callback.ts';
import { inTurns } from '../support/in-turns.ts';

type Receiver = Awaited<ReturnType<typeof startOutcomeReceiver>>;

const keys = { shop: 'key-of-the-shop', books: 'key-of-the-books' };
type Name = keyof typeof keys;
const second = {
  id: toAccountId('coma_second'),
  privateKey: 'sk_test_second',
  publicKey: 'pk_test_second',
};

/** `ORDERS=2000 npx vitest run test/system/accounts.test.ts` plays as many at once. */
const many = Number(env['ORDERS'] ?? 40);
const atOnce = 16;

const page = z.object({
  data: z.array(z.looseObject({ attributes: z.looseObject({ reference_id: z.string() }) })),
  links: z.object({ next: z.string() }),
});

/** All of a platform's invoices, as its private API lists them. */
async function listOf({ url, keys: { id, privateKey } }: { url: string; keys: typeof account }) {
  const authorization = `Basic ${Buffer.from(`${id}:${privateKey}`).toString('base64')}`;
  const found: z.output<typeof page>['data'] = [];
  for (let path = '/api/payment-invoices?page[size]=100'; path !== '';) {
    const answer = page.parse(await (await fetch(`${url}${path}`, { headers: { authorization } })).json());
    found.push(...answer.data);
    path = answer.links.next;
  }
  return found;
}

/** Two platforms with an account each: an invoice, or a call with the wrong keys, can be nowhere else. */
describe('two accounts', () => {
  let rig: Rig;
  let other: Sandbox;
  let receivers: Readonly<Record<Name, Receiver>>;
  let file: Awaited<ReturnType<typeof startServicesFile>>;
  let platforms: Readonly<Record<Name, ReturnType<typeof sandboxControl>>>;
  beforeAll(async () => {
    other = await startSandbox({ port: 0, account: second, callbackRetryMs: 200 });
    receivers = {
      shop: await startOutcomeReceiver(secretOf('s')),
      books: await startOutcomeReceiver(secretOf('b')),
    };
    const serviceOf = (name: Name): OrderService => ({
      name,
      keys: [keys[name]],
      rights: ['payments', 'refunds', 'reports'],
      endpoints: [{ url: receivers[name].url, secrets: [secretOf(name.charAt(0))] }],
      ...(name === 'books' && { account: second.id }),
    });
    file = await startServicesFile();
    const services = [serviceOf('shop'), serviceOf('books')];
    await file.write(JSON.stringify({ services, accounts: [{ ...second, url: other.url }] }));
    rig = await startRig(file.settings);
    platforms = { shop: rig.sandbox, books: sandboxControl(other.url) };
    await platforms.books.account({ defaultCallbackUrl: `${rig.ingressUrl}/callbacks/paytone` });
  });
  afterAll(async () => {
    await rig.close();
    await file.remove();
    await other.close();
    for (const receiver of Object.values(receivers)) receiver.close();
  });

  const as = (name: Name, method: string, path: string, body?: unknown): Promise<Answer> =>
    rig.call(method, path, body, keys[name]);
  const put = (name: Name, orderId: string, more: object = card): Promise<Answer> =>
    as(name, 'PUT', `/v1/payments/${orderId}`, { amount: { value: '100.55', currency: 'USD' }, ...more });
  const set = async (name: Name, orderId: string, status: string): Promise<void> => {
    const [invoice] = await platforms[name].invoices(orderId);
    await platforms[name].setStatus(invoice?.id ?? '', status);
  };
  /** How many invoices of the order are at its own platform, and at the other. */
  const invoicesOf = async (name: Name, orderId: string): Promise<number[]> => {
    const own = await platforms[name].invoices(orderId);
    const others = await platforms[name === 'shop' ? 'books' : 'shop'].invoices(orderId);
    return [own.length, others.length];
  };
  const paid = async (name: Name): Promise<string> => {
    const orderId = rig.newOrder();
    await put(name, orderId);
    await set(name, orderId, 'processed');
    await receivers[name].arrival(orderId, 'payment.paid');
    await rig.handle(orderId).result();
    return orderId;
  };

  it.each(['shop', 'books'] as const)(
    'each payment is on the account of its order service, refunds and a method chosen later too: %s',
    async (name) => {
      const orderId = rig.newOrder();
      expect((await put(name, orderId, {})).body.status).toBe('choosing');
      expect(await invoicesOf(name, orderId)).toEqual([0, 0]);
      await as(name, 'POST', `/v1/payments/${orderId}/method`, { ...card, serviceFields: {} });
      expect(await invoicesOf(name, orderId)).toEqual([1, 0]);
      await set(name, orderId, 'processed');
      await receivers[name].arrival(orderId, 'payment.paid');
      await as(name, 'POST', `/v1/payments/${orderId}/refunds`, { refundId: 'r1', reason: 'broken' });
      await receivers[name].arrival(orderId, 'payment.refunded');
      expect(await platforms[name].ledger(orderId)).toMatchObject([{ paid: 100.55, refunded: 100.55 }]);
    },
    60_000,
  );

  it('a signature of one account is none for a payment on another: that is not woken, and the money is seen', async () => {
    const orderId = rig.newOrder();
    await put('shop', orderId);
    const created = Math.floor(Date.now() / 1000);
    const [planted] = await platforms.books.plant([
      { ...card, referenceId: orderId, amount: 12.5, created, status: 'processed' },
    ]);
    const looks = async () =>
      (await platforms.shop.journal(orderId)).filter(({ kind }) => kind === 'request').length;
    const before = await looks();
    expect(await callBack(orderId, second.privateKey)).toBe(200);
    const workflowId = unknownReferenceIdFor(toForeignReference(orderId), second.id);
    rig.replays(workflowId);
    const view = () => rig.temporal.workflow.getHandle(workflowId).query('late-money');
    await expect.poll(view, { timeout: 30_000 }).toMatchObject({
      account: second.id,
      attention: 'late-money',
      invoices: [{ invoiceId: planted?.id, needsDecision: true }],
    });
    expect(await looks()).toBe(before);
    await resolve(rig, workflowId, 'refund');
    await expect
      .poll(() => platforms.books.ledger(orderId), { timeout: 30_000 })
      .toMatchObject([{ paid: 12.5, refunded: 12.5 }]);
    await set('shop', orderId, 'processed');
    await receivers.shop.arrival(orderId, 'payment.paid');
  }, 90_000);

  it('many at once: nothing of one service is at the other platform, receiver or in its answers', async () => {
    const orders = (['shop', 'books'] as const).flatMap((name) =>
      Array.from({ length: many / 2 }, () => ({ name, orderId: rig.newOrder() })),
    );
    const plant = (name: Name) => `planted-by-${name}`;
    await inTurns(orders, atOnce, async ({ name, orderId }) => {
      const description = `${plant(name)} ${orderId}`;
      const started = async () => (await put(name, orderId, { ...card, description })).body.redirect;
      await expect.poll(started, { timeout: 60_000 }).toBeTruthy();
      await set(name, orderId, 'processed');
      const { data } = await receivers[name].arrival(orderId, 'payment.paid');
      expect(data).toMatchObject({ orderId, status: 'paid' });
    });
    const at = {
      shop: { url: rig.sandbox.url, keys: account },
      books: { url: other.url, keys: second },
    };
    for (const [own, foreign] of [
      ['shop', 'books'],
      ['books', 'shop'],
    ] as const) {
      const listed = await listOf(at[own]);
      const mine = orders.filter(({ name }) => name === own).map(({ orderId }) => orderId);
      const others = orders.filter(({ name }) => name === foreign).map(({ orderId }) => orderId);
      const references = new Set(listed.map(({ attributes }) => attributes.reference_id));
      expect(mine.filter((orderId) => !references.has(orderId))).toEqual([]);
      expect(others.filter((orderId) => references.has(orderId))).toEqual([]);
      expect(JSON.stringify(listed)).not.toContain(plant(foreign));
      expect(others.flatMap((orderId) => receivers[own].of(orderId))).toEqual([]);
      const seen = await as(own, 'GET', '/v1/payments?limit=100');
      expect(others.filter((orderId) => JSON.stringify(seen.body).includes(orderId))).toEqual([]);
      await inTurns(others.slice(0, 50), atOnce, async (orderId) => {
        expect((await as(own, 'GET', `/v1/payments/${orderId}`)).status).toBe(404);
      });
    }
  }, 900_000);

  it('a payment that Temporal has forgotten is found on its account, and refunded there', async () => {
    const orderId = await paid('books');
    await forget(rig, orderId);
    expect(await as('books', 'GET', `/v1/payments/${orderId}`)).toMatchObject({ body: { status: 'paid' } });
    expect((await as('shop', 'GET', `/v1/payments/${orderId}`)).status).toBe(404);
    await as('books', 'POST', `/v1/payments/${orderId}/refunds`, { refundId: 'r1', reason: 'broken' });
    await receivers.books.arrival(orderId, 'payment.refunded');
    expect(await platforms.books.ledger(orderId)).toMatchObject([{ refunded: 100.55 }]);
  }, 120_000);

  it('trouble of one account is none of the other', async () => {
    await platforms.books.account({ credentialsRejected: true });
    const [here, there] = [rig.newOrder(), rig.newOrder()];
    expect((await as('shop', 'GET', `/v1/payments/${here}`)).status).toBe(404);
    expect(await put('books', there)).toMatchObject({ body: { status: 'creating' } });
    await put('shop', here);
    await set('shop', here, 'processed');
    await receivers.shop.arrival(here, 'payment.paid');
    await expect
      .poll(() => rig.metrics())
      .toMatch(/paytone_credentials_rejected\{account="coma_second",operation="\w+"\} [01]/);
    expect(await rig.metrics()).not.toMatch(/paytone_credentials_rejected\{account="coma_test".*\} 1/);
    await platforms.books.account({ credentialsRejected: false });
    await expect
      .poll(async () => (await as('books', 'GET', `/v1/payments/${there}`)).body.status, { timeout: 90_000 })
      .toBe('awaiting_payment');
  }, 120_000);

  it('each account has its own reconciliation, with its own payments alone', async () => {
    const orders = [await paid('shop'), await paid('books')];
    const day = new Date().toISOString().slice(0, 10);
    const sweep = (whose?: typeof second.id) => {
      const workflowId = sweepIdFor(day, whose);
      rig.replays(workflowId);
      const args = [{ day, graceSeconds: 0, ...(whose && { account: whose }) }];
      const taskQueue = rig.environment['TEMPORAL_TASK_QUEUE'] ?? '';
      return rig.temporal.workflow.execute('dailySweep', { workflowId, taskQueue, args });
    };
    const rows = async (name: Name): Promise<number> => {
      const query = `PaymentAccount = '${name === 'shop' ? account.id : second.id}'`;
      return rig.count(`${query} AND PaymentStatus IN ('paid', 'refunded')`);
    };
    await expect.poll(() => Promise.all([rows('shop'), rows('books')])).not.toContain(0);
    for (const [name, whose] of [
      ['shop', undefined],
      ['books', second.id],
    ] as const) {
      await sweep(whose);
      const { status, body } = await as(name, 'GET', `/v1/reports/${day}`);
      const { walked, findings } = body as unknown as {
        walked: { read: number };
        findings: { referenceId: string }[];
      };
      expect([status, findings.filter(({ referenceId }) => orders.includes(referenceId))]).toEqual([200, []]);
      expect(walked.read).toBeGreaterThan(0);
    }
  }, 120_000);

  it('an account that rejects its keys delays the daily reconciliation of no other', async () => {
    await platforms.shop.account({ credentialsRejected: true });
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const taskQueue = rig.environment['TEMPORAL_TASK_QUEUE'] ?? '';
    const workflowId = 'sweeps-at-two-accounts';
    const scheduled = await rig.temporal.workflow.start('scheduledSweep', { workflowId, taskQueue });
    const sweepOf = (whose?: typeof second.id) =>
      rig.temporal.workflow.getHandle(sweepIdFor(yesterday, whose));
    for (const id of [workflowId, sweepIdFor(yesterday), sweepIdFor(yesterday, second.id)]) rig.replays(id);
    const status = async (whose?: typeof second.id) => (await sweepOf(whose).describe()).status.name;
    await expect
      .poll(() => status(second.id).catch(() => 'not started'), { timeout: 60_000 })
      .toBe('COMPLETED');
    expect(await status()).toBe('RUNNING');
    await platforms.shop.account({ credentialsRejected: false });
    expect(await scheduled.result()).toBe(yesterday);
    expect(await status()).toBe('COMPLETED');
  }, 240_000);

  async function callBack(referenceId: string, key: string): Promise<number> {
    const attributes = { reference_id: referenceId, status: 'processed', updated: 4_000_000_000 };
    const body = JSON.stringify({ data: { type: 'payment-invoices', id: 'cpi_x', attributes } });
    const signature = signatureOf(body, key);
    const headers = { 'x-signature': signature, 'content-type': 'application/json' };
    const answer = await fetch(`${rig.ingressUrl}/callbacks/paytone`, { method: 'POST', body, headers });
    return answer.status;
  }
});
