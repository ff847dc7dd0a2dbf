import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretOf, startOutcomeReceiver } from '../support/outcome-receiver.ts';
import { startRig, type Answer, type Rig } from '../support/rig.ts';
import { startServicesFile, type OrderService } from '../support/services-file.ts';
import { card, set } from './cases/play.ts';

type Receiver = Awaited<ReturnType<typeof startOutcomeReceiver>>;

const keys = { shop: 'key-of-the-shop', books: 'key-of-the-books', silent: 'key-of-the-silent' };
type Name = keyof typeof keys;

interface LoggedOutcome {
  readonly webhookId: string;
  readonly type: string;
  readonly state: string;
  readonly deliveries: readonly { readonly result: string; readonly detail: string | null }[];
}

describe('several order services', () => {
  let rig: Rig;
  let receivers: Readonly<Record<'shop' | 'warehouse' | 'books', Receiver>>;
  let file: Awaited<ReturnType<typeof startServicesFile>>;
  beforeAll(async () => {
    receivers = {
      shop: await startOutcomeReceiver(secretOf('s')),
      warehouse: await startOutcomeReceiver(secretOf('w')),
      books: await startOutcomeReceiver(secretOf('b')),
    };
    const services: OrderService[] = [
      {
        name: 'shop',
        keys: [keys.shop],
        rights: ['payments', 'refunds'],
        endpoints: [
          { url: receivers.shop.url, secrets: [secretOf('s')] },
          { url: receivers.warehouse.url, secrets: [secretOf('w')], types: ['payment.paid'] },
        ],
      },
      {
        name: 'books',
        keys: [keys.books],
        rights: ['payments', 'reports'],
        endpoints: [{ url: receivers.books.url, secrets: [secretOf('b')] }],
      },
      { name: 'silent', keys: [keys.silent], rights: ['payments'], endpoints: [] },
    ];
    file = await startServicesFile(...services);
    rig = await startRig(file.settings);
  });
  afterAll(async () => {
    await rig.close();
    await file.remove();
    for (const receiver of Object.values(receivers)) receiver.close();
  });

  const as = (name: Name, method: string, path: string, body?: unknown): Promise<Answer> =>
    rig.call(method, path, body, keys[name]);
  const amount = { value: '100.55', currency: 'USD' };
  const put = (name: Name, orderId: string): Promise<Answer> =>
    as(name, 'PUT', `/v1/payments/${orderId}`, { amount, ...card });
  const paid = async (name: Name, orderId: string): Promise<void> => {
    await put(name, orderId);
    await set(rig, orderId, 'processed');
  };
  const logged = async (name: Name, orderId: string): Promise<readonly LoggedOutcome[]> => {
    const { body } = await as(name, 'GET', `/v1/payments/${orderId}/outcomes`);
    return (body as unknown as { outcomes: LoggedOutcome[] }).outcomes;
  };
  const typesAt = (receiver: Receiver, orderId: string): string[] =>
    receiver.of(orderId).map(({ type }) => type);

  it('see their own payments alone, and share one space of order ids', async () => {
    const orderId = rig.newOrder();
    expect((await put('shop', orderId)).status).toBe(201);
    expect(await put('books', orderId)).toMatchObject({
      status: 404,
      body: { detail: 'Another order service has a payment for this order. Use another order id.' },
    });
    expect((await as('books', 'GET', `/v1/payments/${orderId}`)).status).toBe(404);
    expect((await as('books', 'GET', `/v1/payments/${orderId}/outcomes`)).status).toBe(404);
    expect((await as('shop', 'GET', `/v1/payments/${orderId}`)).status).toBe(200);
    await set(rig, orderId, 'processed');
    await rig.handle(orderId).result();
  });

  it('are told of their own payments, each endpoint what it takes, under one id', async () => {
    const [ofShop, ofBooks] = [rig.newOrder(), rig.newOrder()];
    await paid('shop', ofShop);
    await paid('books', ofBooks);
    const refund = { refundId: 'r1', reason: 'broken' };
    for (const orderId of [ofShop, ofBooks]) await rig.handle(orderId).result();
    expect((await as('shop', 'POST', `/v1/payments/${ofShop}/refunds`, refund)).status).toBe(200);
    await receivers.shop.arrival(ofShop, 'payment.refunded');
    expect(typesAt(receivers.shop, ofShop)).toEqual(['payment.paid', 'payment.refunded']);
    expect(typesAt(receivers.warehouse, ofShop)).toEqual(['payment.paid']);
    expect(receivers.warehouse.of(ofShop)[0]?.id).toBe(receivers.shop.of(ofShop)[0]?.id);
    expect(typesAt(receivers.books, ofBooks)).toEqual(['payment.paid']);
    expect(receivers.books.of(ofShop)).toEqual([]);
    for (const other of [receivers.shop, receivers.warehouse]) expect(other.of(ofBooks)).toEqual([]);
  });

  it('are told until each endpoint has taken an outcome, those that have not alone', async () => {
    const orderId = rig.newOrder();
    receivers.warehouse.answerWith(503);
    await paid('shop', orderId);
    const first = await receivers.shop.arrival(orderId, 'payment.paid');
    await expect
      .poll(async () => (await logged('shop', orderId))[0], { timeout: 15_000 })
      .toMatchObject({
        state: 'waiting',
        deliveries: [{ result: 'refused', detail: 'endpoint 2: the order service answered 503' }],
      });
    receivers.warehouse.answerWith(204);
    const second = await receivers.warehouse.arrival(orderId, 'payment.paid');
    expect(second.id).toBe(first.id);
    await rig.handle(orderId).result();
    expect([receivers.shop.of(orderId).length, receivers.warehouse.of(orderId).length]).toEqual([1, 1]);
    const [outcome] = await logged('shop', orderId);
    expect(outcome).toMatchObject({ webhookId: first.id, state: 'delivered' });
    expect(outcome?.deliveries.at(-1)?.result).toBe('taken');

    rig.replays(`redelivery-${first.id}`);
    const again = `/v1/payments/${orderId}/outcomes/${first.id}/redeliver`;
    expect((await as('shop', 'POST', again)).status).toBe(200);
    for (const receiver of [receivers.shop, receivers.warehouse])
      expect(receiver.of(orderId).map(({ id }) => id)).toEqual([first.id, first.id]);
  });

  it('are told nothing without an endpoint, and read', async () => {
    const orderId = rig.newOrder();
    await paid('silent', orderId);
    await rig.handle(orderId).result();
    expect((await as('silent', 'GET', `/v1/payments/${orderId}`)).body.status).toBe('paid');
    expect(await logged('silent', orderId)).toEqual([]);
    for (const receiver of Object.values(receivers)) expect(receiver.of(orderId)).toEqual([]);
  });

  it('may do what they have a right to, and nothing of anything else', async () => {
    const orderId = rig.newOrder();
    await paid('books', orderId);
    await rig.handle(orderId).result();
    const refund = { refundId: 'r1', reason: 'broken' };
    const refused = await as('books', 'POST', `/v1/payments/${orderId}/refunds`, refund);
    expect(refused).toMatchObject({ status: 403, body: { type: '/docs/problems/forbidden' } });
    expect(refused.body.detail).toContain('lacks the right "refunds"');
    expect((await as('books', 'GET', `/v1/payments/${orderId}`)).body).toMatchObject({
      status: 'paid',
      refunds: [],
    });
    expect((await as('shop', 'GET', '/v1/reports/2020-11-23')).body.detail).toContain('"reports"');
    expect((await as('books', 'GET', '/v1/reports/2020-11-23')).status).toBe(404);
  });
});
