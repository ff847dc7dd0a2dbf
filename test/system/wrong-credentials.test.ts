import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRig, type Rig } from '../support/rig.ts';

/** `PAYMENTS=1000 npx vitest run test/system/wrong-credentials.test.ts` is the whole drill. */
const count = Number(env['PAYMENTS'] ?? 100);

describe(`${count} payments against wrong credentials, then corrected`, () => {
  let rig: Rig;
  beforeAll(async () => {
    // They are all alike; a hundred of their histories are replayed.
    rig = await startRig({}, { replayed: 100 });
  });
  afterAll(() => rig.close(), 400_000);

  it('fails none, asks the platform little meanwhile, and settles all', async () => {
    await rig.sandbox.account({ credentialsRejected: true });
    const orders = Array.from({ length: count }, () => rig.newOrder());
    const asked = async () => (await rig.sandbox.requests('invoice.create.private')).length;
    const card = { service: 'payment_card_usd_hpp' };
    await inTurns(orders, (order) => rig.begin(order, card));
    await expect
      .poll(() => rig.count("PaymentAttention = 'credentials'"), { timeout: 400_000, interval: 500 })
      .toBe(count);
    const during = await asked();

    await rig.sandbox.account({ credentialsRejected: false });
    const awaiting = () => rig.count("PaymentStatus = 'awaiting_payment'");
    await expect.poll(awaiting, { timeout: 400_000, interval: 500 }).toBe(count);
    await inTurns(orders, async (orderId) => {
      const [invoice] = await rig.sandbox.invoices(orderId);
      await rig.sandbox.setStatus(invoice?.id ?? '', 'processed');
    });
    await inTurns(orders, (orderId) => rig.outcomes.arrival(orderId, 'payment.paid'));
    await inTurns(orders, (orderId) => rig.handle(orderId).result());
    const created = (await rig.sandbox.requests('invoice.create.private')).filter((it) => it.created);
    expect(created).toHaveLength(count);
    // eslint-disable-next-line no-console
    console.log(`${during} requests met the wrong credentials of ${count} payments`);
    // Three rejections open the circuit; then there is a probe now and then.
    expect(during).toBeLessThanOrEqual(10);
  }, 900_000);

  async function inTurns(orders: readonly string[], act: (order: string) => Promise<unknown>): Promise<void> {
    const left = [...orders];
    const turn = async (): Promise<void> => {
      for (let order = left.pop(); order !== undefined; order = left.pop()) await act(order);
    };
    await Promise.all(Array.from({ length: 50 }, turn));
  }
});
