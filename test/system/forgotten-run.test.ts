import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forget, isKnown } from '../support/forget.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { card, refund, told } from './cases/play.ts';

describe('an order whose own run Temporal has forgotten', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  const typesOf = (orderId: string): string[] => rig.outcomes.of(orderId).map(({ type }) => type);

  it('is what its aftermath says, which Temporal remembers for longer', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, { ...card, maxAttempts: 1 });
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'expired');
    await told(rig, orderId, 'expired');
    await rig.handle(orderId).result();
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await told(rig, orderId, 'review');
    await forget(rig, orderId);
    const inReview = { status: 200, body: { status: 'review' } };
    expect(await rig.get(orderId)).toMatchObject(inReview);
    expect(await rig.put(orderId, { ...card, maxAttempts: 1 })).toMatchObject(inReview);
    expect((await rig.put(orderId, { ...card, maxAttempts: 2 })).status).toBe(409);
    expect((await rig.call('GET', `/v1/payments/${orderId}`, undefined, 'key-of-another')).status).toBe(404);
    expect((await refund(rig, orderId, 'R1', '30.00')).status).toBe(409);
    await rig.sandbox.sendCallback(body.invoiceId ?? '');
    expect(await isKnown(rig, orderId)).toBe(false);
    expect(typesOf(orderId)).toEqual(['payment.expired', 'payment.review']);
    const decision = { decision: 'reject', by: 'ann', why: 'given back by hand' };
    await rig.temporal.workflow
      .getHandle(`aftermath-${orderId}`)
      .executeUpdate('resolve', { args: [decision] });
    await expect.poll(async () => (await rig.get(orderId)).body.status).toBe('expired');
  });
});
