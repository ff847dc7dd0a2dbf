// `npm run histories`: plays every kind of payment and keeps its history for the replay of later versions.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/domain/reconciliation/day.ts';
import { scheduledSweepWorkflow, sweepIdFor } from '../../workflows/messages.ts';
import { payloadKey, writeHistory } from '../support/histories.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { runSweep } from '../support/sweeping.ts';
import * as kinds from './kinds.ts';

const inClear = { PAYLOAD_KEYS: '' };

async function keep(rig: Rig, name: string, workflowId: string, runId?: string): Promise<void> {
  await writeHistory(name, await rig.temporal.workflow.getHandle(workflowId, runId).fetchHistory());
}

describe('payments', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(inClear);
  });
  afterAll(() => rig.close());

  it.each(Object.entries(kinds.payments))('%s', async (name, play) => {
    const orderId = rig.newOrder();
    await play(rig, orderId);
    await keep(rig, name, `payment-${orderId}`);
  });

  it.each(Object.entries(kinds.aftermaths))('%s', async (name, play) => {
    const orderId = rig.newOrder();
    await play(rig, orderId);
    await keep(rig, name, `aftermath-${orderId}`);
  });

  it('nobody-ordered', async () => {
    await keep(rig, 'nobody-ordered', await kinds.nobodyOrdered(rig, rig.newOrder()));
  });

  it('continued-as-new', async () => {
    const orderId = rig.newOrder();
    const runs = await kinds.continued(rig, orderId);
    expect(new Set(runs).size).toBe(2);
    for (const [index, runId] of runs.entries())
      await keep(rig, `continued-as-new-${index + 1}`, `payment-${orderId}`, runId);
  });
});

it('paid-encrypted', async () => {
  const rig = await startRig({ PAYLOAD_KEYS: payloadKey });
  const orderId = rig.newOrder();
  await kinds.aftermaths.refunded(rig, orderId);
  await keep(rig, 'paid-encrypted', `payment-${orderId}`);
  await keep(rig, 'refunded-encrypted', `aftermath-${orderId}`);
  await rig.close();
});

it('paid-by-poll', async () => {
  const rig = await startRig({ ...inClear, POLL_SCHEDULE_SECONDS: '1' });
  const orderId = rig.newOrder();
  await kinds.paidUnheard(rig, orderId);
  await rig.handle(orderId).result();
  await keep(rig, 'paid-by-poll', `payment-${orderId}`);
  await rig.close();
});

it('sweep', async () => {
  // An hour behind, so that nothing is too young to be compared.
  const platformNow = () => Date.now() - 60 * 60 * 1000;
  const rig = await startRig({ ...inClear, POLL_SCHEDULE_SECONDS: '86400' }, { platformNow });
  const orderId = rig.newOrder();
  await kinds.paidUnheard(rig, orderId);
  const day = dayOf(platformNow() / 1000);
  const report = await runSweep(rig, day);
  expect(report.findings).toMatchObject([{ kind: 'paid_there', referenceId: orderId }]);
  await rig.handle(orderId).result();
  await keep(rig, 'sweep', sweepIdFor(day));
  await keep(rig, 'paid-by-sweep', `payment-${orderId}`);

  const workflowId = `scheduled-${orderId}`;
  const taskQueue = rig.environment['TEMPORAL_TASK_QUEUE'] ?? '';
  await rig.temporal.workflow.execute(scheduledSweepWorkflow, { workflowId, taskQueue });
  await keep(rig, 'scheduled-sweep', workflowId);
  await rig.close();
});
