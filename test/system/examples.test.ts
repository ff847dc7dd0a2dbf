import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPackageUser } from '../support/package-user.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { freePort } from '../support/whole-product.ts';

const older = 'whsec_b2xkZXItb2xkZXItb2xkZXItb2xkZXItb2xkZXIh';
const newer = 'whsec_bmV3ZXItbmV3ZXItbmV3ZXItbmV3ZXItbmV3ZXIh';
const card = { service: 'payment_card_usd_hpp' };

describe('the examples, unchanged, with the package as it is published', () => {
  let rig: Rig;
  let user: Awaited<ReturnType<typeof createPackageUser>>;
  let receiver: ReturnType<typeof user.run>;
  beforeAll(async () => {
    user = await createPackageUser();
    const port = String(await freePort());
    receiver = user.run('receiver.ts', { PORT: port, OUTCOME_SECRETS: `${newer},${older}` });
    await receiver.says('ready');
    rig = await startRig({ OUTCOME_URL: `http://127.0.0.1:${port}/`, OUTCOME_SECRETS: older });
  }, 60_000);
  afterAll(async () => {
    await receiver.stop();
    await rig.close();
    await user.remove();
  });

  const pay = async (orderId: string) =>
    rig.sandbox.setStatus((await rig.get(orderId)).body.invoiceId ?? '', 'processed');

  it('compile', async () => {
    expect(await user.compile()).toBe('');
  }, 60_000);

  it('pay and refund an order over HTTP', async () => {
    const orderId = rig.newOrder();
    const example = user.run('http.ts', {
      ORDER_API_URL: rig.ingressUrl,
      ORDER_API_KEY: rig.apiKey,
      ORDER_ID: orderId,
    });
    expect(await example.says('The customer may pay by')).toContain('Payment card');
    expect(await example.says('Send the customer to')).toContain('/hpp/');
    await pay(orderId);
    expect(await example.says('Refund')).toMatch(/^Refund R1 is (pending|processed)$/);
    expect(await example.ended).toBe(0);
    expect(example.lines).toContain(`${orderId} is paid`);
  }, 60_000);

  it('pay an order through Temporal, choosing a method', async () => {
    const orderId = rig.newOrder();
    const example = user.run('temporal.ts', { ...rig.environment, ORDER_ID: orderId });
    await example.says('is awaiting_payment');
    await rig.sandbox.setStatus(await invoiceOf(orderId), 'processed');
    expect(await example.ended).toBe(0);
    expect(example.lines.filter((line) => line.startsWith(orderId))).toEqual([
      `${orderId} is awaiting_payment`,
      `${orderId} is paid`,
    ]);
    // Another order service's key does not see it.
    expect((await rig.get(orderId)).status).toBe(404);
  }, 60_000);

  it('verify every outcome across a rotation of the secrets', async () => {
    const orders: string[] = [];
    for (const secrets of [older, `${newer},${older}`, newer]) {
      rig.environment['OUTCOME_SECRETS'] = secrets;
      await rig.stopWorker();
      await rig.startWorker();
      const orderId = rig.newOrder();
      orders.push(orderId);
      await rig.put(orderId, card);
      await pay(orderId);
      await receiver.says(`"orderId":"${orderId}"`);
    }
    const told = receiver.lines.filter((line) =>
      orders.some((orderId) => line.includes(`"orderId":"${orderId}"`)),
    );
    expect(told).toHaveLength(orders.length);
  }, 120_000);

  async function invoiceOf(orderId: string): Promise<string> {
    const [created] = (await rig.sandbox.journal(orderId)).filter((entry) => entry.created);
    return created?.invoiceId ?? '';
  }
});
