import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, card, invoiceOf, set, until } from '../cases/play.ts';
import { startStage, statusOf, type Stage } from './stage.ts';

describe('sequences of workers that die', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage.close());

  /** Clients that read every order ten times a second, whatever the answer. */
  function startReaders(orders: readonly string[]) {
    const stop = new AbortController();
    const read = async (orderId: string): Promise<void> => {
      while (!stop.signal.aborted) {
        expect([200, 503]).toContain((await stage.get(orderId)).status);
        await setTimeout(100);
      }
    };
    const reading = Promise.all(orders.map(read));
    return async (): Promise<void> => {
      stop.abort();
      await reading;
    };
  }

  it('21 workers die, one returns cold while clients read and callbacks come, and dies with outcomes pending', async () => {
    const orders = Array.from({ length: 10 }, () => stage.newOrder());
    for (const orderId of orders) expect((await stage.put(orderId, card)).status).toBe(201);
    // One look behind each that learned nothing, by a callback that is ahead of the platform's answers.
    await stage.sandbox.lag({ get: { looks: 2 } });
    for (const orderId of orders) await set(stage, orderId, 'processed');
    for (const orderId of orders)
      await expect.poll(() => stage.looks(orderId), { timeout: 20_000 }).toBeGreaterThan(0);
    await stage.stopWorker();
    stage.outcomes.answerWith(500);
    const stopReading = startReaders(orders);
    for (const orderId of orders)
      await stage.sandbox.sendCallback(await invoiceOf(stage, orderId), { times: 3 });
    await stage.startWorker();
    const refused = async (orderId: string) =>
      (await stage.storyOf(orderId))?.outcomes.map(({ status, delivery }) => `${status} ${delivery}`);
    for (const orderId of orders) {
      await until(stage, orderId, 'paid');
      await expect.poll(() => refused(orderId), { timeout: 20_000 }).toEqual(['paid waiting']);
    }
    await stage.stopWorker();
    for (const orderId of orders)
      await stage.sandbox.sendCallback(await invoiceOf(stage, orderId), { times: 2 });
    stage.outcomes.answerWith(204);
    await stage.startWorker();
    for (const orderId of orders) {
      await stage.told(orderId, 'paid');
      await stage.handle(orderId).result();
      await until(stage, orderId, 'paid');
      await stage.agrees(orderId);
    }
    await stopReading();
  }, 240_000);

  it('22 no worker runs; PUT of an order that GET showed as paid, canceled or charged back: that or 503', async () => {
    const make = async (): Promise<string> => {
      const orderId = stage.newOrder();
      await stage.put(orderId, card);
      return orderId;
    };
    const paid = async (): Promise<string> => {
      const orderId = await make();
      await set(stage, orderId, 'processed');
      await until(stage, orderId, 'paid');
      return orderId;
    };
    const canceled = async (): Promise<string> => {
      const orderId = await make();
      await call(stage, orderId, 'cancel', { reason: 'sold out' });
      await set(stage, orderId, 'process_failed', { resolution: 'expired' });
      await until(stage, orderId, 'canceled');
      return orderId;
    };
    const closed = [await paid(), await canceled(), await paid()];
    for (const orderId of closed) await stage.handle(orderId).result();
    const [, , chargedBack = ''] = closed;
    await stage.chargeBack(chargedBack);
    await until(stage, chargedBack, 'charged_back');
    await stage.told(chargedBack, 'paid, charged_back');
    // The same with outcomes that nobody has taken: their runs are open.
    stage.outcomes.answerWith(500);
    const open = [await paid(), await canceled(), await paid()];
    const [, , openChargedBack = ''] = open;
    await stage.chargeBack(openChargedBack);
    await until(stage, openChargedBack, 'charged_back');
    const waiting = await make();
    const orders = [...closed, ...open, waiting];
    const shown = await Promise.all(orders.map((orderId) => statusOf(stage, orderId)));
    await stage.stopWorker();
    const fresh = stage.newOrder();
    const answers = await Promise.all(
      [...orders, fresh].map(async (orderId) => {
        const begun = performance.now();
        const { status, body } = await stage.put(orderId, card);
        return { status, said: body.status as string | number, ms: performance.now() - begun };
      }),
    );
    for (const { ms } of answers) expect(ms).toBeLessThan(10_000);
    answers.slice(0, orders.length).forEach(({ status, said }, index) => {
      expect([200, 503]).toContain(status);
      if (status === 200) expect(said).toBe(shown[index]);
    });
    expect(answers.at(-1)).toMatchObject({ status: 202, said: 'creating' });
    stage.outcomes.answerWith(204);
    await stage.startWorker();
    await until(stage, fresh, 'awaiting_payment');
    for (const [index, orderId] of orders.entries())
      expect(await stage.put(orderId, card)).toMatchObject({ status: 200, body: { status: shown[index] } });
    await stage.told(openChargedBack, 'paid, charged_back');
  }, 240_000);
});
