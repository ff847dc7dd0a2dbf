import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter, dayOf, startOf } from '../../src/domain/reconciliation/day.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { runSweep, startSweep } from '../support/sweeping.ts';
import { card, invoiceOf, until } from './cases/play.ts';

describe('the daily sweep', () => {
  let rig: Rig;
  let other: Rig;
  beforeAll(async () => {
    // The platform's clock is an hour behind, so that nothing is too young to be compared.
    rig = await startRig(
      { POLL_SCHEDULE_SECONDS: '86400' },
      { platformNow: () => Date.now() - 60 * 60 * 1000 },
    );
    other = await startRig();
  });
  afterAll(async () => {
    await rig.close();
    await other.close();
  });

  it('finds a paid invoice whose callbacks were lost, and the payment is paid', async () => {
    const [lost, right] = [rig.newOrder(), rig.newOrder()];
    await rig.sandbox.callbacks({ mode: 'drop', referenceId: lost });
    await rig.put(lost, card);
    await rig.put(right, card);
    for (const orderId of [lost, right])
      await rig.sandbox.setStatus(await invoiceOf(rig, orderId), 'processed');
    await until(rig, right, 'paid');
    expect((await rig.get(lost)).body.status).toBe('awaiting_payment');

    const report = await runSweep(rig, dayOf(Date.now() / 1000 - 60 * 60));
    expect(report.findings).toMatchObject([
      {
        kind: 'paid_there',
        referenceId: lost,
        there: { status: 'processed' },
        here: { status: 'awaiting_payment', amount: '100.55', currency: 'USD' },
      },
    ]);
    expect(report.currencies).toMatchObject([
      { currency: 'USD', lines: { paid: { count: 2, amount: '201.10' } } },
    ]);
    await until(rig, lost, 'paid');
    expect((await rig.get(lost)).body).toMatchObject({ status: 'paid', decidedBy: 'sweep' });
    expect((await rig.get(right)).body).toMatchObject({ status: 'paid', decidedBy: 'callback' });
    await rig.outcomes.arrival(lost, 'payment.paid');
  });

  it('compares what changed a moment ago only when asked to', async () => {
    const alone = await startRig();
    const now = Math.floor(Date.now() / 1000);
    const day = dayOf(now);
    const young = { referenceId: 'young', amount: 10, service: card.service, status: 'processed' };
    await alone.sandbox.plant([{ ...young, created: now, updated: now + 5 }]);
    const patient = await runSweep(alone, day);
    expect(patient).toMatchObject({ findings: [], walked: { young: 1, compared: 0 } });
    const eager = await (await startSweep(alone, day, { graceSeconds: 0 })).result();
    expect(eager).toMatchObject({
      findings: [{ kind: 'not_ordered', referenceId: 'young' }],
      walked: { young: 0, compared: 1 },
    });
    await alone.close();
  });

  it('goes on with the page it was at when its worker is stopped, twice', async () => {
    const day = dayAfter(dayOf(Date.now() / 1000), -5);
    const start = startOf(day);
    // Changed last before the day began: nobody ordered them, and that is old news.
    const invoices = Array.from({ length: 650 }, (_, index) => ({
      referenceId: `resume ${index}`,
      amount: 10,
      service: card.service,
      created: start + index * 60,
      updated: start - 1,
      status: 'processed',
    }));
    const ids = (await other.sandbox.plant(invoices)).map(({ id }) => id).reverse();
    const asked = async (after: string) =>
      (await other.sandbox.requests('invoice.list'))
        .filter(({ referenceId }) => referenceId === after)
        .map(({ status }) => status);
    const [third, fifth] = [ids[199] ?? '', ids[399] ?? ''];
    for (const referenceId of [third, fifth]) {
      const match = { operation: 'invoice.list', referenceId };
      await other.sandbox.fault({ match, fault: { type: 'timeout' } });
    }

    const sweep = await startSweep(other, day);
    for (const page of [third, fifth]) {
      await expect.poll(() => asked(page), { timeout: 20_000 }).toEqual([0]);
      await other.stopWorker();
      expect((await other.call('GET', `/v1/reports/${day}`)).status).toBe(404);
      await other.startWorker();
    }
    const report = await sweep.result();

    expect(report).toMatchObject({ findings: [], incomplete: null, walked: { pages: 7, read: 650 } });
    expect(report.currencies).toMatchObject([{ total: { count: 650, amount: '6500.00' } }]);
    for (const page of [third, fifth]) expect(await asked(page)).toEqual([0, 200]);
    // The first page and the four others, once each.
    expect(await other.sandbox.requests('invoice.list')).toHaveLength(7 + 2);
  }, 90_000);
});
