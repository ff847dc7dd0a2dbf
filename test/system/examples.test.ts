import { Webhook } from 'standardwebhooks';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createFreshClone, createPackageUser } from '../support/package-user.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { freePort } from '../support/whole-product.ts';

const older = 'whsec_b2xkZXItb2xkZXItb2xkZXItb2xkZXItb2xkZXIh';
const newer = 'whsec_bmV3ZXItbmV3ZXItbmV3ZXItbmV3ZXItbmV3ZXIh';
const card = { service: 'payment_card_usd_hpp' };

describe('the examples, unchanged, with the package as it is published', () => {
  let rig: Rig;
  let user: Awaited<ReturnType<typeof createPackageUser>>;
  let port: string;
  let receiver: ReturnType<typeof user.run>;
  const receivers: (typeof receiver)[] = [];
  let secrets = '';
  async function receiveBy(known: string): Promise<void> {
    if (known === secrets) return;
    if (secrets !== '') await receiver.stop();
    secrets = known;
    receiver = user.run('receiver.ts', { PORT: port, OUTCOME_SECRETS: known });
    receivers.push(receiver);
    await receiver.says('ready');
  }
  beforeAll(async () => {
    user = await createPackageUser();
    port = String(await freePort());
    await receiveBy(older);
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

  it('run from a fresh clone by the documented command', async () => {
    const clone = await createFreshClone();
    const orderId = rig.newOrder();
    const example = clone.run('docs/examples/http.ts', {
      ORDER_API_URL: rig.ingressUrl,
      ORDER_API_KEY: rig.apiKey,
      ORDER_ID: orderId,
    });
    await example.says('Send the customer to');
    await pay(orderId);
    expect(await example.ended).toBe(0);
    expect(example.lines).toContain(`${orderId} is paid`);
    await clone.remove();
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

  it('verify every outcome across a rotation, during which the receiver knows one secret', async () => {
    const orders: string[] = [];
    for (const [sent, known] of [
      [older, older],
      [`${newer},${older}`, older],
      [`${newer},${older}`, newer],
      [newer, newer],
    ] as const) {
      await receiveBy(known);
      if (rig.environment['OUTCOME_SECRETS'] !== sent) {
        rig.environment['OUTCOME_SECRETS'] = sent;
        await rig.stopWorker();
        await rig.startWorker();
      }
      const orderId = rig.newOrder();
      orders.push(orderId);
      await rig.put(orderId, card);
      await pay(orderId);
      await receiver.says(told(orderId, 1, 'paid'));
    }
    const lines = receivers.flatMap((it) => it.lines);
    expect(lines.filter((line) => orders.some((id) => line.includes(`"orderId":"${id}"`)))).toHaveLength(4);
  }, 120_000);

  it('take each type of outcome, and nothing that is forged', async () => {
    const [canceled, refunded, review] = [rig.newOrder(), rig.newOrder(), rig.newOrder()];
    for (const orderId of [canceled, refunded, review]) await rig.put(orderId, card);
    await rig.call('POST', `/v1/payments/${canceled}/cancel`, { reason: 'out of stock' });
    await rig.sandbox.setStatus(await invoiceOf(canceled), 'expired');
    await receiver.says(told(canceled, 1, 'canceled'));
    await pay(refunded);
    await receiver.says(told(refunded, 1, 'paid'));
    await rig.call('POST', `/v1/payments/${refunded}/refunds`, { refundId: 'R1', reason: 'returned' });
    await receiver.says(told(refunded, 2, 'refunded'));
    await rig.sandbox.setStatus(await invoiceOf(review), 'partially_processed');
    await receiver.says(told(review, 1, 'review'));

    const body = JSON.stringify({ type: 'payment.paid', timestamp: '2026-11-24T00:00:00Z', data: {} });
    const now = new Date();
    const forged = {
      'webhook-id': 'out_forged_1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook('whsec_Zm9yZ2VkLWZvcmdlZC1mb3JnZWQtZm9yZ2VkLTEyMw==').sign(
        'out_forged_1',
        now,
        body,
      ),
    };
    for (const headers of [forged, {}])
      expect(
        (await fetch(rig.environment['OUTCOME_URL'] ?? '', { method: 'POST', headers, body })).status,
      ).toBe(401);
    expect(receiver.lines.join()).not.toContain('out_forged_1');
  }, 60_000);

  const told = (orderId: string, number: number, status: string): RegExp =>
    new RegExp(`\\{"id":"out_${orderId}_[0-9a-z]+_${number}","type":"payment\\.${status}"`);

  async function invoiceOf(orderId: string): Promise<string> {
    // A busy machine may answer the `PUT` before the invoice is there (202).
    const created = await vi.waitUntil(
      async () => (await rig.sandbox.journal(orderId)).find((entry) => entry.created),
      { timeout: 30_000 },
    );
    return created.invoiceId ?? '';
  }
});
