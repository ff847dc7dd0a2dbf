import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, card, refund, set, until } from '../cases/play.ts';
import { startStage, status, type Stage } from './stage.ts';

const refused = status(422, { body: { errors: { amount: 'Refunds are off.' } } });
const cancel = { reason: 'sold out' };

describe('sequences with an operator', () => {
  let stage: Stage;
  let reviewing: Stage;
  beforeAll(async () => {
    stage = await startStage();
    reviewing = await startStage({ PAID_AFTER_CANCEL: 'review' });
  });
  afterAll(async () => {
    await stage.close();
    await reviewing.close();
  });

  it('1 canceled, paid, automatic refund refused, operator `refund`: a second refund is sent, never told paid', async () => {
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    const match = { operation: 'refund.create', referenceId: orderId };
    await stage.sandbox.fault({ match, times: 2, fault: refused });
    await call(stage, orderId, 'cancel', cancel);
    await set(stage, orderId, 'processed');
    await stage.told(orderId, 'canceled, review');
    await stage.decide(orderId, 'refund');
    // Refused again: review again, with both refusals.
    await expect.poll(() => stage.reason(orderId), { timeout: 20_000 }).toContain('auto-1-2 was refused');
    await until(stage, orderId, 'review');
    expect(await stage.returned(orderId)).toEqual([]);
    await stage.decide(orderId, 'refund');
    await stage.told(orderId, 'canceled, review, refunded');
    expect(await stage.asked(orderId)).toEqual([
      `${orderId}-r-auto-1 422`,
      `${orderId}-r-auto-1-2 422`,
      `${orderId}-r-auto-1-3 201`,
    ]);
    expect(await stage.returned(orderId)).toEqual([`${orderId}-r-auto-1-3 100.55`]);
    await stage.agrees(orderId);
  });

  it('4 paid 100.54 of 100.55, accepted, refunded in part, then charged back: each is told', async () => {
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    await set(stage, orderId, 'processed', { processedAmount: 100.54 });
    await stage.told(orderId, 'review');
    await stage.decide(orderId, 'accept');
    await stage.told(orderId, 'review, paid');
    expect((await refund(stage, orderId, 'too-much', '100.55')).status).toBe(422);
    expect((await refund(stage, orderId, 'r1', '20')).status).toBe(200);
    await stage.told(orderId, 'review, paid, partially_refunded');
    await stage.agrees(orderId);
    await stage.chargeBack(orderId);
    await stage.told(orderId, 'review, paid, partially_refunded, charged_back');
    await stage.agrees(orderId);
    expect(await stage.ledger(orderId)).toMatchObject({ paid: 100.54, refunded: 20, chargedBack: 80.54 });
    expect(await stage.returned(orderId)).toEqual([`${orderId}-r-r1 20`]);
  });

  it('6 canceled, paid in part, rejected: canceled', async () => {
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    await call(stage, orderId, 'cancel', cancel);
    await set(stage, orderId, 'partially_processed', { processedAmount: 50 });
    await stage.told(orderId, 'review');
    await stage.decide(orderId, 'reject');
    await stage.told(orderId, 'review, canceled');
    expect(await stage.get(orderId)).toMatchObject({ body: { status: 'canceled', reason: 'sold out' } });
    expect(await stage.asked(orderId)).toEqual([]);
  });

  it('6 canceled, paid, `PAID_AFTER_CANCEL=review`, rejected: canceled', async () => {
    const orderId = reviewing.newOrder();
    await reviewing.put(orderId, card);
    await call(reviewing, orderId, 'cancel', cancel);
    await set(reviewing, orderId, 'processed');
    await reviewing.told(orderId, 'review');
    await reviewing.decide(orderId, 'reject');
    await reviewing.told(orderId, 'review, canceled');
    expect((await reviewing.get(orderId)).body.status).toBe('canceled');
    expect(await reviewing.asked(orderId)).toEqual([]);
  });

  it('16 both attempts paid late, rule `review`, operator `refund`: both returned, never told paid', async () => {
    const orderId = stage.newOrder();
    const declined = { resolution: 'declined' };
    await stage.put(orderId, { ...card, maxAttempts: 2 });
    await set(stage, orderId, 'process_failed', declined);
    await until(stage, orderId, 'choosing');
    await call(stage, orderId, 'method', card);
    await set(stage, `${orderId}.2`, 'process_failed', declined);
    await stage.told(orderId, 'failed');
    await stage.handle(orderId).result();
    await set(stage, orderId, 'processed');
    await set(stage, `${orderId}.2`, 'processed');
    await expect
      .poll(() => stage.reason(orderId), { timeout: 20_000 })
      .toContain(`paid 2 times: ${orderId}, ${orderId}.2`);
    await stage.decide(orderId, 'refund');
    await stage.told(orderId, 'failed, review, refunded');
    expect((await stage.get(orderId)).body.status).toBe('refunded');
    expect(await stage.returned(orderId)).toEqual([`${orderId}-r-auto-1 100.55`]);
    expect(await stage.returned(`${orderId}.2`)).toEqual([`${orderId}.2-r-auto-2 100.55`]);
  });

  it('18 verification canceled, then verified: no refund of no money', async () => {
    const orderId = stage.newOrder();
    await stage.put(orderId, { ...card, flow: 'verify' });
    await call(stage, orderId, 'cancel', cancel);
    await set(stage, orderId, 'verified');
    await stage.told(orderId, 'canceled');
    await stage.handle(orderId).result();
    expect(await stage.get(orderId)).toMatchObject({
      body: { status: 'canceled', refunds: [], money: null },
    });
    expect(await stage.asked(orderId)).toEqual([]);
  });
});
