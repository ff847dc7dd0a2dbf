import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayAfter, dayOf, startOf } from '../../src/domain/reconciliation/day.ts';
import { toOrderId } from '../../src/domain/identity.ts';
import type { Report } from '../../src/domain/reconciliation/report.ts';
import { PaymentLedger } from '../../src/reconciliation/ledger.ts';
import { plantPairs, wrongOnes } from '../support/sweep-day.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { runSweep } from '../support/sweeping.ts';

const day = dayAfter(dayOf(Date.now() / 1000), -4);
const lasting = ['paid_here', 'missing_there', 'other_amount', 'nobody'];

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const found = ({ findings }: Report): string[] =>
  findings.map(({ kind, referenceId }) => `${kind} ${referenceId}`).sort();

it('what lasts is told once: in the report of its day, and not in the next', async () => {
  const pairs = wrongOnes(startOf(day)).filter(({ name = '' }) => lasting.includes(name));
  await plantPairs(rig, pairs);
  const report = await runSweep(rig, day);
  expect(found(report)).toEqual(pairs.map(({ kind, referenceId }) => `${kind} ${referenceId}`).sort());
  const ledger = new PaymentLedger(rig.temporal, rig.environment['TEMPORAL_TASK_QUEUE'] ?? '');
  for (const { orderId } of pairs.filter(({ name }) => name === 'paid_here' || name === 'missing_there'))
    await expect
      .poll(async () => (await ledger.record(toOrderId(orderId), account.id))?.swept, { timeout: 15_000 })
      .toMatchObject([{ attempt: 1, day }]);
  expect(found(await runSweep(rig, dayAfter(day, 1)))).toEqual([]);
  const again = await runSweep(rig, day);
  expect(again.counts).toMatchObject({ paid_here: 1, missing_there: 1 });
}, 60_000);
