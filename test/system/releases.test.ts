import { execFile } from 'node:child_process';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { workerConfig } from '../../src/config/config.ts';
import { startTemporalServer, type TemporalServer } from '../../src/dev/temporal-server.ts';
import { composeWorker } from '../../src/main/compose-worker.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { changedBundle, reordered } from '../support/changed-workflows.ts';
import { provision } from '../support/global-setup.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { card, set, told } from './cases/play.ts';

const waiting = Number(env['PAYMENTS'] ?? 60);
const later = 30;

const run = promisify(execFile);

/** Temporal asks after 3 minutes whether a version is drained; nobody wants to wait for that here. */
const atOnce = ['VersionDrainageStatusRefreshInterval', 'VersionDrainageStatusVisibilityGracePeriod'].flatMap(
  (key) => ['--dynamic-config-value', `matching.wv.${key}="1s"`],
);

describe('a release', () => {
  let server: TemporalServer;
  let rig: Rig;
  beforeAll(async () => {
    server = await startTemporalServer({ executable: inject('temporalCliPath'), extraArgs: atOnce });
    await provision(server.address);
    const settings = { TEMPORAL_ADDRESS: server.address, ORDER_API_RATE_LIMIT: '1000000' };
    rig = await startRig({ ...settings, WORKER_BUILD_ID: 'one' });
  });
  afterAll(async () => {
    await rig.close();
    await server.stop();
  });

  /** As an operator types it. */
  async function temporal(command: string, buildId: string, ...more: string[]): Promise<string> {
    const version = ['--deployment-name', 'paytone-payments', '--build-id', buildId];
    const at = ['--address', server.address, '--namespace', 'default'];
    const words = ['worker', 'deployment', command, ...version, ...at, ...more];
    return (await run(inject('temporalCliPath'), words)).stdout;
  }
  const succeeds = (...words: Parameters<typeof temporal>) =>
    expect
      .poll(
        () =>
          temporal(...words).then(
            () => 'done',
            (error: unknown) => String(error),
          ),
        { timeout: 20_000, interval: 250 },
      )
      .toBe('done');
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
    await succeeds('set-current-version', 'one', '--yes');
    await start(old);

    const workflowBundle = await changedBundle([reordered]);
    const environment = { ...rig.environment, WORKER_BUILD_ID: 'two' };
    const second = await composeWorker(workerConfig(environment), createLogger('two', 'silent'), {
      workflowBundle,
    });
    await succeeds('set-ramping-version', 'two', '--percentage', '50', '--yes');
    await start(named('ramped'));
    await expect
      .poll(async () => (await begun('one', 'ramped')) + (await begun('two', 'ramped')))
      .toBe(later);
    const ramped = [await begun('one', 'ramped'), await begun('two', 'ramped')];
    expect(Math.min(...ramped)).toBeGreaterThan(0);

    await succeeds('set-current-version', 'two', '--yes');
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
