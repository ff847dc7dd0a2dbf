import { randomUUID } from 'node:crypto';
import { fetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { usePlay } from './play.ts';

const play = usePlay();

describe('metadata', () => {
  it('sent at creation is echoed', async () => {
    const id = await play.create({ metadata: { owner: 'shop', note: 'a/b' } });
    expect(await play.get(id)).toMatchObject({ metadata: { owner: 'shop', note: 'a/b' } });
    expect(await play.get(await play.create())).toMatchObject({ metadata: [] });
  });

  it('of the HTML form is echoed', async () => {
    const fields = {
      public_key: play.account.publicKey,
      reference_id: 'form-1',
      currency: 'USD',
      amount: '100',
      service: 'payment_card_usd_hpp',
      'metadata[owner]': 'shop',
    };
    const answer = await fetch(`${play.url()}/public-api/payment-invoices/process`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields),
    });
    expect(answer.status).toBe(303);
    expect(await play.lookUp('form-1')).toMatchObject({ metadata: { owner: 'shop' } });
  });
});

describe('planted invoices', () => {
  const planted = {
    amount: 100.55,
    service: 'payment_card_usd_hpp',
    created: 1_700_000_000,
    status: 'processed',
  };
  const plant = async (more: object) => {
    const [made] = await play.control().plant([{ referenceId: randomUUID(), ...planted, ...more }]);
    return made?.id ?? '';
  };

  it('have lived plainly', async () => {
    expect(await play.get(await plant({}))).toMatchObject({
      payment_amount: 100.55,
      processed_amount: 100.55,
      processed_fee: 0,
      charged_back_amount: null,
      metadata: [],
    });
  });

  it('have had a fee on top and metadata', async () => {
    const id = await plant({ paymentAmount: 102.56, fee: 2.01, metadata: { owner: 'shop' } });
    expect(await play.get(id)).toMatchObject({
      amount: 100.55,
      payment_amount: 102.56,
      deposit: 100.55,
      processed_amount: 102.56,
      processed_fee: 2.01,
      processed_deposit: 100.55,
      metadata: { owner: 'shop' },
    });
    expect(await play.refund(id, 100.56)).toMatchObject({ status: 422 });
  });

  it('have been paid in another currency, refunded and charged back in part', async () => {
    const life = { serviceCurrency: 'EUR', rate: 0.92, refunded: 9.2, chargedBack: 20 };
    const id = await plant({ ...life, status: 'partially_charged_back' });
    expect(await play.get(id)).toMatchObject({
      service_currency: 'EUR',
      payment_amount: 92.51,
      refunded_amount: 9.2,
      charged_back_amount: 20,
    });
    expect(await play.control().ledger()).toMatchObject([{ refunds: [{ amount: 10, returned: 9.2 }] }]);
    expect(await play.control().chargeBack(id)).toMatchObject({ status: 'charged_back', chargedBack: 83.31 });
  });
});

describe('the ledger', () => {
  it('tells the money of every invoice, or of one', async () => {
    await play.control().account({ fee: { strategy: 'external', rate: 0.02 } });
    const id = await play.paid({ reference_id: 'A1' });
    await play.refund(id, 30, 'r1');
    await play.control().chargeBack(id, 10);
    await play.create({ reference_id: 'A2' });
    expect(await play.control().ledger('A1')).toEqual([
      {
        id,
        referenceId: 'A1',
        status: 'partially_charged_back',
        currency: 'USD',
        serviceCurrency: 'USD',
        amount: 100.55,
        paymentAmount: 102.56,
        paid: 102.56,
        fee: 2.01,
        refunded: 30,
        chargedBack: 10,
        refunds: [{ referenceId: 'r1', amount: 30, returned: 30, status: 'processed' }],
      },
    ]);
    expect(await play.control().ledger()).toMatchObject([
      { referenceId: 'A2', paid: 0, fee: 0 },
      { referenceId: 'A1' },
    ]);
    expect(await play.control().ledger('nobody')).toEqual([]);
  });
});

describe('the journal', () => {
  it("tells a refund's reference and amount, beside the invoice's reference", async () => {
    const id = await play.paid({ reference_id: 'A1' });
    await play.refund(id, 30, 'r1');
    await play.refund(id, 100, 'r2');
    const operation = { operation: 'refund.create', referenceId: 'A1', invoiceId: id };
    expect(await play.control().journal('A1')).toMatchObject([
      { operation: 'invoice.create.private', created: true },
      { ...operation, refundReference: 'r1', amount: 30, status: 201, created: true },
      { ...operation, refundReference: 'r2', amount: 100, status: 422, created: false },
    ]);
  });
});

describe('a fault', () => {
  const refused = { type: 'status', status: 403 };

  it('of a reference meets its GET by id and its refunds, until it is removed', async () => {
    const [bad, good] = [await play.paid({ reference_id: 'A1' }), await play.paid()];
    await play.control().fault({ match: { referenceId: 'A1' }, times: 0, fault: refused });
    const statuses = async (id: string) => [
      (await play.call('GET', `/api/payment-invoices/${id}`)).status,
      (await play.refund(id, 10)).status,
    ];
    expect([await statuses(bad), await statuses(bad)]).toEqual([
      [403, 403],
      [403, 403],
    ]);
    expect(await statuses(good)).toEqual([200, 201]);
    await play.control().clearFaults();
    expect(await statuses(bad)).toEqual([200, 201]);
  });

  it('of a refund, or of a path, meets that alone', async () => {
    const [one, two] = [await play.paid(), await play.paid()];
    await play.control().fault({ match: { refundReference: 'r2' }, fault: refused });
    await play.control().fault({ match: { path: `/api/payment-invoices/${two}` }, fault: refused });
    expect((await play.refund(one, 10, 'r1')).status).toBe(201);
    expect((await play.refund(one, 10, 'r2')).status).toBe(403);
    expect((await play.call('GET', `/api/payment-invoices/${one}`)).status).toBe(200);
    expect((await play.call('GET', `/api/payment-invoices/${two}`)).status).toBe(403);
  });
});
