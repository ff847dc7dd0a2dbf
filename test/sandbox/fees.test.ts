import { fetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { usePlay } from './play.ts';

const play = usePlay();

describe("the account's fee", () => {
  it.each([
    { strategy: 'none', payment_amount: 100.55, fee: 0, deposit: 100.55 },
    { strategy: 'external', payment_amount: 102.56, fee: 2.01, deposit: 100.55 },
    { strategy: 'external_reverse', payment_amount: 100.55, fee: 2.01, deposit: 98.54 },
    { strategy: 'internal', payment_amount: 100.55, fee: 2.01, deposit: 98.54 },
    { strategy: 'internal_reverse', payment_amount: 102.56, fee: 2.01, deposit: 100.55 },
  ] as const)('$strategy', async ({ strategy, ...price }) => {
    await play.control().account({ fee: { strategy, rate: 0.02 } });
    const id = await play.create();
    const unpaid = { processed_amount: null, processed_fee: null, processed_deposit: null };
    expect(await play.get(id)).toMatchObject({ amount: 100.55, ...price, ...unpaid });
    await play.control().setStatus(id, 'processed');
    expect(await play.get(id)).toMatchObject({
      ...price,
      processed_amount: price.payment_amount,
      processed_fee: price.fee,
      processed_deposit: price.deposit,
    });
  });

  it.each([
    { strategy: 'external', processed_fee: 1.47, processed_deposit: 48.53 },
    { strategy: 'internal', processed_fee: 1.5, processed_deposit: 48.5 },
  ] as const)('is computed again when less is paid: $strategy', async ({ strategy, ...paid }) => {
    await play.control().account({ fee: { strategy, rate: 0.02, fix: 0.5 } });
    const id = await play.create();
    await play.control().setStatus(id, 'partially_processed', { processedAmount: 50 });
    expect(await play.get(id)).toMatchObject({ processed_amount: 50, ...paid });
  });

  it.each([
    { currency: 'JPY', amount: 1050, fee: 21, payment_amount: 1071 },
    { currency: 'KWD', amount: 10.555, fee: 0.211, payment_amount: 10.766 },
  ])('is exact to the minor unit of $currency', async ({ currency, amount, ...price }) => {
    await play.control().account({ fee: { strategy: 'external', rate: 0.02 } });
    const service = `payment_card_${currency.toLowerCase()}_hpp`;
    expect(await play.get(await play.create({ currency, amount, service }))).toMatchObject(price);
  });

  it('concerns later invoices only, and shows in the public resource as what is to be paid', async () => {
    const before = await play.create();
    await play.control().account({ fee: { strategy: 'external', rate: 0.02 } });
    const after = await play.create();
    expect(await play.get(before)).toMatchObject({ payment_amount: 100.55, fee: 0 });
    const { body } = await play.call('GET', `/public-api/payment-invoices/${after}?public_key=pk_test_play`);
    expect(body.data).toMatchObject({ amount: 100.55, payment_amount: 102.56 });
    expect(body.data).not.toHaveProperty('fee');
  });

  it('is paid on the hosted page', async () => {
    await play.control().account({ fee: { strategy: 'external', rate: 0.02 } });
    const id = await play.create();
    expect(await (await fetch(`${play.url()}/hpp/?cpi=${id}`)).text()).toContain('102.56 USD');
    await fetch(`${play.url()}/hpp/pay/${id}`, {
      method: 'POST',
      body: new URLSearchParams({ number: '5519283812030000', expiry: '1230', cvv: '123' }),
    });
    expect(await play.get(id)).toMatchObject({ status: 'processed', processed_amount: 102.56 });
  });
});

describe('another currency', () => {
  it('is chosen for one invoice while it is open', async () => {
    const id = await play.create();
    await play.control().payIn(id, 'EUR', 0.92);
    const price = { currency: 'USD', service_currency: 'EUR', amount: 100.55, payment_amount: 92.51 };
    expect(await play.get(id)).toMatchObject(price);
    await play.control().setStatus(id, 'processed');
    expect(await play.get(id)).toMatchObject({ ...price, processed_amount: 92.51 });
    await expect(play.control().payIn(id, 'USD', 1)).rejects.toThrow('409');
  });

  it("is the account's, with the fee in it", async () => {
    await play
      .control()
      .account({ payIn: { currency: 'EUR', rate: 0.92 }, fee: { strategy: 'external', rate: 0.02 } });
    const [usd, eur] = [
      await play.create(),
      await play.create({ currency: 'EUR', service: 'payment_card_eur_hpp' }),
    ];
    expect(await play.get(usd)).toMatchObject({ service_currency: 'EUR', payment_amount: 94.36, fee: 1.85 });
    expect(await play.get(eur)).toMatchObject({ service_currency: 'EUR', payment_amount: 102.56 });
    await play.control().account({ payIn: null });
    expect(await play.get(await play.create())).toMatchObject({ service_currency: 'USD' });
  });

  it('has its own minor unit', async () => {
    const id = await play.create();
    await play.control().payIn(id, 'JPY', 150.3);
    expect(await play.get(id)).toMatchObject({ service_currency: 'JPY', payment_amount: 15_113 });
  });
});
