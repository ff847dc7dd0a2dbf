import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toOrderId, referenceIdFor } from '../../src/domain/identity.ts';
import type { InvoiceDraft } from '../../src/domain/invoice/invoice.ts';
import { createPaytoneClient, type PaytoneClient } from '../../src/paytone/client.ts';
import { startHttpStub } from '../support/http-stub.ts';
import { invoiceIdOf } from '../support/payment-facts.ts';
import { parsedSample, sample } from '../support/samples.ts';

const publicKey = 'pk_test_ClSQHi2T9WXuFa76WcwwBB6rspRpg6ANM69cS9zNOJy';
const site = {
  callbackUrl: 'https://example.com',
  returnUrl: 'https://example.com/back',
  expiresAt: Date.UTC(2020, 11, 13, 15, 52),
};
const draft = (more: Partial<InvoiceDraft> = {}): InvoiceDraft => ({
  channel: 'private',
  referenceId: referenceIdFor(toOrderId('a30ebec4-035c-4fc5-8c48-b525ca601f37'), 1),
  owner: 'shop',
  amount: { minor: 10_000, currency: 'USD' },
  service: 'payment_card_usd_hpp',
  serviceFields: {},
  flow: 'charge',
  testMode: true,
  locale: 'en',
  ...more,
});

describe('the client, on the samples of Paytone', () => {
  let platform: Awaited<ReturnType<typeof startHttpStub>>;
  let client: PaytoneClient;
  beforeAll(async () => {
    platform = await startHttpStub();
    client = createPaytoneClient({ ...platform.account, publicKey });
  });
  afterAll(async () => {
    await client.close();
    platform.close();
  });
  beforeEach(() => void (platform.requests.length = 0));
  const basic = `Basic ${Buffer.from('coma_1:sk_test_1').toString('base64')}`;

  it('sends a pre-request and reads its services with their methods', async () => {
    platform.json(200, sample('prerequest.response'));
    const { services, testMode } = await client.prerequest('USD');
    expect(platform.last()).toMatchObject({
      method: 'POST',
      url: '/public-api/payment-prerequest',
      body: parsedSample('prerequest.request'),
    });
    expect(platform.last().headers['authorization']).toBeUndefined();
    expect(testMode).toBe(true);
    expect(services).toHaveLength(2);
    expect(services).toContainEqual(
      expect.objectContaining({
        code: 'payment_card_usd_hpp',
        amountMin: { minor: 1, currency: 'USD' },
        amountMax: { minor: 100_000_000, currency: 'USD' },
        method: {
          code: 'payment_card',
          name: { en: 'Payment card', ru: 'Платежная карта', uk: 'Платіжна карта' },
          logo: 'https://static.openfintech.io/payment_methods/payment_card/logo.svg',
        },
      }),
    );
    expect(services.find(({ code }) => code === 'test_usd_test')?.fields).toEqual([
      {
        key: 'status',
        type: 'string',
        label: { ru: 'Статус', en: 'Status', uk: 'Статус' },
        hint: { ru: 'Введите статус', en: 'Enter Status', uk: 'Введіть статус' },
        regexp: '^[a-zA-Z_]*$',
        required: true,
        position: 0,
      },
    ]);
  });

  it('reads the services page after page', async () => {
    platform.json(200, sample('services.response'));
    const codes: string[] = [];
    for await (const { code } of client.services()) codes.push(code);
    expect(platform.requests.map(({ url }) => url)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((page) => `/api/payment-services?page[number]=${page}&page[size]=100`),
    );
    expect(platform.last().headers['authorization']).toBe(basic);
    expect(codes.slice(0, 3)).toEqual(['test_xts_test', 'payment_card_usd_hpp', 'applepay_usd_hpp']);
  });

  it('reads a service by its id', async () => {
    platform.json(200, sample('service-by-id.response'));
    expect(await client.getService('comcps_u1xxlHVw1NyeqmjJ')).toMatchObject({
      id: 'comcps_u1xxlHVw1NyeqmjJ',
      code: 'payment_card_usd_hpp',
      method: 'payment_card',
      enabled: true,
    });
    expect(platform.last().url).toBe('/api/payment-services/comcps_u1xxlHVw1NyeqmjJ');
  });

  it('creates by the public API with the documented fields', async () => {
    platform.json(201, sample('create-public.response'));
    const referenceId = referenceIdFor(toOrderId('7135b08b-701b-4fbc-a7d2-b2763d96d415'), 1);
    const amount = { minor: 12_345, currency: 'USD' };
    const { snapshot, redirect } = await client.createInvoice(
      draft({ channel: 'public', referenceId, amount, description: 'Invoice Example' }),
      site,
    );
    expect(platform.last()).toMatchObject({ method: 'POST', url: '/public-api/payment-invoices' });
    expect(platform.last().body).toEqual(parsedSample('create-public.request'));
    expect(snapshot).toMatchObject({
      invoiceId: 'cpi_QGcJxoBxnYStkuvN',
      amount: '123.45',
      currency: 'USD',
      status: 'process_pending',
      resolution: 'OK',
      processedAmount: null,
      updated: 1_595_846_278,
    });
    expect(redirect).toMatchObject({
      url: 'https://cardgate-staging.psp.name/hpp/cgi_8z1WIRwAtwvyI3G9',
      method: 'GET',
      fields: {},
      hppUrl: 'https://pay.psp.name/redirect/hpp/?cpi=cpi_Y8Puis4vtNjAYZwb',
    });
  });

  it('creates by the private API with all documented fields', async () => {
    const given = parsedSample('create-private.request') as {
      data: { attributes: { customer: { email: string } } };
    };
    platform.json(201, sample('create-private.response'));
    const { snapshot, redirect } = await client.createInvoice(
      draft({
        description: 'Invoice Example',
        gatewayOptions: { cardgate: { tokenize: false } },
        customer: {
          referenceId: '1203515',
          email: given.data.attributes.customer.email,
          name: 'John Wick',
          phone: '+380987654321',
          metadata: { key1: 'value1', key2: 'value2' },
        },
        metadata: { key: 'value' },
      }),
      site,
    );
    expect(platform.last()).toMatchObject({ method: 'POST', url: '/api/payment-invoices' });
    expect(platform.last().headers['authorization']).toBe(basic);
    const back = 'https://example.com/back';
    expect(platform.last().body).toEqual({
      data: {
        type: 'payment-invoices',
        attributes: {
          ...given.data.attributes,
          metadata: { key: 'value', payments_order_service: 'shop' },
          return_url: back,
          return_urls: { success: back, pending: back, fail: back },
        },
      },
    });
    expect(snapshot).toMatchObject({
      invoiceId: 'cpi_HeSWMM9LvQonCcQc',
      status: 'process_pending',
      amount: '100',
    });
    expect(redirect?.method).toBe('GET');
  });

  it('names the owner where metadata can be sent, whatever the merchant calls their own', async () => {
    const own = draft({ metadata: { payments_order_service: 'another', key: 'value' } });
    platform.json(201, sample('create-private.response'));
    await client.createInvoice(own, site);
    expect(platform.last().body).toMatchObject({
      data: { attributes: { metadata: { payments_order_service: 'shop', key: 'value' } } },
    });
    expect(client.formFor({ ...own, channel: 'form' }, site).fields).toMatchObject({
      'metadata[payments_order_service]': 'shop',
      'metadata[key]': 'value',
    });
    platform.json(201, sample('create-public.response'));
    await client.createInvoice({ ...own, channel: 'public' }, site);
    expect(platform.last().body).not.toHaveProperty('metadata');
  });

  it('names every customer field as documented, nested in the form', () => {
    const customer = {
      referenceId: 'c1',
      name: 'Test Customer',
      individualTaxId: 't',
      dateOfBirth: '1990-01-01',
      address: { fullAddress: 'Test Address', postCode: '01001' },
    };
    const form = client.formFor(draft({ channel: 'form', customer, serviceFields: { status: 'ok' } }), site);
    expect(form).toMatchObject({
      url: `${platform.url}/public-api/payment-invoices/process`,
      method: 'POST',
      fields: {
        public_key: publicKey,
        reference_id: 'a30ebec4-035c-4fc5-8c48-b525ca601f37',
        currency: 'USD',
        amount: '100.00',
        service: 'payment_card_usd_hpp',
        'customer[reference_id]': 'c1',
        'customer[name]': 'Test Customer',
        'customer[individual_tax_id]': 't',
        'customer[date_of_birth]': '1990-01-01',
        'customer[address][full_address]': 'Test Address',
        'customer[address][post_code]': '01001',
        'service_fields[status]': 'ok',
      },
    });
    expect(platform.requests).toEqual([]);
  });

  it('reads an invoice by id, public and private', async () => {
    platform.json(200, sample('invoice-by-id-private.response'));
    const id = invoiceIdOf('cpi_HeSWMM9LvQonCcQc');
    const seen = await client.getInvoice(id);
    expect(platform.last().url).toBe('/api/payment-invoices/cpi_HeSWMM9LvQonCcQc');
    expect(seen.snapshot).toMatchObject({
      invoiceId: id,
      status: 'processed',
      processedAmount: '100',
      service: 'payment_card_usd_hpp',
      testMode: true,
    });
    platform.json(200, sample('invoice-by-id-public.response'));
    const seenInPublic = await client.getInvoicePublic(id);
    expect(platform.last().url).toBe(
      `/public-api/payment-invoices/cpi_HeSWMM9LvQonCcQc?public_key=${publicKey}`,
    );
    expect(seenInPublic.snapshot).toMatchObject({ status: 'processed', processedAmount: '100' });
  });

  it('finds by reference in a list or a single resource, and only that reference', async () => {
    const referenceId = '70d42236-2cc4-4e26-8f2f-987fd8fbc276';
    const wanted = referenceIdFor(toOrderId(referenceId), 1);
    platform.json(200, sample('invoices.response'));
    expect((await client.findInvoice(wanted))?.snapshot.invoiceId).toBe('cpi_HeSWMM9LvQonCcQc');
    expect(platform.last().url).toBe(`/api/payment-invoices?filter[reference_id]=${referenceId}`);
    platform.json(200, sample('invoice-by-id-private.response'));
    expect((await client.findInvoice(wanted))?.snapshot.status).toBe('processed');
    platform.json(200, sample('invoices.response'));
    expect(await client.findInvoice(referenceIdFor(toOrderId('another'), 1))).toBeNull();
    platform.json(404, sample('error-404'));
    expect(await client.findInvoice(wanted)).toBeNull();
  });

  it('walks the full list by its cursor, and ends where it repeats', async () => {
    platform.json(200, sample('invoices.response'));
    const first = await client.invoicePage(null);
    expect(first.invoices.map(({ invoiceId, created }) => `${invoiceId} ${created}`)).toEqual([
      'cpi_HeSWMM9LvQonCcQc 1597833098',
      'cpi_Qtg8wyWcnSYLksFh 1597416762',
    ]);
    // Its `after` is the first of the list; what was read ends with the last.
    expect(first.next).toBe('cpi_Qtg8wyWcnSYLksFh');
    expect((await client.invoicePage(first.next)).next).toBeNull();
    expect(platform.requests.map(({ url }) => url)).toEqual([
      '/api/payment-invoices?page[size]=100',
      '/api/payment-invoices?page[size]=100&page[after]=cpi_Qtg8wyWcnSYLksFh',
    ]);
  });

  it('counts an invoice of the list that cannot be read, and refuses a list without any that can', async () => {
    const { data } = parsedSample('invoices.response') as { data: object[] };
    platform.json(200, JSON.stringify({ data: [...data, { id: 'cpi_odd' }], meta: { after: 'elsewhere' } }));
    expect(await client.invoicePage(null)).toMatchObject({ unreadable: 1, next: 'elsewhere' });
    platform.json(200, JSON.stringify({ data: [...data, {}] }));
    await expect(client.invoicePage(null)).rejects.toMatchObject({ failure: { directive: 'retry' } });
    platform.json(200, JSON.stringify({ data: [{ id: 'cpi_odd' }] }));
    await expect(client.invoicePage(null)).rejects.toMatchObject({ failure: { directive: 'retry' } });
    platform.json(200, JSON.stringify({ data: [], meta: { after: '' } }));
    expect(await client.invoicePage(null)).toEqual({ invoices: [], unreadable: 0, next: null });
  });
});
