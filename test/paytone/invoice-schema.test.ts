import { describe, expect, it } from 'vitest';
import { privateInvoiceSchema, publicInvoiceSchema } from '../../src/paytone/invoice-schema.ts';
import { parsedSample } from '../support/samples.ts';

type Attributes = Readonly<Record<string, unknown>>;
const privateSample = parsedSample('invoice-by-id-private.response') as { data: { attributes: Attributes } };
const publicSample = parsedSample('invoice-by-id-public.response') as { data: Attributes };

const privately = (more: Attributes) =>
  privateInvoiceSchema.parse({
    ...privateSample.data,
    attributes: { ...privateSample.data.attributes, ...more },
  }).snapshot;
const publicly = (more: Attributes) => publicInvoiceSchema.parse({ ...publicSample.data, ...more }).snapshot;

describe('the snapshot of an invoice', () => {
  it('keeps what the private resource says about money', () => {
    const paid = {
      amount: 100.55,
      payment_amount: 102.56,
      processed_amount: '102.560',
      fee: 2,
      processed_fee: '2.01',
      refunded_amount: 30,
      charged_back_amount: 25.5,
      service_currency: 'EUR',
    };
    expect(privately(paid)).toMatchObject({
      amount: '100.55',
      currency: 'USD',
      paymentAmount: '102.56',
      processedAmount: '102.56',
      fee: '2.01',
      refundedAmount: '30',
      chargedBackAmount: '25.5',
      serviceCurrency: 'EUR',
      processed: 1_597_833_205,
    });
  });

  it.each([
    [30.299999999999997, '30.3'],
    [0.1 + 0.2, '0.3'],
    ['10.129999999999999', '10.13'],
    [7.1e-15, '0'],
    [30.305, '30.305'],
    [30.30501, '30.30501'],
    ['123456789012345.67', '123456789012345.67'],
  ])('reads a sum of doubles as what was added: %s', (value, text) => {
    expect(privately({ refunded_amount: value, charged_back_amount: value })).toMatchObject({
      refundedAmount: text,
      chargedBackAmount: text,
    });
  });

  it('takes the announced fee until there is one of what was paid', () => {
    expect(privately({ fee: 2, processed_fee: null }).fee).toBe('2');
    expect(privately({ fee: 2, processed_fee: 0 }).fee).toBe('0');
  });

  it('keeps what the public resource says, and null for the rest', () => {
    expect(publicly({})).toMatchObject({
      paymentAmount: '100',
      serviceCurrency: 'USD',
      fee: null,
      chargedBackAmount: null,
      processed: null,
    });
    expect(publicly({ metadata: { payments_order_service: 'shop' } }).owner).toBe('shop');
  });

  it.each([
    ['payment_amount', 'paymentAmount', '1e3'],
    ['charged_back_amount', 'chargedBackAmount', { value: 1 }],
    ['service_currency', 'serviceCurrency', 840],
    ['processed', 'processed', '2026-01-01'],
  ] as const)('reads an odd %s as null, and the rest as it is', (field, name, value) => {
    for (const snapshot of [privately({ [field]: value }), publicly({ [field]: value })])
      expect(snapshot).toMatchObject({ [name]: null, status: 'processed', processedAmount: '100' });
    expect(privately({ fee: 'none', processed_fee: [] }).fee).toBeNull();
  });

  it.each([
    [{ payments_order_service: 'shop', other: 1 }, 'shop'],
    [{ payments_order_service: '' }, null],
    [{ payments_order_service: 7 }, null],
    [{ other: 'shop' }, null],
    [[], null],
    [['shop'], null],
    ['shop', null],
    [null, null],
    [undefined, null],
  ])('finds the owner in the metadata %j: %s', (metadata, owner) => {
    expect(privately({ metadata }).owner).toBe(owner);
  });
});
