import { randomUUID } from 'node:crypto';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingressConfig } from '../../src/config/config.ts';
import { toForeignReference } from '../../src/domain/identity.ts';
import { composeIngress } from '../../src/main/compose-ingress.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { signatureOf } from '../support/sign-callback.ts';

const card = { service: 'payment_card_usd_hpp' };

describe('callbacks', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  const bodyOf = (referenceId: string, attributes: object = {}): string =>
    JSON.stringify({
      data: {
        type: 'payment-invoices',
        id: 'cpi_forged',
        attributes: { reference_id: referenceId, status: 'processed', updated: 4_000_000_000, ...attributes },
      },
    });
  async function post(body: string, headers: Record<string, string>): Promise<number> {
    const url = `${rig.ingressUrl}/callbacks/paytone`;
    const answer = await fetch(url, { method: 'POST', body, headers });
    await answer.arrayBuffer();
    return answer.status;
  }
  const signed = (body: string, contentType = 'application/json') =>
    post(body, { 'x-signature': signatureOf(body, account.privateKey), 'content-type': contentType });

  it('are refused without a good signature, and touch nothing', async () => {
    const orderId = rig.newOrder();
    await rig.sandbox.callbacks({ mode: 'drop', referenceId: orderId });
    await rig.put(orderId, card);
    const body = bodyOf(orderId);
    expect(await post(body, {})).toBe(401);
    expect(await post(body, { 'x-signature': '' })).toBe(401);
    expect(await post(body, { 'x-signature': signatureOf(body, 'guess') })).toBe(401);
    expect(await post(`${body} `, { 'x-signature': signatureOf(body, account.privateKey) })).toBe(401);
    expect(await post('', {})).toBe(401);
    const { events } = await rig.handle(orderId).fetchHistory();
    expect(events?.filter((event) => event.workflowExecutionSignaledEventAttributes)).toHaveLength(0);
    expect((await rig.get(orderId)).body.status).toBe('awaiting_payment');
  });

  it('that are signed only wake: the platform says what is true', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    expect(await signed(bodyOf(orderId), 'application/vnd.api+json')).toBe(200);
    await expect
      .poll(async () =>
        (await rig.sandbox.journal(orderId)).some(({ operation }) => operation === 'invoice.get.private'),
      )
      .toBe(true);
    expect((await rig.get(orderId)).body.status).toBe('awaiting_payment');
  });

  it('are answered 400 when signed but unreadable, 413 when too large', async () => {
    expect(await signed('{"data":[]}')).toBe(400);
    expect(await signed('<html>')).toBe(400);
    expect(await signed(bodyOf('A1', { description: 'x'.repeat(300_000) }))).toBe(413);
  });

  it('for a reference that no payment has are durable, where an operator sees them', async () => {
    const orderId = `U${randomUUID()}`;
    expect(await signed(bodyOf(orderId))).toBe(200);
    const handle = rig.temporal.workflow.getHandle(unknownReferenceIdFor(toForeignReference(orderId)));
    expect((await handle.describe()).type).toBe('unknownReference');
  });

  it('that never come are made up for by the return visit', async () => {
    const orderId = rig.newOrder();
    await rig.sandbox.callbacks({ mode: 'drop', referenceId: orderId });
    const started = await rig.put(orderId, {
      ...card,
      returnUrls: {
        success: 'https://shop.example/thanks',
        pending: 'https://shop.example/wait',
        fail: 'https://shop.example/sorry',
      },
    });
    await rig.sandbox.setStatus(started.body.invoiceId ?? '', 'processed');
    // The customer's way: the hosted page of a finished invoice links back to the merchant.
    const page = await fetch(started.body.redirect?.hppUrl ?? '');
    const link = /href="([^"]*\/return\/[^"]*)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
    const back = await fetch(link, { redirect: 'manual' });
    expect([back.status, back.headers.get('location')]).toEqual([303, 'https://shop.example/thanks']);
    expect((await rig.get(orderId)).body).toMatchObject({ status: 'paid', decidedBy: 'return' });
    expect((await rig.outcomes.arrival(orderId, 'payment.paid')).data.decidedBy).toBe('return');
    const forged = link.replace(/return\/(.)/, (_, first) => `return/${first === 'A' ? 'B' : 'A'}`);
    expect((await fetch(forged, { redirect: 'manual' })).status).toBe(404);
  });

  it('are ignored when older than what is known, and asked about once when many come at once', async () => {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    await rig.sandbox.callbacks({ mode: 'drop', referenceId: orderId });
    const looks = async () =>
      (await rig.sandbox.journal(orderId)).filter(({ operation }) => operation === 'invoice.get.private');
    expect(await signed(bodyOf(orderId, { updated: 1 }))).toBe(200);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.sandbox.sendCallback(body.invoiceId ?? '', { times: 20 });
    await rig.handle(orderId).result();
    expect((await looks()).length).toBeLessThanOrEqual(2);
    expect(rig.outcomes.of(orderId)).toHaveLength(1);
  });

  it('are 503 with Retry-After while Temporal cannot be reached', async () => {
    const environment = { ...rig.environment, TEMPORAL_ADDRESS: '127.0.0.1:1', PORT: '0' };
    const ingress = await composeIngress(ingressConfig(environment), createLogger('test', 'silent'));
    const body = bodyOf('A1');
    const answer = await fetch(`${ingress.url}/callbacks/paytone`, {
      method: 'POST',
      body,
      headers: { 'x-signature': signatureOf(body, account.privateKey) },
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await fetch(`${ingress.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${ingress.url}/livez`)).status).toBe(200);
    await ingress.stop();
  });
});
