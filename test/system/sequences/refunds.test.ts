import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoiceOf, paid, refund, until } from '../cases/play.ts';
import { startStage, type Stage } from './stage.ts';

describe('sequences of refunds and chargebacks', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage.close());

  const statusesOf = async (orderId: string): Promise<string[]> =>
    (await stage.get(orderId)).body.refunds.map(({ status }) => status);

  /** A refund that the platform has accepted, and whose end is played. */
  async function ended(orderId: string, asked: readonly [string, string], result: 'processed' | 'failed') {
    await stage.sandbox.account({ refunds: 'pending' });
    expect((await refund(stage, orderId, ...asked)).status).toBe(200);
    await until(stage, orderId, 'refunding');
    await stage.sandbox.account({ refunds: 'at_once' });
    await stage.sandbox.endRefund(await invoiceOf(stage, orderId), result, `${orderId}-r-${asked[0]}`);
  }

  it('2 dashboard returns 30 of 100.55; API refund of 30 whose request never arrives: sent again, 60 in all', async () => {
    const orderId = stage.newOrder();
    await paid(stage, orderId);
    await stage.sandbox.dashboardRefund(await invoiceOf(stage, orderId), { amount: 30 });
    await stage.told(orderId, 'paid, partially_refunded');
    await stage.failing('refund.create', orderId, { type: 'reset' });
    expect((await refund(stage, orderId, 'r1', '30')).body.refunds).toMatchObject([
      { refundId: 'r1', status: 'pending' },
    ]);
    // It was asked for, more than once, and what is back is the dashboard's alone.
    expect((await stage.asked(orderId)).length).toBeGreaterThan(1);
    expect(await stage.ledger(orderId)).toMatchObject({ refunded: 30 });
    expect(await statusesOf(orderId)).toEqual(['pending']);
    await stage.sandbox.clearFaults();
    await stage.told(orderId, 'paid, partially_refunded, partially_refunded');
    expect(await statusesOf(orderId)).toEqual(['processed']);
    expect(await stage.returned(orderId)).toEqual([expect.stringMatching(/ 30$/), `${orderId}-r-r1 30`]);
    expect(await stage.ledger(orderId)).toMatchObject({ refunded: 60 });
    await stage.agrees(orderId);
    expect((await refund(stage, orderId, 'r2', '40.56')).status).toBe(422);
    expect((await refund(stage, orderId, 'r2', '40.55')).status).toBe(200);
    await stage.told(orderId, 'paid, partially_refunded, partially_refunded, refunded');
    await stage.agrees(orderId);
    expect(new Set(await stage.asked(orderId))).toEqual(
      new Set([`${orderId}-r-r1 0`, `${orderId}-r-r1 201`, `${orderId}-r-r2 201`]),
    );
  });

  it('3 refund accepted, `refund_failed`, another succeeds: refused, processed, refunded told', async () => {
    const orderId = stage.newOrder();
    await paid(stage, orderId);
    await ended(orderId, ['r1', '100.55'], 'failed');
    await until(stage, orderId, 'paid');
    expect(await statusesOf(orderId)).toEqual(['refused']);
    await refund(stage, orderId, 'r2');
    await stage.told(orderId, 'paid, refunded');
    expect(await statusesOf(orderId)).toEqual(['refused', 'processed']);
    expect(await stage.returned(orderId)).toEqual([`${orderId}-r-r2 100.55`]);
    await stage.agrees(orderId);
  });

  it('14 chargeback of 10, then of 25, of 100: both told, 75 can be refunded', async () => {
    const orderId = stage.newOrder();
    await paid(stage, orderId, {
      service: 'payment_card_usd_hpp',
      amount: { value: '100', currency: 'USD' },
    });
    await stage.chargeBack(orderId, 10);
    await stage.told(orderId, 'paid, partially_charged_back');
    await stage.agrees(orderId);
    await stage.chargeBack(orderId, 15);
    await stage.told(orderId, 'paid, partially_charged_back, partially_charged_back');
    await stage.agrees(orderId);
    expect(await stage.ledger(orderId)).toMatchObject({ chargedBack: 25 });
    expect((await refund(stage, orderId, 'r1', '75.01')).status).toBe(422);
    expect((await refund(stage, orderId, 'r1', '75')).status).toBe(200);
    await stage.told(orderId, 'paid, partially_charged_back, partially_charged_back, refunded');
    await stage.agrees(orderId);
    expect(await stage.returned(orderId)).toEqual([`${orderId}-r-r1 75`]);
    expect((await refund(stage, orderId, 'r2', '0.01')).status).toBe(422);
  });

  it('17 refunded 30, then a second refund ends `refund_failed`: partially_refunded', async () => {
    const orderId = stage.newOrder();
    await paid(stage, orderId);
    await refund(stage, orderId, 'r1', '30');
    await stage.told(orderId, 'paid, partially_refunded');
    await ended(orderId, ['r2', '20'], 'failed');
    await until(stage, orderId, 'partially_refunded');
    expect(await statusesOf(orderId)).toEqual(['processed', 'refused']);
    await stage.told(orderId, 'paid, partially_refunded');
    expect(await stage.returned(orderId)).toEqual([`${orderId}-r-r1 30`]);
    await stage.agrees(orderId);
  });
});
