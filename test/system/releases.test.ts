import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { workerConfig } from '../../src/config/config.ts';
import { startTemporalServer, type TemporalServer } from '../../src/dev/temporal-server.ts';
import { composeWorker } from '../../src/main/compose-worker.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { changedBundle, reordered } from '../support/changed-workflows.ts';
import { provision } from '../support/global-setup.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { drainedAtOnce, versionCommand } from '../support/worker-versions.ts';
import { card, set, told } from './cases/play.ts';

const waiting = Number(env['PAYMENTS'] ?? 60);
const later = 30;

describe('a release', () => {
  let server: TemporalServer;
  let rig: Rig;
  beforeAll(async () => {
    server = await startTemporalServer({ executable: inject('temporalCliPath'), extraArgs: drainedAtOnce });
    await provision(server.address);
    const settings = { TEMPORAL_ADDRESS: server.address, ORDER_API_RATE_LIMIT: '1000000' };
    rig = await startRig({ ...settings, WORKER_BUILD_ID: 'one' });
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
  });

  const temporal = (...words: Parameters<ReturnType<typeof versionCommand>>) =>
    versionCommand({ executable: inject('temporalCliPath'), address: server.address })(...words);
  const begun = (buildId: string, orders: string) =>
    rig.count(
      `WorkflowId STARTS_WITH 'payment-${orders}' AND TemporalWorkerDeploymentVersion = 'paytone-payments:${buildId}'`,
    );
  const start = async (orders: readonly string[]): Promise<void> => {
    for (const orderId of orders)
      expect(await rig.put(orderId, card)).toMatchObject({ body: { status: 'awaiting_payment' } });
  };
  const named = (name: string) => Array.from({ length: later }, (_, index) => `${name}${index}`);

  it(`with another order of steps leaves ${waiting} waiting payments with the version they began with`, async () => {
    const old = Array.from({ length: waiting }, () => rig.newOrder());
    await temporal('set-current-version', 'one', '--yes');
    await start(old);

    const workflowBundle = await changedBundle([reordered]);
    const environment = { ...rig.environment, WORKER_BUILD_ID: 'two' };
    const second = await composeWorker(workerConfig(environment), createLogger('two', 'silent'), {
      workflowBundle,
    });
    await temporal('set-ramping-version', 'two', '--percentage', '50', '--yes');
    await start(named('ramped'));
    await expect
      .poll(async () => (await begun('one', 'ramped')) + (await begun('two', 'ramped')))
      .toBe(later);
    const ramped = [await begun('one', 'ramped'), await begun('two', 'ramped')];
    expect(Math.min(...ramped)).toBeGreaterThan(0);

    await temporal('set-current-version', 'two', '--yes');
    await start(named('current'));
    await expect.poll(() => begun('two', 'current')).toBe(later);
    expect(await temporal('describe-version', 'one')).toMatch(/draining/i);

    const all = [...old, ...named('ramped'), ...named('current')];
    for (const orderId of all) await set(rig, orderId, 'processed');
    for (const orderId of all) await told(rig, orderId, 'paid');
    for (const orderId of all) {
      await rig.handle(orderId).result();
      expect(rig.outcomes.of(orderId)).toHaveLength(1);
      const { events } = await rig.handle(orderId).fetchHistory();
      expect(events?.filter(({ workflowTaskFailedEventAttributes: failed }) => failed)).toEqual([]);
    }
    await expect
      .poll(() => temporal('describe-version', 'one'), { timeout: 60_000, interval: 500 })
      .toMatch(/drained/i);
    await rig.stopWorker();
    await start(['after']);
    await second.stop();
    // eslint-disable-next-line no-console
    console.log(`${waiting} under one; ramped ${ramped.join(' under one, ')} under two; ${later} under two`);
  }, 300_000);
});
