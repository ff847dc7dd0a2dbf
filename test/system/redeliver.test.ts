import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/command-line.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { set } from './cases/play.ts';

const ann = ['--by', 'ann', '--why', 'the order service is back'];
const card = { service: 'payment_card_usd_hpp' };

describe('outcomes that the order service does not take', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  const cli = (...args: string[]) => runCli(rig.environment, ...args);
  const parked = () => rig.count("PaymentAttention = 'outcome-parked'");

  /** Paid orders whose outcome was answered with 410. */
  async function parkedOrders(count: number, inAll = count): Promise<string[]> {
    rig.outcomes.answerWith(410);
    const orderIds = Array.from({ length: count }, () => rig.newOrder());
    for (const orderId of orderIds) {
      await rig.put(orderId, { ...card, customer: { referenceId: 'c-770077', name: 'Sally Secret' } });
      await set(rig, orderId, 'processed');
    }
    await expect.poll(parked, { timeout: 15_000 }).toBe(inAll);
    rig.outcomes.answerWith(204);
    return orderIds;
  }

  it('are parked at once after 410, seen, and sent again one by one', async () => {
    const [orderId = ''] = await parkedOrders(1);
    const { out } = await cli('attention', '--json', '--reason', 'outcome-parked');
    expect(JSON.parse(out)).toMatchObject([
      { orderId, attention: 'outcome-parked', status: 'paid', amount: '100.55', currency: 'USD' },
    ]);
    const sent = await cli('redeliver', orderId, ...ann);
    const { id } = await rig.outcomes.arrival(orderId, 'payment.paid');
    expect(sent).toEqual({ code: 0, out: `${orderId}: the outcome paid (${id}) was taken`, error: '' });
    expect(id).toMatch(new RegExp(`^out_${orderId}_[0-9a-z]+_1$`));
    await rig.handle(orderId).result();
    expect(rig.outcomes.of(orderId)).toHaveLength(1);

    const again = await cli('redeliver', orderId, ...ann);
    expect(again).toEqual({ code: 1, out: '', error: `${orderId}: the payment is paid: it is over` });

    const shown = await cli('show', orderId);
    const parts = [
      'Status      paid',
      `1. ${orderId}, payment_card_usd_hpp, cpi_`,
      `paid as ${id}`,
      ' ann: redeliver-outcome, the order service is back',
      'deliverOutcome gave up: ',
      'update redeliver-outcome',
      'deliverOutcome done',
    ];
    for (const part of parts) expect(shown.out).toContain(part);
    expect(shown.out).not.toMatch(/Sally|c-770077/);
    expect((await cli('show', orderId, '--customer')).out).toContain('Sally Secret');
  }, 90_000);

  it('are sent again together, those since a time', async () => {
    const before = await parkedOrders(1);
    const between = new Date().toISOString();
    // What Temporal tells of times is compared in whole seconds.
    await setTimeout(1_000);
    const orderIds = await parkedOrders(2, 3);
    const none = await cli('redeliver', '--since', new Date(Date.now() + 60_000).toISOString(), ...ann);
    expect(none).toEqual({ code: 0, out: '', error: '' });
    expect(await parked()).toBe(3);
    const dry = await cli('redeliver', '--since', between, '--dry-run', ...ann);
    for (const orderId of orderIds) expect(dry.out).toContain(orderId);
    expect(await parked()).toBe(3);
    const { out, code } = await cli('redeliver', '--since', between, '--json', ...ann);
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => JSON.parse(line) as { id: string });
    expect(new Set(lines.map(({ id }) => id))).toEqual(new Set(orderIds));
    await expect.poll(parked, { timeout: 15_000 }).toBe(1);
    expect((await cli('redeliver', '--since', '2020-01-01T00:00:00Z', ...ann)).code).toBe(0);
    for (const orderId of [...before, ...orderIds]) {
      await rig.handle(orderId).result();
      expect(rig.outcomes.of(orderId)).toHaveLength(1);
    }
    await expect.poll(parked, { timeout: 15_000 }).toBe(0);
  }, 60_000);

  it('count a redirect as a failure, which is tried again', async () => {
    rig.outcomes.answerWith(302);
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    await set(rig, orderId, 'processed');
    const seen = async () => JSON.parse((await cli('show', orderId, '--json')).out) as { outcomes: unknown };
    await expect
      .poll(seen, { timeout: 15_000 })
      .toMatchObject({ outcomes: [{ delivery: 'waiting', refusal: 'the order service answered 302' }] });
    expect((await cli('show', orderId)).out).toMatch(
      /was not taken in \d (try|tries); last answer: the order service answered 302; next try at 20/,
    );
    const again = await cli('redeliver', orderId, ...ann);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.error).toContain('was not taken: the order service answered 302; it is tried again at');
    expect(rig.outcomes.of(orderId)).toEqual([]);
    rig.outcomes.answerWith(204);
    await rig.handle(orderId).result();
    expect(rig.outcomes.of(orderId)).toHaveLength(1);
  });
});
