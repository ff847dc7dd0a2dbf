import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentsApi } from '../../src/clients/http/payments-api.ts';
import { toldOutcome, toldOutcomes } from '../../src/payments/payment-schema.ts';
import { startRig, type Rig } from '../support/rig.ts';

const card = { service: 'payment_card_usd_hpp' };
const time = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;

describe('what an order service was told', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  const api = () => paymentsApi({ url: rig.ingressUrl, key: rig.apiKey });
  async function paid(): Promise<string> {
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, card);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    return orderId;
  }

  it('is listed with each delivery and its answer, after the end, too', async () => {
    const orderId = await paid();
    const { id } = await rig.outcomes.arrival(orderId, 'payment.paid');
    await rig.handle(orderId).result();
    await api().refund(orderId, { refundId: 'R1', reason: 'x' });
    const refunded = await rig.outcomes.arrival(orderId, 'payment.refunded');
    const listed = () => api().outcomes(orderId);
    await expect.poll(async () => (await listed())[1]?.state).toBe('delivered');
    const outcomes = await listed();
    const taken = [{ at: time, result: 'taken', detail: null }];
    expect(outcomes).toEqual([
      {
        webhookId: id,
        type: 'payment.paid',
        timestamp: time,
        supersedes: null,
        state: 'delivered',
        deliveries: taken,
      },
      {
        webhookId: refunded.id,
        type: 'payment.refunded',
        timestamp: time,
        supersedes: id,
        state: 'delivered',
        deliveries: taken,
      },
    ]);
    expect(toldOutcomes.parse({ outcomes })).toEqual({ outcomes });
  }, 60_000);

  it('is sent again when asked for, under its id, as it was', async () => {
    const orderId = await paid();
    const first = await rig.outcomes.arrival(orderId, 'payment.paid');
    await rig.handle(orderId).result();
    rig.replays(`redelivery-${first.id}`);
    const again = await api().redeliver(orderId, first.id);
    expect(toldOutcome.strict().parse(again)).toEqual(again);
    expect(again).toMatchObject({ webhookId: first.id, state: 'delivered' });
    expect(again.deliveries.map(({ result }) => result)).toEqual(['taken', 'taken']);
    expect(rig.outcomes.of(orderId)).toEqual([first, first]);

    rig.outcomes.answerWith(500);
    const refused = await api().redeliver(orderId, first.id);
    rig.outcomes.answerWith(204);
    expect(refused.deliveries.at(-1)).toEqual({
      at: time,
      result: 'refused',
      detail: 'the order service answered 500',
    });
    // It was taken before: the payment itself does not mind.
    expect(refused.state).toBe('delivered');
    expect((await rig.get(orderId)).body.status).toBe('paid');
  }, 60_000);

  it('goes out at once when it was parked and is asked for', async () => {
    rig.outcomes.answerWith(410);
    const orderId = await paid();
    await expect
      .poll(async () => (await api().outcomes(orderId))[0]?.state, { timeout: 20_000 })
      .toBe('parked');
    const [parked] = await api().outcomes(orderId);
    expect(parked?.deliveries).toMatchObject([
      { result: 'refused', detail: expect.stringContaining('410') as string },
    ]);
    rig.outcomes.answerWith(204);
    await api().redeliver(orderId, parked?.webhookId ?? '');
    await rig.outcomes.arrival(orderId, 'payment.paid');
    await rig.handle(orderId).result();
    expect((await api().outcomes(orderId))[0]).toMatchObject({
      state: 'delivered',
      deliveries: [{ result: 'refused' }, { result: 'taken' }],
    });
  }, 60_000);

  it("is not there for another service's key, nor for another id", async () => {
    const orderId = await paid();
    const { id } = await rig.outcomes.arrival(orderId, 'payment.paid');
    const other = paymentsApi({ url: rig.ingressUrl, key: 'key-of-another' });
    await expect(other.outcomes(orderId)).rejects.toMatchObject({ status: 404 });
    await expect(other.redeliver(orderId, id)).rejects.toMatchObject({ status: 404 });
    await expect(api().redeliver(orderId, 'out_none_1')).rejects.toMatchObject({
      status: 404,
      detail: expect.stringContaining('No outcome with this webhook-id') as string,
    });
    expect(rig.outcomes.of(orderId)).toHaveLength(1);
  }, 60_000);
});
