import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { provision } from '../support/global-setup.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { startTemporalProcess } from '../support/temporal-process.ts';
import { freePort } from '../support/whole-product.ts';

const count = Number(env['PAYMENTS'] ?? 50);
const outageMs = Number(env['SECONDS'] ?? 20) * 1_000;
const card = { service: 'payment_card_usd_hpp' };

describe('a Temporal server that stops', () => {
  const dbFilename = join(tmpdir(), `paytone-outage-${randomUUID()}.db`);
  type Server = Awaited<ReturnType<typeof startTemporalProcess>>;
  let start: () => Promise<Server>;
  let server: Server;
  let rig: Rig;
  beforeAll(async () => {
    const port = await freePort();
    start = () => startTemporalProcess(inject('temporalCliPath'), { port, dbFilename });
    server = await start();
    await provision(server.address);
    // They are all alike: twenty of them tell whether they replay.
    rig = await startRig({ TEMPORAL_ADDRESS: server.address }, { replayed: 20 });
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
    await rm(dbFilename, { force: true });
  }, 120_000);

  it(`for ${outageMs / 1_000} s while ${count} callbacks arrive takes none, loses none, and tells none twice`, async () => {
    const orders = Array.from({ length: count }, () => rig.newOrder());
    const invoices: string[] = [];
    for (const orderId of orders) invoices.push((await rig.put(orderId, card)).body.invoiceId ?? '');
    const callbacks = async () =>
      (await rig.sandbox.requests('callback')).filter(({ told }) => told === 'processed');

    await server.stop();
    const stopped = setTimeout(outageMs);
    for (const invoice of invoices) await rig.sandbox.setStatus(invoice, 'processed');
    await stopped;
    const during = await callbacks();
    expect(during.filter(({ status }) => status === 200)).toEqual([]);
    expect(new Set(during.map(({ referenceId }) => referenceId)).size).toBe(count);

    server = await start();
    for (const orderId of orders) await rig.outcomes.arrival(orderId, 'payment.paid');
    for (const orderId of orders) {
      await rig.handle(orderId).result();
      expect(rig.outcomes.of(orderId)).toHaveLength(1);
    }
    // eslint-disable-next-line no-console
    console.log(`${during.length} callbacks were answered 503 or not at all in ${outageMs / 1_000} s`);
  }, 600_000);
});
