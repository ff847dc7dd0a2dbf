import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTemporalServer, type TemporalServer } from '../../src/dev/temporal-server.ts';
import { dayAfter, dayOf, startOf } from '../../src/domain/reconciliation/day.ts';
import { provisionNamespace } from '../../src/temporal/provisioning.ts';
import { provision } from '../support/global-setup.ts';
import { startRig, type Rig } from '../support/rig.ts';

const today = dayOf(Date.now() / 1000);
const yesterday = dayAfter(today, -1);

describe('the schedule of the daily sweep', () => {
  let server: TemporalServer;
  let rig: Rig;
  beforeAll(async () => {
    server = await startTemporalServer({ executable: inject('temporalCliPath') });
    await provision(server.address);
    rig = await startRig({ TEMPORAL_ADDRESS: server.address });
    await provisionHere();
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
  });
  const provisionHere = () => provisionNamespace(rig.temporal, rig.environment['TEMPORAL_TASK_QUEUE'] ?? '');
  const schedule = () => rig.temporal.schedule.getHandle('daily-sweep');
  const statusOf = async (day: string): Promise<number> =>
    (await rig.call('GET', `/v1/reports/${day}`)).status;

  it('is registered by provisioning, as often as that is done, and stays paused', async () => {
    await schedule().pause('a test');
    const again = await provisionHere();
    expect(again).toEqual({ attributes: [], schedule: 'updated' });
    const { spec, policies, state, action } = await schedule().describe();
    expect(spec.calendars).toMatchObject([{ hour: [{ start: 3 }], minute: [{ start: 0 }] }]);
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 7 * 24 * 60 * 60 * 1000 });
    expect(action).toMatchObject({ workflowType: 'scheduledSweep' });
    expect(state.paused).toBe(true);
    await schedule().unpause();
  });

  it('reports the day before, once; after an outage also the days left out; by hand any day', async () => {
    // Meant for 03:00 five days ago: the first time, so that day before alone.
    const meant = new Date((startOf(dayAfter(today, -5)) + 3 * 60 * 60) * 1000);
    const second = (offset: number): Date => new Date(meant.getTime() + offset * 1000);
    await schedule().backfill({ start: second(-1), end: second(1), overlap: 'BUFFER_ALL' });
    const days = [-6, -5, -4, -3, -2, -1, 0].map((offset) => dayAfter(today, offset));
    await expect.poll(() => statusOf(dayAfter(today, -6)), { timeout: 20_000 }).toBe(200);
    expect(await Promise.all(days.map(statusOf))).toEqual([200, 404, 404, 404, 404, 404, 404]);
    await expect.poll(async () => (await schedule().describe()).info.runningActions.length).toBe(0);

    await schedule().trigger('SKIP');
    await expect.poll(() => statusOf(yesterday), { timeout: 20_000 }).toBe(200);
    expect(await Promise.all(days.map(statusOf))).toEqual([200, 200, 200, 200, 200, 200, 404]);

    const runOf = async () => (await rig.temporal.workflow.getHandle(`sweep-${yesterday}`).describe()).runId;
    const first = await runOf();
    const started = async () => (await schedule().describe()).info.numActionsTaken;
    const before = await started();
    await expect.poll(async () => (await schedule().describe()).info.runningActions.length).toBe(0);
    await schedule().trigger('SKIP');
    await expect.poll(started).toBe(before + 1);
    await expect.poll(async () => (await schedule().describe()).info.runningActions.length).toBe(0);
    expect(await runOf()).toBe(first);
  });

  it('is missed by a worker that starts without it, in one sentence', async () => {
    await schedule().delete();
    await rig.stopWorker();
    await expect(rig.startWorker()).rejects.toThrow(
      'The namespace lacks the schedule (daily-sweep): run "npm run provision".',
    );
    await provisionHere();
    await rig.startWorker();
  });
});
