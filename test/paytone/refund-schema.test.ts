import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPaytoneClient, type PaytoneClient } from '../../src/paytone/client.ts';
import { paytoneErrorOf, startHttpStub } from '../support/http-stub.ts';
import { invoiceIdOf } from '../support/payment-facts.ts';
import { sample } from '../support/samples.ts';

describe('a refund', () => {
  let platform: Awaited<ReturnType<typeof startHttpStub>>;
  let client: PaytoneClient;
  beforeAll(async () => {
    platform = await startHttpStub();
    client = createPaytoneClient(platform.account);
  });
  afterAll(async () => {
    await client.close();
    platform.close();
  });

  const told = (more: object = {}, type = 'refunds') => {
    const attributes = { reference_id: 'A1-r1', status: 'processed', amount: 5.5, currency: 'USD', ...more };
    return JSON.stringify({ data: { type, id: 'ref_1', attributes } });
  };
  const refund = () =>
    client.refundInvoice({
      invoiceId: invoiceIdOf('cpi_1'),
      amount: { minor: 550, currency: 'USD' },
      referenceId: 'A1-r1',
      description: 'broken',
    });
  const failure = async () => (await paytoneErrorOf(refund())).failure;

  it('is asked for, and answered with how it stands', async () => {
    platform.json(201, told());
    expect(await refund()).toEqual({ status: 'processed', amount: '5.5' });
    expect(platform.last()).toMatchObject({
      method: 'POST',
      url: '/api/payment-invoices/cpi_1/refund',
      body: {
        data: {
          type: 'refund',
          attributes: { invoiceId: 'cpi_1', amount: 5.5, reference_id: 'A1-r1', description: 'broken' },
        },
      },
    });
    platform.json(201, told({ status: 'brand_new', amount: '5.50' }));
    expect(await refund()).toEqual({ status: 'brand_new', amount: '5.5' });
  });

  it.each([
    ['of another reference', told({ reference_id: 'A1-r2' })],
    ['that is no refund', told({}, 'payment-invoices')],
    ['without a status', told({ status: undefined })],
    ['whose amount is no number', told({ amount: 'all' })],
  ])('is not known to be made by an answer %s', async (_, body) => {
    platform.json(201, body);
    expect(await failure()).toMatchObject({
      answer: 'unreadable',
      directive: 'look_up',
      earlierRefund: null,
    });
    platform.json(409, body);
    expect(await failure()).toMatchObject({ answer: 'conflict', directive: 'adopt', earlierRefund: null });
  });

  it('that was made before is in the 409', async () => {
    platform.json(409, told({ status: 'refund_pending', amount: '5.50' }));
    expect(await failure()).toMatchObject({
      earlierRefund: { status: 'refund_pending', amount: '5.5' },
      earlier: null,
    });
    platform.json(422, told());
    expect((await failure()).earlierRefund).toBeNull();
    platform.json(409, sample('invoice-by-id-private.response'));
    expect(await failure()).toMatchObject({
      earlierRefund: null,
      earlier: { snapshot: { invoiceId: 'cpi_HeSWMM9LvQonCcQc' } },
    });
    platform.json(409, '<html>');
    expect(await failure()).toMatchObject({ earlierRefund: null, earlier: null });
  });
});
