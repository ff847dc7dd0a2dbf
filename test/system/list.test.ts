import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listAnswer, type PaymentsPage } from '../../src/payments/list-schema.ts';
import { PaymentSearch } from '../../src/payments/payment-search.ts';
import { startRig, type Rig } from '../support/rig.ts';

const card = { service: 'payment_card_usd_hpp' };
const amount = { value: '100.55', currency: 'USD' };

describe('the list of payments', () => {
  let rig: Rig;
  /** Of the rig's order service, the newest first: awaiting, paid, partly refunded after its end, choosing. */
  let orders: string[];
  let foreign: string;
  let invoiceId: string;
  beforeAll(async () => {
    rig = await startRig();
    const [choosing, refunded, paid, awaiting] = Array.from({ length: 4 }, () => rig.newOrder());
    orders = [awaiting, paid, refunded, choosing].map(String);
    await rig.put(String(choosing));
    for (const orderId of [refunded, paid]) {
      const { body } = await rig.put(String(orderId), card);
      invoiceId = body.invoiceId ?? '';
      await rig.sandbox.setStatus(invoiceId, 'processed');
      await rig.handle(String(orderId)).result();
    }
    const refund = { refundId: 'R1', reason: 'x', amount: { value: '1.00', currency: 'USD' } };
    await rig.call('POST', `/v1/payments/${refunded}/refunds`, refund);
    await rig.outcomes.arrival(String(refunded), 'payment.partially_refunded');
    foreign = rig.newOrder();
    await rig.call('PUT', `/v1/payments/${foreign}`, { amount, ...card }, 'key-of-another');
    await rig.put(String(awaiting), card);
    await vi.waitUntil(async () => (await ids()).length === 4, { timeout: 30_000 });
    await vi.waitUntil(async () => (await ids('?status=partially_refunded')).length === 1, {
      timeout: 30_000,
    });
  });
  afterAll(() => rig.close());

  const ask = (query = '', accept = 'application/json', key = rig.apiKey) =>
    fetch(`${rig.ingressUrl}/v1/payments${query}`, { headers: { authorization: `Bearer ${key}`, accept } });
  const page = async (query = '', key = rig.apiKey): Promise<PaymentsPage> =>
    (await (await ask(query, 'application/json', key)).json()) as PaymentsPage;
  const ids = async (query = '', key = rig.apiKey) =>
    (await page(query, key)).payments.map(({ orderId }) => orderId).filter((id) => !late.includes(id));
  /** Payments that are started while others are listed. */
  const late: string[] = [];

  it('holds the own payments, the newest first, as they stand after their end, too', async () => {
    const answer = await page();
    expect(listAnswer.strict().parse(answer)).toEqual(answer);
    const shown = answer.payments.filter(({ orderId }) => orders.includes(orderId));
    expect(shown.map(({ orderId, status }) => [orderId, status])).toEqual([
      [orders[0], 'awaiting_payment'],
      [orders[1], 'paid'],
      [orders[2], 'partially_refunded'],
      [orders[3], 'choosing'],
    ]);
    expect(shown[1]).toMatchObject({ amount, service: card.service, invoiceId });
    expect(answer.nextCursor).toBeNull();
  });

  it("shows another service's key its own alone, whatever it asks", async () => {
    expect(await ids('', 'key-of-another')).toEqual([foreign]);
    expect(await ids(`?invoiceId=${invoiceId}`, 'key-of-another')).toEqual([]);
    const { nextCursor } = await page('?limit=1');
    expect(await ids(`?cursor=${nextCursor}`, 'key-of-another')).toEqual([foreign]);
  });

  it('is filtered by status, service, invoice and time', async () => {
    const [awaiting, paid, refunded, choosing] = orders;
    // Paid, and more than that by now.
    expect(await ids('?status=paid')).toEqual([paid]);
    expect(await ids('?status=choosing')).toEqual([choosing]);
    expect(await ids(`?service=${card.service}`)).toEqual([awaiting, paid, refunded]);
    expect(await ids(`?invoiceId=${invoiceId}`)).toEqual([paid]);
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    expect(await ids(`?createdAfter=${inAnHour}`)).toEqual([]);
    expect(await ids(`?createdBefore=${inAnHour}`)).toEqual(orders);
    expect(await ids('?createdBefore=2020-01-01T00:00:00Z')).toEqual([]);
  });

  it('asks for no more than it was asked, whatever a filter holds', async () => {
    const payments = new PaymentSearch(rig.temporal, rig.environment['TEMPORAL_TASK_QUEUE'] ?? '');
    const times = { createdAfter: 0, createdBefore: Date.now() + 60_000, limit: 50 };
    const hostile = ["x' OR PaymentOwner = 'rig", "\\' OR PaymentOwner = 'rig' OR PaymentOwner = '\\"];
    for (const service of hostile)
      expect(await payments.page({ owner: 'nobody', service, ...times })).toEqual([]);
    for (const text of [...hostile, 'd\0', 'two words']) {
      const answer = await ask(`?service=${encodeURIComponent(text)}`);
      expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ field: 'service' }] }]);
    }
  });

  it('is walked page by page, each payment once, though new ones come meanwhile', async () => {
    const seen: string[] = [];
    let query = '?limit=1';
    for (let pages = 0; query !== '' && pages < 10; pages += 1) {
      const answer = await ask(query);
      const { payments, nextCursor } = (await answer.json()) as PaymentsPage;
      seen.push(...payments.map(({ orderId }) => orderId));
      if (pages === 0) {
        late.push(rig.newOrder());
        await rig.put(String(late[0]));
      }
      const next = /^<\/v1\/payments(\?[^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
      expect(next === undefined).toBe(nextCursor === null);
      query = next ?? '';
    }
    expect(seen).toEqual(orders);
  });

  it('comes as CSV', async () => {
    const answer = await ask('?status=paid', 'text/csv');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const [head, line, rest] = (await answer.text()).split('\r\n');
    expect(head).toBe('orderId,status,amount,currency,service,invoiceId,createdAt,expiresAt');
    expect(line).toMatch(
      new RegExp(`^${orders[1]},paid,100\\.55,USD,${card.service},${invoiceId},20[0-9TZ:-]+,20[0-9TZ:-]+$`),
    );
    expect(rest).toBe('');
  });

  it.each([
    ['state=paid', 'state', 'is not a known field; did you mean "status"?'],
    ['status=done', 'status', 'must be one of "choosing"'],
    ['status=paid&status=failed', 'status', 'must be one of "choosing"'],
    ['createdAfter=yesterday', 'createdAfter', 'must be a time of RFC 3339, such as 2026-11-26T00:00:00Z'],
    ['createdBefore=2026-11-26', 'createdBefore', 'must be a time of RFC 3339, such as 2026-11-26T00:00:00Z'],
    ['limit=0', 'limit', 'must be a whole number from 1 to 200'],
    ['limit=201', 'limit', 'must be a whole number from 1 to 200'],
    ['cursor=abc', 'cursor', 'is not the nextCursor of a list'],
    ['service=', 'service', 'must be 1 to 128 letters'],
  ])('refuses ?%s by name', async (query, field, message) => {
    const answer = await ask(`?${query}`);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { errors: [{ field, message: expect.stringContaining(message) as string }] },
    ]);
  });
});
