import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TemporalServer } from '../../../src/dev/temporal-server.ts';
import { card, set, until } from '../cases/play.ts';
import { fastForward, onStage, startSkippingServer } from './skipping.ts';
import { status, type Stage } from './stage.ts';

describe.concurrent('sequences of silence', () => {
  let server: TemporalServer;
  beforeAll(async () => {
    server = await startSkippingServer();
  });
  afterAll(() => server.stop());

  const on = (rule: string, play: (stage: Stage) => Promise<void>): Promise<void> =>
    onStage({ TEMPORAL_ADDRESS: server.address, LATE_PAYMENT: rule }, play);

  /** A payment of which the platform says nothing final for a day after its expiry: a review of silence. */
  async function silent(stage: Stage): Promise<string> {
    const orderId = stage.newOrder();
    await stage.put(orderId, card);
    await fastForward(stage, `payment-${orderId}`, 25);
    await stage.told(orderId, 'review');
    expect(await stage.reason(orderId)).toContain('nothing final for 24 h');
    return orderId;
  }

  it.each([
    ['accept', 'paid', 'paid'],
    ['refund', 'refunded', 'refunded'],
    ['review', 'review', 'review'],
  ])('5 review of silence, operator rejects, then paid; rule `%s`: %s', (rule, end, outcome) =>
    on(rule, async (stage) => {
      const orderId = await silent(stage);
      await stage.decide(orderId, 'reject');
      await stage.told(orderId, 'review, failed');
      await stage.handle(orderId).result();
      await set(stage, orderId, 'processed');
      await stage.told(orderId, `review, failed, ${outcome}`);
      await until(stage, orderId, end);
      expect(await stage.returned(orderId)).toHaveLength(rule === 'refund' ? 1 : 0);
      await stage.agrees(orderId);
    }),
  );

  it('13 a silence of a day, review, then the platform says `expired`: expired by itself', () =>
    on('review', async (stage) => {
      const orderId = await silent(stage);
      await stage.sandbox.callbacks({ mode: 'drop', referenceId: orderId });
      await set(stage, orderId, 'process_failed', { resolution: 'expired' });
      // Nobody tells of it: a payment in review is asked about once a day.
      await fastForward(stage, `payment-${orderId}`, 24);
      await stage.told(orderId, 'review, expired');
      expect((await stage.get(orderId)).body.status).toBe('expired');
      await stage.handle(orderId).result();
    }));

  it('13 the same with a platform that does not answer at all, and a callback in the end', () =>
    on('review', async (stage) => {
      const orderId = stage.newOrder();
      await stage.put(orderId, card);
      await stage.failing('invoice.get.private', orderId, status(503));
      await fastForward(stage, `payment-${orderId}`, 25);
      await stage.told(orderId, 'review');
      await stage.sandbox.clearFaults();
      await set(stage, orderId, 'process_failed', { resolution: 'expired' });
      const callbacks = async () =>
        (await stage.sandbox.journal(orderId)).filter(({ told }) => told === 'process_failed');
      await vi.waitFor(async () => expect(await callbacks()).toMatchObject([{ status: 200 }]));
      // It comes by the wall clock, a day before the payment's: it does not cut the pause of ten minutes short.
      await fastForward(stage, `payment-${orderId}`, 0.2);
      await stage.told(orderId, 'review, expired');
      await stage.handle(orderId).result();
    }));
});
