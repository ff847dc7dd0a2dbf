import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  outcomeMessage,
  paymentAnswer,
  problemAnswer,
  servicesAnswer,
} from '../../src/payments/payment-schema.ts';
import { startRig, type Rig } from '../support/rig.ts';

describe('the OpenAPI document', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  it('is served with its page, to anyone', async () => {
    const answer = await fetch(`${rig.ingressUrl}/openapi.json`);
    const document = (await answer.json()) as { openapi: string; paths: Record<string, object> };
    expect([answer.status, document.openapi]).toEqual([200, '3.1.0']);
    expect(Object.keys(document.paths)).toContain('/v1/payments/{orderId}/refunds');
    const page = await (await fetch(`${rig.ingressUrl}/docs`)).text();
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  });

  it('describes what is answered, to the last field', async () => {
    const orderId = rig.newOrder();
    const card = { service: 'payment_card_usd_hpp' };
    const answers = [
      await rig.put(rig.newOrder()),
      await rig.put(orderId, card),
      await rig.call('POST', `/v1/payments/${orderId}/cancel`, { reason: 'x' }),
    ];
    for (const { body } of answers) expect(paymentAnswer.strict().parse(body)).toEqual(body);
    const services = (await rig.call('GET', '/v1/services?currency=USD')).body;
    expect(servicesAnswer.strict().parse(services)).toEqual(services);
    const problems = [
      await rig.call('GET', '/v1/services?currency=XXY'),
      await rig.put(orderId, { ...card, locale: 'uk' }),
      await rig.call('GET', '/v1/payments/none'),
      await rig.call('GET', '/v1/payments/none', undefined, 'no-key'),
    ];
    for (const { body } of problems) expect(problemAnswer.strict().parse(body)).toEqual(body);
    await rig.sandbox.setStatus(answers[1]?.body.invoiceId ?? '', 'expired');
    const { id, ...outcome } = await rig.outcomes.arrival(orderId, 'payment.canceled');
    expect(id).toMatch(/^out_/);
    expect(outcomeMessage.strict().parse(outcome)).toEqual(outcome);
  });

  it.each([
    [405, 'wrong-method', 'DELETE', '/openapi.json', {}],
    [405, 'wrong-method', 'POST', '/docs', {}],
    [405, 'wrong-method', 'GET', '/callbacks/paytone', {}],
    [405, 'wrong-method', 'POST', '/return/token', {}],
    [405, 'wrong-method', 'POST', '/return/page/en/fail', {}],
    [404, 'not-found', 'GET', '/v1/nowhere', {}],
    [404, 'not-found', 'GET', '/nowhere', {}],
    [400, 'malformed', 'GET', '/v1/payments/%zz', {}],
    [400, 'malformed', 'POST', '/v1/payments/x/cancel', { body: '{"reason"' }],
    [400, 'malformed', 'POST', '/v1/payments/x/cancel', {}],
    [
      413,
      'too-large',
      'PUT',
      '/v1/payments/x',
      { body: JSON.stringify({ description: 'x'.repeat(70_000) }) },
    ],
    [415, 'unsupported-media-type', 'PUT', '/v1/payments/x', { body: 'amount=1', type: 'text/plain' }],
    [
      415,
      'unsupported-media-type',
      'PUT',
      '/v1/payments/x',
      { body: '{}', type: 'application/json; charset=latin1' },
    ],
    [415, 'unsupported-media-type', 'PUT', '/v1/payments/x', { body: '{}', encoding: 'compress' }],
  ])('answers %i %s to %s %s as a problem', async (status, kind, method, path, more) => {
    const {
      body,
      type = 'application/json',
      encoding,
    }: { body?: string; type?: string; encoding?: string } = more;
    const answer = await fetch(`${rig.ingressUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${rig.apiKey}`,
        ...(body !== undefined && { 'content-type': type }),
        ...(encoding !== undefined && { 'content-encoding': encoding }),
      },
      ...(body !== undefined && { body }),
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(problemAnswer.strict().parse(await answer.json()).type).toBe(`/docs/problems/${kind}`);
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/^(GET, HEAD|POST)$/);
  });

  it("says what is in the way of another service's order", async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId);
    const terms = { amount: { value: '100.55', currency: 'USD' } };
    const { status, body } = await rig.call('PUT', `/v1/payments/${orderId}`, terms, 'key-of-another');
    expect([status, body.detail]).toEqual([404, expect.stringContaining('Use another order id')]);
  });
});
