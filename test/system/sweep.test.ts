import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/domain/day.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { runSweep } from '../support/sweeping.ts';
import { card, invoiceOf, until } from './cases/play.ts';

describe('the daily sweep', () => {
  let rig: Rig;
  beforeAll(async () => {
    // The platform's clock is an hour behind, so that nothing is too young to be compared.
    rig = await startRig(
      { POLL_SCHEDULE_SECONDS: '86400' },
      { platformNow: () => Date.now() - 60 * 60 * 1000 },
    );
  });
  afterAll(() => rig.close());

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
});
