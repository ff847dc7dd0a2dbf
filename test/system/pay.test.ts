import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRig, type Rig } from '../support/rig.ts';

const card = { service: 'payment_card_usd_hpp' };

describe('one order, paid end to end', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  it('gives the redirect, is paid by the callback, and tells the order service once', async () => {
    const orderId = rig.newOrder();
    const started = await rig.put(orderId, card);
    expect(started.status).toBe(201);
    expect(started.body).toMatchObject({
      orderId,
      status: 'awaiting_payment',
      amount: { value: '100.55', currency: 'USD' },
      attempt: 1,
      referenceId: orderId,
      service: 'payment_card_usd_hpp',
      decidedBy: null,
      reason: null,
      refunds: [],
    });
    expect(started.body.redirect?.url).toMatch(/^http/);
    expect((await rig.handle(orderId).describe()).priority).toMatchObject({ fairnessKey: 'rig' });

    await rig.sandbox.setStatus(String(started.body.invoiceId), 'processed');
    const outcome = await rig.outcomes.arrival(orderId, 'payment.paid');
    await rig.handle(orderId).result();
    const after = await rig.get(orderId);
    expect(after).toMatchObject({
      status: 200,
      body: { status: 'paid', decidedBy: 'callback', redirect: null },
    });
    expect(outcome.data).toEqual(after.body);
    expect(rig.outcomes.of(orderId)).toHaveLength(1);
  });

  it('answers the same PUT after the close as before, and other terms with 409', async () => {
    const orderId = rig.newOrder();
    const started = await rig.put(orderId, card);
    await rig.sandbox.setStatus(String(started.body.invoiceId), 'processed');
    await rig.handle(orderId).result();
    const again = await rig.put(orderId, card);
    expect(again).toMatchObject({ status: 200, body: { status: 'paid', invoiceId: started.body.invoiceId } });
    const other = await rig.put(orderId, { ...card, amount: { value: '100.56', currency: 'USD' } });
    expect(other).toMatchObject({ status: 409, body: { errors: [{ field: 'amount' }] } });
  });

  it('lets the customer choose, and refuses a wrong choice before anything is recorded', async () => {
    const orderId = rig.newOrder();
    const started = await rig.put(orderId, { locale: 'uk' });
    expect(started).toMatchObject({ status: 201, body: { status: 'choosing', redirect: null } });
    expect(started.body.services.map(({ code }) => code)).toContain('payment_card_usd_hpp');
    const choose = (choice: object) => rig.call('POST', `/v1/payments/${orderId}/method`, choice);

    expect(await choose({ service: 'nonsense' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'service' }] },
    });
    const missing = await choose({ service: 'test_usd_test' });
    expect(missing.body.errors).toEqual([
      { field: 'serviceFields.status', message: 'Статус: будь ласка, заповніть це поле.' },
    ]);
    expect((await choose({ service: 'test_usd_test', serviceFields: { status: '1!' } })).status).toBe(422);
    expect((await rig.get(orderId)).body.status).toBe('choosing');

    const chosen = await choose(card);
    expect(chosen).toMatchObject({ status: 200, body: { status: 'awaiting_payment' } });
    expect((await choose(card)).body.invoiceId).toBe(chosen.body.invoiceId);
    // Back from the payment page: another method is another attempt, and the earlier invoice can still be paid.
    expect(await choose({ service: 'paypal_usd_hpp' })).toMatchObject({
      status: 200,
      body: { status: 'awaiting_payment', attempt: 2, referenceId: `${orderId}.2` },
    });
  });

  it.each([
    [422, { errors: { amount: 'This value should be less.' } }, 'amount', 'This value should be less.'],
    [404, { errors: [{ status: 'Not Found', code: '404' }] }, '', 'Not Found'],
  ])("passes the platform's refusal on (%i)", async (status, body, field, message) => {
    const orderId = rig.newOrder();
    await rig.put(orderId);
    const match = { operation: 'invoice.create.private', referenceId: orderId };
    await rig.sandbox.fault({ match, fault: { type: 'status', status, body } });
    const chosen = await rig.call('POST', `/v1/payments/${orderId}/method`, card);
    expect(chosen).toMatchObject({ status: 422, body: { errors: [{ field, message }] } });
    const reason = field === '' ? message : `${field}: ${message}`;
    expect((await rig.get(orderId)).body).toMatchObject({ status: 'choosing', reason });
    expect((await rig.call('POST', `/v1/payments/${orderId}/method`, card)).body.attempt).toBe(2);
  });

  it('lets the customer choose again after a decline, and fails after the last attempt', async () => {
    const orderId = rig.newOrder();
    const first = await rig.put(orderId, { ...card, maxAttempts: 2 });
    await rig.sandbox.setStatus(String(first.body.invoiceId), 'process_failed', { resolution: 'declined' });
    const choosing = await rig.put(orderId, { ...card, maxAttempts: 2 });
    expect(choosing.body.referenceId).toBe(orderId);
    await expect
      .poll(() => rig.get(orderId))
      .toMatchObject({ body: { status: 'choosing', reason: 'declined' } });
    const second = await rig.call('POST', `/v1/payments/${orderId}/method`, card);
    expect(second.body).toMatchObject({
      status: 'awaiting_payment',
      attempt: 2,
      referenceId: `${orderId}.2`,
    });
    await rig.sandbox.setStatus(String(second.body.invoiceId), 'process_failed', { resolution: 'declined' });
    await rig.outcomes.arrival(orderId, 'payment.failed');
    await rig.handle(orderId).result();
    expect((await rig.get(orderId)).body).toMatchObject({
      status: 'failed',
      reason: 'declined',
      decidedBy: 'callback',
    });
  });

  it.each(['public', 'form'])('pays through the %s channel', async (channel) => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, { ...card, channel, customer: { referenceId: 'c1', name: 'x' } });
    expect(body).toMatchObject({ status: 'awaiting_payment', referenceId: orderId });
    if (channel === 'form') {
      expect(body).toMatchObject({ invoiceId: null, redirect: { method: 'POST' } });
      // What the customer's browser does.
      const { url = '', fields } = body.redirect ?? {};
      const posted = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      });
      expect(posted.status).toBe(303);
    }
    const [invoice] = await rig.sandbox.invoices(orderId);
    await rig.sandbox.setStatus(invoice?.id ?? '', 'processed');
    await rig.handle(orderId).result();
    expect((await rig.get(orderId)).body).toMatchObject({ status: 'paid', invoiceId: invoice?.id });
  });

  it('asks the platform once for a payment with its two callbacks', async () => {
    const orderId = rig.newOrder();
    const started = await rig.put(orderId, card);
    await rig.sandbox.setStatus(String(started.body.invoiceId), 'processed');
    await rig.handle(orderId).result();
    const journal = await rig.sandbox.journal(orderId);
    expect(journal.filter(({ operation }) => operation === 'invoice.create.private')).toHaveLength(1);
    expect(journal.filter(({ operation }) => operation === 'invoice.get.private')).toHaveLength(1);
  });
});
