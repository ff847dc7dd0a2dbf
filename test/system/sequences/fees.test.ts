import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountSettings } from '../../support/sandbox-control.ts';
import { card, invoiceOf, paid, refund } from '../cases/play.ts';
import { startStage, type Stage } from './stage.ts';

type Strategy = Exclude<NonNullable<AccountSettings['fee']>['strategy'], 'none'>;

const cases: readonly [Strategy, string, string][] = [
  ['external', '102.56', '100.55'],
  ['external_reverse', '100.55', '100.55'],
  ['internal', '100.55', '100.55'],
  ['internal_reverse', '102.56', '100.55'],
];

describe('sequences of fees and currencies', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage.close());

  it.each(cases)(
    '15 ordered 100.55 with a fee of 2 percent, %s: paid %s, fee 2.01',
    async (strategy, sum, back) => {
      await stage.sandbox.account({ fee: { strategy, rate: 0.02 } });
      const orderId = stage.newOrder();
      await paid(stage, orderId);
      await stage.sandbox.account({ fee: { strategy: 'none' } });
      expect((await stage.get(orderId)).body).toMatchObject({
        status: 'paid',
        amount: { value: '100.55', currency: 'USD' },
        money: { currency: 'USD', paid: sum, fee: '2.01', refunded: '0.00', chargedBack: '0.00' },
      });
      expect(await stage.ledger(orderId)).toMatchObject({ paid: Number(sum), fee: 2.01 });
      await stage.told(orderId, 'paid');
      await stage.agrees(orderId);
      expect((await refund(stage, orderId, 'all')).status).toBe(200);
      await stage.told(orderId, 'paid, refunded');
      expect(await stage.returned(orderId)).toEqual([`${orderId}-r-all ${back}`]);
      await stage.agrees(orderId);
    },
  );

  it('15 paid in euros at 0.9 by the account: paid 90.50 EUR, refunded in part, then wholly', async () => {
    await stage.sandbox.account({ payIn: { currency: 'EUR', rate: 0.9 } });
    const orderId = stage.newOrder();
    await paid(stage, orderId);
    await stage.sandbox.account({ payIn: null });
    expect((await stage.get(orderId)).body).toMatchObject({
      status: 'paid',
      amount: { value: '100.55', currency: 'USD' },
      money: { currency: 'EUR', paid: '90.50', fee: '0.00' },
    });
    await stage.told(orderId, 'paid');
    await stage.agrees(orderId);
    await refund(stage, orderId, 'r1', '33.33');
    await stage.told(orderId, 'paid, partially_refunded');
    await stage.agrees(orderId);
    await refund(stage, orderId, 'r2');
    await stage.told(orderId, 'paid, partially_refunded, refunded');
    await stage.agrees(orderId);
    expect(await stage.returned(orderId)).toEqual([`${orderId}-r-r1 33.33`, `${orderId}-r-r2 67.22`]);
    expect(await stage.ledger(orderId)).toMatchObject({ serviceCurrency: 'EUR', paid: 90.5, refunded: 90.5 });
  });

  it('15 paid in hryvnias at 41.5 by the customer, with the fee on top: paid as asked', async () => {
    await stage.sandbox.account({ fee: { strategy: 'external', rate: 0.02 } });
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    await stage.sandbox.account({ fee: { strategy: 'none' } });
    const invoice = await invoiceOf(stage, orderId);
    await stage.sandbox.payIn(invoice, 'UAH', 41.5);
    await stage.sandbox.setStatus(invoice, 'processed');
    await stage.told(orderId, 'paid');
    expect((await stage.get(orderId)).body).toMatchObject({
      status: 'paid',
      money: { currency: 'UAH', paid: '4256.29', fee: '83.46' },
    });
    await stage.agrees(orderId);
  });
});
