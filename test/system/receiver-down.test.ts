import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverNow, recoveryIdFor, recoveryState } from '../../workflows/messages.ts';
import { runCli } from '../support/command-line.ts';
import { inTurns } from '../support/in-turns.ts';
import { secretOf, startOutcomeReceiver } from '../support/outcome-receiver.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { startServicesFile } from '../support/services-file.ts';
import { card } from './cases/play.ts';

type Receiver = Awaited<ReturnType<typeof startOutcomeReceiver>>;

const keys = { shop: 'key-of-the-shop', books: 'key-of-the-books' };
type Name = keyof typeof keys;
const names: readonly Name[] = ['shop', 'books'];
const many = 15;

describe('an order service that takes no outcomes', () => {
  let rig: Rig;
  let receivers: Readonly<Record<Name, Receiver>>;
  let file: Awaited<ReturnType<typeof startServicesFile>>;
  beforeAll(async () => {
    receivers = {
      shop: await startOutcomeReceiver(secretOf('s')),
      books: await startOutcomeReceiver(secretOf('b')),
    };
    const services = names.map((name) => ({
      name,
      keys: [keys[name]],
      rights: ['payments'] as const,
      endpoints: [{ url: receivers[name].url, secrets: [secretOf(name.charAt(0))] }],
    }));
    file = await startServicesFile(...services);
    rig = await startRig(file.settings);
  });
  afterAll(async () => {
    await rig.close();
    await file.remove();
    for (const name of names) receivers[name].close();
  });

  async function paid(name: Name): Promise<string> {
    const orderId = rig.newOrder();
    const terms = { amount: { value: '100.55', currency: 'USD' }, ...card };
    await rig.call('PUT', `/v1/payments/${orderId}`, terms, keys[name]);
    const [invoice] = await rig.sandbox.invoices(orderId);
    await rig.sandbox.setStatus(invoice?.id ?? '', 'processed');
    return orderId;
  }
  const failing = () =>
    rig.count(
      "PaymentOwner = 'shop' AND PaymentAttention = 'outcome-failing' AND ExecutionStatus = 'Running'",
    );
  const isDown = async () =>
    / *paytone_order_service_down\{order_service="shop"\} 1/.test(await rig.metrics());

  it('is tried by a few, and once it takes one is told all that waited, once', async () => {
    receivers.shop.answerWith(503);
    const orders: string[] = [];
    await inTurns([...Array(many).keys()], 4, async () => {
      orders.push(await paid('shop'));
    });
    // Each was to be tried three times or more.
    await expect.poll(failing, { timeout: 90_000 }).toBe(many);
    expect(receivers.shop.refused()).toBeLessThan(2 * many);
    expect(await isDown()).toBe(true);
    const watch = rig.temporal.workflow.getHandle(recoveryIdFor('shop'));
    rig.replays(watch.workflowId);
    await expect
      .poll(() => watch.query(recoveryState), { timeout: 60_000 })
      .toMatchObject({ owner: 'shop', waiting: expect.any(Number) as number });

    expect((await runCli(rig.environment, 'down')).out).toMatch(
      /^ORDER SERVICE +FAILING SINCE .*\nshop +20\d\d-/,
    );

    const other = await paid('books');
    await receivers.books.arrival(other, 'payment.paid');

    receivers.shop.answerWith(204);
    for (const orderId of orders) await receivers.shop.arrival(orderId, 'payment.paid');
    await expect.poll(failing, { timeout: 30_000 }).toBe(0);
    expect(orders.filter((orderId) => receivers.shop.of(orderId).length !== 1)).toEqual([]);
    expect(await isDown()).toBe(false);
  }, 300_000);

  it('a payment that is told to deliver with nothing to deliver goes on as it was', async () => {
    const orderId = rig.newOrder();
    const terms = { amount: { value: '100.55', currency: 'USD' }, ...card };
    await rig.call('PUT', `/v1/payments/${orderId}`, terms, keys.shop);
    await rig.handle(orderId).signal(deliverNow);
    const { body } = await rig.call('GET', `/v1/payments/${orderId}`, undefined, keys.shop);
    expect(body.status).toBe('awaiting_payment');
  }, 60_000);
});
