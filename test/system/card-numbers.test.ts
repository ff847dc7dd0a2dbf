import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRig, type Rig } from '../support/rig.ts';
import { card, set, told } from './cases/play.ts';

const pan = '4111 1111 1111 1111';
const errors = (...fields: string[]) =>
  fields.map((field) => ({ field, message: 'holds a card number: leave it out, Paytone asks for it' }));

describe('a card number where people type', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  it('starts no payment, whichever field it is in, and leaves nothing behind', async () => {
    const orderId = rig.newOrder();
    const customer = { referenceId: 'c1', name: pan, metadata: { note: pan } };
    const { status, body } = await rig.put(orderId, {
      ...card,
      description: `for ${pan}`,
      metadata: { card: pan },
      customer,
    });
    expect([status, body.type]).toEqual([422, '/docs/problems/refused']);
    expect(body.errors).toEqual(
      errors('description', 'metadata.card', 'customer.name', 'customer.metadata.note'),
    );
    expect(JSON.stringify(body)).not.toContain('1111');
    expect((await rig.get(orderId)).status).toBe(404);
    expect((await rig.put(orderId, card)).status).toBe(201);
  });

  it('is no order id, also behind a letter', async () => {
    for (const orderId of ['4111111111111111', 'A4111111111111111', 'order-5555555555554444']) {
      const { status, body } = await rig.put(orderId, card);
      expect([status, body.errors]).toEqual([422, errors('orderId')]);
      expect((await rig.get(orderId)).status).toBe(404);
    }
  });

  it('is no reason of a cancel or a refund', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    const canceled = await rig.call('POST', `/v1/payments/${orderId}/cancel`, { reason: `paid by ${pan}` });
    expect([canceled.status, canceled.body.errors]).toEqual([422, errors('reason')]);
    expect((await rig.get(orderId)).body.status).toBe('awaiting_payment');
    await set(rig, orderId, 'processed');
    await told(rig, orderId, 'paid');
    const refunds = `/v1/payments/${orderId}/refunds`;
    const refunded = await rig.call('POST', refunds, { refundId: 'r1', reason: `to ${pan}` });
    expect([refunded.status, refunded.body.errors]).toEqual([422, errors('reason')]);
    expect((await rig.get(orderId)).body.refunds).toEqual([]);
  });
});
