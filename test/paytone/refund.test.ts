import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInvoiceId, type InvoiceId } from '../../src/domain/identity.ts';
import { createPaytoneClient, type PaytoneClient } from '../../src/paytone/client.ts';
import { startHttpStub } from '../support/http-stub.ts';

const invoiceId = (text: string): InvoiceId => {
  if (!isInvoiceId(text)) throw new Error(text);
  return text;
};

describe('a refund', () => {
  let platform: Awaited<ReturnType<typeof startHttpStub>>;
  let client: PaytoneClient;
  beforeAll(async () => {
    platform = await startHttpStub();
    client = createPaytoneClient({
      url: platform.url,
      accountId: 'coma_1',
      privateKey: 'sk_test_1',
      publicKey: 'pk_test_1',
    });
  });
  afterAll(async () => {
    await client.close();
    platform.close();
  });

  it('refunds', async () => {
    platform.json(
      201,
      JSON.stringify({
        data: {
          type: 'refunds',
          id: 'ref_1',
          attributes: { reference_id: 'A1-r1', status: 'processed', amount: 5.5, currency: 'USD' },
        },
      }),
    );
    const refund = await client.refundInvoice({
      invoiceId: invoiceId('cpi_1'),
      amount: { minor: 550, currency: 'USD' },
      referenceId: 'A1-r1',
      description: 'broken',
    });
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
    expect(refund).toMatchObject({ refundId: 'ref_1', status: 'processed', amount: '5.5' });
  });
});
