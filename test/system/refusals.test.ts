import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemAnswer } from '../../src/payments/payment-schema.ts';
import { startRig, type Rig } from '../support/rig.ts';

const card = { service: 'payment_card_usd_hpp' };
const pages = '/docs/problems/';

describe('refusals', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  const post = (orderId: string, path: string, body: object) =>
    rig.call('POST', `/v1/payments/${orderId}/${path}`, body);

  it('because of how the payment stands say how that is', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    const open = [
      await rig.put(orderId, { ...card, locale: 'uk' }),
      await post(orderId, 'refunds', { refundId: 'R1', reason: 'x' }),
      await post(orderId, 'method', { ...card, attempt: 7 }),
    ];
    expect(open).toMatchObject([
      { status: 409, body: { type: `${pages}terms-differ`, paymentStatus: 'awaiting_payment' } },
      { status: 409, body: { type: `${pages}wrong-state`, paymentStatus: 'awaiting_payment' } },
      { status: 409, body: { type: `${pages}wrong-state`, paymentStatus: 'awaiting_payment' } },
    ]);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.handle(orderId).result();
    const over = [
      await post(orderId, 'method', { service: 'paypal_usd_hpp' }),
      await post(orderId, 'cancel', { reason: 'x' }),
    ];
    for (const answer of over)
      expect(answer).toMatchObject({
        status: 409,
        body: { type: `${pages}wrong-state`, paymentStatus: 'paid' },
      });
    for (const { body } of [...open, ...over]) expect(problemAnswer.strict().parse(body)).toEqual(body);
  });

  it("tell nothing of another service's payment", async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    const asOther = await rig.call(
      'POST',
      `/v1/payments/${orderId}/cancel`,
      { reason: 'x' },
      'key-of-another',
    );
    expect(asOther.status).toBe(404);
    expect(asOther.body).not.toHaveProperty('paymentStatus');
  });

  it('of a refund of nothing say that the amount is at fault', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.handle(orderId).result();
    const nothing = { refundId: 'R1', reason: 'x', amount: { value: '0.00', currency: 'USD' } };
    expect(await post(orderId, 'refunds', nothing)).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            field: 'amount',
            message: 'the amount must be greater than 0, and at most 100.55 USD can be refunded',
          },
        ],
      },
    });
  });

  it('are of types that lead to a page, which /docs lists', async () => {
    const index = await (await fetch(`${rig.ingressUrl}/docs`)).text();
    for (const type of problemAnswer.shape.type.options) {
      expect(index).toContain(`<a href="${type}">`);
      const answer = await fetch(new URL(type, rig.ingressUrl));
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    }
    expect((await fetch(`${rig.ingressUrl}/docs/problems/none`)).status).toBe(404);
  });
});
