import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { provision } from '../support/global-setup.ts';
import { startRig } from '../support/rig.ts';
import { startTemporalProcess } from '../support/temporal-process.ts';
import { freePort } from '../support/whole-product.ts';

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

describe('a paid order with both callbacks', () => {
  const dbFilename = join(tmpdir(), `paytone-cost-${randomUUID()}.db`);
  let server: Awaited<ReturnType<typeof startTemporalProcess>>;
  beforeAll(async () => {
    const [port, metricsPort] = [await freePort(), await freePort()];
    server = await startTemporalProcess(inject('temporalCliPath'), { port, metricsPort, dbFilename });
    await provision(server.address);
  });
  afterAll(async () => {
    await server.stop();
    await rm(dbFilename, { force: true });
  });

  const most = { events: 30, actions: 7 };
  it(`costs at most ${most.events} events and ${most.actions} billable actions`, async () => {
    const rig = await startRig({ TEMPORAL_ADDRESS: server.address });
    await rig.sandbox.callbacks({ mode: 'hold' });
    const before = sum(await server.actions());
    const orderId = rig.newOrder();
    const { body } = await rig.put(orderId, { service: 'payment_card_usd_hpp' });
    await rig.sandbox.release();
    await settled(rig, orderId, 1);
    expect((await looksOf(rig, orderId)).length).toBe(0);
    await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
    await rig.sandbox.release();
    await rig.handle(orderId).result();
    const { events } = await rig.handle(orderId).fetchHistory();
    // The server publishes what it counted now and then.
    const actions = await vi.waitUntil(
      async () => {
        const made = sum(await server.actions()) - before;
        return made >= most.actions && made;
      },
      { timeout: 15_000 },
    );
    stdout.write(`${events?.length} events, ${actions} billable actions\n`);
    stdout.write(
      JSON.stringify(await server.actions()) + ' ' + (events ?? []).map((e) => e.eventType).join(',') + '\n',
    );
    expect(events?.length).toBeLessThanOrEqual(most.events);
    expect(actions).toBe(most.actions);
    expect((await looksOf(rig, orderId)).length).toBe(1);
    await rig.close();
  }, 60_000);

  type Rig = Awaited<ReturnType<typeof startRig>>;
  const looksOf = async (rig: Rig, orderId: string) =>
    (await rig.sandbox.journal(orderId)).filter(({ operation }) => operation === 'invoice.get.private');

  /** So many callbacks have been answered. */
  const settled = (rig: Rig, orderId: string, count: number) =>
    vi.waitUntil(
      async () => {
        const journal = await rig.sandbox.journal(orderId);
        return journal.filter(({ kind, status }) => kind === 'callback' && status === 200).length >= count;
      },
      { timeout: 10_000 },
    );
});
