import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, until } from '../cases/play.ts';
import { startStage, status, type Stage } from './stage.ts';

const create = 'invoice.create.private';

describe('sequences of several orders', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage.close());

  it("20 one order's creates answered 403 for a minute, twenty others meanwhile: their redirects at once", async () => {
    const refused = stage.newOrder();
    await stage.failing(create, refused, status(403));
    await stage.begin(refused, card);
    const rejections = async (): Promise<number> =>
      (await stage.sandbox.journal(refused)).filter((entry) => entry.status === 403).length;
    // Its tries come at once, after 10 s and after 20 s more: others start behind each.
    for (const [tries, others] of [
      [1, 7],
      [2, 7],
      [3, 6],
    ] as const) {
      await expect.poll(rejections, { timeout: 60_000 }).toBeGreaterThanOrEqual(tries);
      const orders = Array.from({ length: others }, () => stage.newOrder());
      const answers = await Promise.all(orders.map((orderId) => stage.put(orderId, card)));
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 201, body: { status: 'awaiting_payment' } });
        expect(answer.body.redirect?.url).toMatch(/^http/);
      }
      for (const orderId of orders) expect(await stage.ledger(orderId)).toMatchObject({ amount: 100.55 });
    }
    expect(await stage.sandbox.ledger(refused)).toEqual([]);
    expect(await stage.attention(refused)).toBe('credentials');
    await stage.sandbox.clearFaults();
    await expect.poll(() => stage.sandbox.ledger(refused), { timeout: 90_000 }).toHaveLength(1);
    await until(stage, refused, 'awaiting_payment');
  }, 240_000);
});
