import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPayments } from '../../src/clients/temporal/connect-payments.ts';
import { ingressConfig } from '../../src/config/config.ts';
import { toOrderId } from '../../src/domain/identity.ts';
import { paymentsApi } from '../../src/clients/http/payments-api.ts';
import { composeIngress } from '../../src/main/compose-ingress.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { PaymentFeed } from '../../src/payments/payment-feed.ts';
import { PaymentReader } from '../../src/payments/payment-reader.ts';
import { startGate } from '../support/gate.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { freePort } from '../support/whole-product.ts';

const card = { service: 'payment_card_usd_hpp' };

describe('following a payment', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  async function awaitingPayment() {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    return { orderId, pay: () => rig.sandbox.setStatus(body.invoiceId ?? '', 'processed') };
  }
  const temporalClient = (more: Record<string, string> = {}) =>
    connectPayments({ owner: 'rig', environment: { ...rig.environment, ...more } });

  it('outlives a deploy of the ingress: its drain is not the end of the payment', async () => {
    const { orderId, pay } = await awaitingPayment();
    const PORT = String(await freePort());
    const startIngress = () =>
      composeIngress(ingressConfig({ ...rig.environment, PORT }), createLogger('test', 'silent'));
    const first = await startIngress();
    const events = await fetch(`${first.url}/v1/payments/${orderId}/events`, {
      headers: { authorization: `Bearer ${rig.apiKey}` },
    });
    const told: string[] = [];
    const ended = (async () => {
      for await (const chunk of events.body ?? []) told.push(Buffer.from(chunk as Uint8Array).toString());
    })();
    await expect.poll(() => told.join('')).toContain('event: payment');
    const outcome = paymentsApi({ url: first.url, key: rig.apiKey }).outcome(orderId);
    await first.stop();
    await ended;
    expect(told.join('')).not.toContain('event: end');
    const second = await startIngress();
    await pay();
    expect((await outcome).status).toBe('paid');
    await second.stop();
  }, 30_000);

  it('is not ended by another follower who has just left', async () => {
    const { orderId } = await awaitingPayment();
    const feed = new PaymentFeed(rig.temporal, new PaymentReader(rig.temporal));
    const follow = () => feed.follow(toOrderId(orderId), new AbortController().signal);
    const leaving = follow();
    await leaving.next();
    await leaving.return(undefined);
    const staying = follow();
    expect((await staying.next()).done).toBe(false);
    const end = staying.next();
    feed.stop();
    await expect(end).rejects.toThrow('the feed was stopped');
  });

  it('over an outage of Temporal waits for the outcome, as over HTTP', async () => {
    const { orderId, pay } = await awaitingPayment();
    const gate = await startGate(Number(rig.environment['TEMPORAL_ADDRESS']?.split(':')[1]));
    const payments = temporalClient({ TEMPORAL_ADDRESS: gate.address });
    expect((await payments.get(orderId)).status).toBe('awaiting_payment');
    const outcome = payments.outcome(orderId);
    gate.shut();
    await expect(payments.get(orderId)).rejects.toMatchObject({ status: 503 });
    await pay();
    gate.open();
    expect((await outcome).status).toBe('paid');
    await payments.close();
    gate.close();
  }, 30_000);

  it('rejects where the client is closed, or nobody waits any more, before the outcome', async () => {
    const { orderId } = await awaitingPayment();
    const payments = temporalClient();
    const gone = new AbortController();
    const overHttp = paymentsApi({ url: rig.ingressUrl, key: rig.apiKey });
    const ends = Promise.all([
      expect(payments.outcome(orderId)).rejects.toThrow('the client was closed'),
      expect(payments.outcome(orderId, gone.signal)).rejects.toThrow('enough'),
      expect(overHttp.outcome(orderId, gone.signal)).rejects.toThrow('enough'),
    ]);
    gone.abort(new Error('enough'));
    await payments.close();
    await ends;
  });
});
