import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentAnswer, problemAnswer, servicesAnswer } from '../../src/order/payment-schema.ts';
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
  });
});
