import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TemporalServer } from '../../../src/dev/temporal-server.ts';
import { card, paid, refund, set, until } from '../cases/play.ts';
import { fastForward, historiesOf, onStage, startSkippingServer } from './skipping.ts';
import { status, type Stage } from './stage.ts';

/** More than any run takes: it is continued as new by then. */
const mostEvents = 3_000;

describe.concurrent('sequences of outages', () => {
  let server: TemporalServer;
  beforeAll(async () => {
    server = await startSkippingServer();
  });
  afterAll(() => server.stop());

  const on = (play: (stage: Stage) => Promise<void>): Promise<void> =>
    onStage({ TEMPORAL_ADDRESS: server.address }, play);
  const pass = (stage: Stage, orderId: string, hours: number): Promise<void> =>
    fastForward(stage, `aftermath-${orderId}`, hours);
  const attention = (stage: Stage, orderId: string, why: string): Promise<void> =>
    vi.waitFor(async () => expect(await stage.attention(orderId)).toBe(why), { timeout: 20_000 });
  const isBounded = async (stage: Stage, orderId: string): Promise<void> => {
    for (const events of await historiesOf(stage, `aftermath-${orderId}`))
      expect(events).toBeLessThan(mostEvents);
  };

  it.each([
    [503, 'platform-silent'],
    [401, 'credentials'],
  ])(
    '7 expired, callback `processed` 200, the look answers %i for an hour: late money all the same',
    (code, why) =>
      on(async (stage) => {
        const orderId = stage.newOrder();
        await stage.put(orderId, card);
        await set(stage, orderId, 'process_failed', { resolution: 'expired' });
        await stage.told(orderId, 'expired');
        await stage.handle(orderId).result();
        await stage.failing('invoice.get.private', orderId, status(code));
        await set(stage, orderId, 'processed');
        await attention(stage, orderId, why);
        const callbacks = (await stage.sandbox.journal(orderId)).filter(({ told }) => told === 'processed');
        expect(callbacks.map((callback) => callback.status)).toEqual([200]);
        await pass(stage, orderId, 1);
        await stage.told(orderId, 'expired');
        await stage.sandbox.clearFaults();
        // The platform is asked at least every ten minutes.
        await pass(stage, orderId, 0.2);
        await stage.told(orderId, 'expired, review');
        await stage.decide(orderId, 'refund');
        await stage.told(orderId, 'expired, review, refunded');
        expect(await stage.returned(orderId)).toEqual([`${orderId}-r-auto-1 100.55`]);
        await stage.agrees(orderId);
        await isBounded(stage, orderId);
      }),
  );

  it('8 refund answered 500 for two days: attention, bounded history, done once as soon as it is taken', () =>
    on(async (stage) => {
      const orderId = stage.newOrder();
      await paid(stage, orderId);
      await stage.failing('refund.create', orderId, status(500));
      const asking = refund(stage, orderId, 'r1');
      await attention(stage, orderId, 'platform-silent');
      await pass(stage, orderId, 48);
      expect((await asking).body.refunds).toMatchObject([{ status: 'pending' }]);
      await attention(stage, orderId, 'platform-silent');
      await until(stage, orderId, 'refunding');
      await stage.sandbox.clearFaults();
      await pass(stage, orderId, 1.5);
      await stage.told(orderId, 'paid, refunded');
      expect(await stage.returned(orderId)).toEqual([`${orderId}-r-r1 100.55`]);
      const asked = await stage.asked(orderId);
      expect(asked.length).toBeGreaterThan(200);
      expect(new Set(asked)).toEqual(new Set([`${orderId}-r-r1 500`, `${orderId}-r-r1 201`]));
      await stage.agrees(orderId);
      expect(await historiesOf(stage, `aftermath-${orderId}`)).not.toHaveLength(1);
      await isBounded(stage, orderId);
    }));

  it('8 refund answered 403 for ever: attention at once, a finding after 72 h, given up by an operator', () =>
    on(async (stage) => {
      const orderId = stage.newOrder();
      await paid(stage, orderId);
      await stage.failing('refund.create', orderId, status(403));
      void refund(stage, orderId, 'r1');
      await attention(stage, orderId, 'credentials');
      await pass(stage, orderId, 71);
      await until(stage, orderId, 'refunding');
      await pass(stage, orderId, 1.5);
      await stage.told(orderId, 'paid, review');
      expect(await stage.reason(orderId)).toContain('refund r1 has had no end for 72 h');
      await stage.decide(orderId, 'accept');
      await stage.told(orderId, 'paid, review, paid');
      expect((await stage.get(orderId)).body.refunds).toMatchObject([{ refundId: 'r1', status: 'refused' }]);
      expect(await stage.returned(orderId)).toEqual([]);
      await isBounded(stage, orderId);
    }));

  it('8 refund answered 409 on the first try, and it exists: verified by a look, done', () =>
    on(async (stage) => {
      const orderId = stage.newOrder();
      await paid(stage, orderId);
      const looks = await stage.looks(orderId);
      const match = { operation: 'refund.create', referenceId: orderId };
      await stage.sandbox.fault({ match, when: 'after', fault: status(409, { body: {} }) });
      await refund(stage, orderId, 'r1', '30');
      await stage.told(orderId, 'paid, partially_refunded');
      expect(await stage.asked(orderId)).toEqual([`${orderId}-r-r1 409`]);
      expect(await stage.looks(orderId)).toBeGreaterThan(looks);
      expect(await stage.returned(orderId)).toEqual([`${orderId}-r-r1 30`]);
      await stage.agrees(orderId);
    }));

  it('8 refund answered 409 on the first try, and nothing is there: looked for, never done, a finding after 72 h', () =>
    on(async (stage) => {
      const orderId = stage.newOrder();
      await paid(stage, orderId);
      const looks = await stage.looks(orderId);
      await stage.failing('refund.create', orderId, status(409, { body: {} }));
      await refund(stage, orderId, 'r1', '30');
      await until(stage, orderId, 'refunding');
      await pass(stage, orderId, 71);
      await until(stage, orderId, 'refunding');
      expect((await stage.get(orderId)).body.refunds).toMatchObject([{ refundId: 'r1', status: 'pending' }]);
      expect(await stage.looks(orderId)).toBeGreaterThan(looks);
      await pass(stage, orderId, 1.5);
      await stage.told(orderId, 'paid, review');
      expect(await stage.reason(orderId)).toContain('refund r1');
      expect(await stage.returned(orderId)).toEqual([]);
      await isBounded(stage, orderId);
    }));
});
