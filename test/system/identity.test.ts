import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRig, type Rig } from '../support/rig.ts';

const card = { service: 'payment_card_usd_hpp' };

describe('identity', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  it('makes of fifty equal PUTs at once one workflow, one invoice and one answer', async () => {
    const orderId = rig.newOrder();
    const answers = await Promise.all(Array.from({ length: 50 }, () => rig.put(orderId, card)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const created = (await rig.sandbox.journal(orderId)).filter((entry) => entry.created);
    expect(created).toHaveLength(1);
  });

  it.each([
    [{ amount: { value: '1', currency: 'USD' } }, 'amount'],
    [{ service: 'paypal_usd_hpp' }, 'service'],
    [{ description: 'x' }, 'description'],
    [{ customer: { referenceId: 'c' } }, 'customer'],
    [{ locale: 'uk' }, 'locale'],
    [{ ttlSeconds: 900 }, 'ttlSeconds'],
  ])('refuses other terms, naming what differs: %j', async (change, field) => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    const other = await rig.put(orderId, { ...card, ...change });
    expect(other).toMatchObject({
      status: 409,
      body: { type: '/docs/problems/terms-differ', errors: [{ field }] },
    });
  });

  it('takes the same terms written otherwise for the same', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, {
      amount: { value: '100.50', currency: 'USD' },
      ...card,
      metadata: { a: '1', b: '2' },
    });
    const again = await rig.put(orderId, {
      metadata: { b: '2', a: '1' },
      ...card,
      locale: 'en',
      flow: 'charge',
      amount: { currency: 'USD', value: '100.5' },
    });
    expect(again.status).toBe(200);
  });

  it("shows another service's key nothing", async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    const asOther = (method: string, path: string, body?: unknown) =>
      rig.call(method, `/v1/payments/${orderId}${path}`, body, 'key-of-another');
    expect((await asOther('GET', '')).status).toBe(404);
    expect((await asOther('POST', '/method', card)).status).toBe(404);
    expect((await asOther('POST', '/cancel', { reason: 'x' })).status).toBe(404);
    expect((await asOther('PUT', '', { amount: { value: '100.55', currency: 'USD' }, ...card })).status).toBe(
      404,
    );
  });

  it("shows another service's key nothing of a payment that is over", async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.handle(orderId).result();
    const asOther = (path: string, asking: object) =>
      rig.call('POST', `/v1/payments/${orderId}/${path}`, asking, 'key-of-another');
    expect((await asOther('method', card)).status).toBe(404);
    expect((await asOther('cancel', { reason: 'x' })).status).toBe(404);
    expect((await asOther('refunds', { refundId: 'r', reason: 'x' })).status).toBe(404);
  });

  it('leaves nothing behind of a refused PUT', async () => {
    const orderId = rig.newOrder();
    expect(await rig.put(orderId, { service: 'nonsense' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'service' }] },
    });
    expect((await rig.put(orderId, { ...card, amount: { value: '0', currency: 'USD' } })).status).toBe(422);
    expect((await rig.put(orderId, { ...card, amount: { value: '100.555', currency: 'USD' } })).status).toBe(
      400,
    );
    expect((await rig.get(orderId)).status).toBe(404);
    expect((await rig.put(orderId, card)).status).toBe(201);
  });
});
