import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { workerConfig } from '../../src/config/config.ts';
import type { TemporalServer } from '../../src/dev/temporal-server.ts';
import { composeWorker } from '../../src/main/compose-worker.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { changedBundle, type Edit } from '../support/changed-workflows.ts';
import { versionCommand } from '../support/worker-versions.ts';
import { card, set } from './cases/play.ts';
import { fastForward, startSkippingServer } from './sequences/skipping.ts';
import { startStage, type Stage } from './sequences/stage.ts';

/** `PAYMENTS=500 DAYS=90 npx vitest run test/system/upgrades.test.ts` is the whole drill. */
const count = Number(env['PAYMENTS'] ?? 20);
const days = Number(env['DAYS'] ?? 8);
const versions = ['v1', 'v2', 'v3', 'v4', 'v5'] as const;
const newest = 'v5';

/** Each version asks once more by reference before it asks by id: no history of one replays under another. */
const asksMore = (times: number): Edit => ({
  file: 'workflows/payment/perform.ts',
  from: 'const byId = watched.seen &&',
  to: `${'await askByReference(subject, watched);\n  '.repeat(times)}const byId = watched.seen &&`,
});

type Versioned = Awaited<ReturnType<typeof composeWorker>>;

describe(`${versions.length} versions under ${count} payments, of which a tenth is in review for ${days} days`, () => {
  let server: TemporalServer;
  let stage: Stage;
  const workers: Versioned[] = [];
  beforeAll(async () => {
    server = await startSkippingServer(['matching.wv.VersionDrainageStatusRefreshInterval="1s"']);
    const settings = { TEMPORAL_ADDRESS: server.address, ORDER_API_RATE_LIMIT: '1000000' };
    // Each history replays under its own version alone.
    stage = await startStage({ ...settings, WORKER_BUILD_ID: versions[0] }, { replayed: 0 });
  });
  afterAll(async () => {
    for (const worker of workers) await worker.stop();
    await stage.close();
    await server.stop();
  });

  async function roll(version: string, place: number): Promise<void> {
    if (place > 0) {
      const workflowBundle = await changedBundle([asksMore(place)]);
      const environment = { ...stage.environment, WORKER_BUILD_ID: version };
      const logger = createLogger(version, 'silent');
      workers.push(await composeWorker(workerConfig(environment), logger, { workflowBundle }));
    }
    const makeCurrent = versionCommand({ executable: inject('temporalCliPath'), address: server.address });
    await makeCurrent('set-current-version', version, '--yes');
  }

  async function inTurns(
    orders: readonly string[],
    act: (orderId: string) => Promise<unknown>,
  ): Promise<void> {
    const left = [...orders];
    const lane = async (): Promise<void> => {
      for (let orderId = left.pop(); orderId !== undefined; orderId = left.pop()) await act(orderId);
    };
    await Promise.all(Array.from({ length: 10 }, lane));
  }

  const begin = (orders: readonly string[]) => inTurns(orders, (orderId) => stage.put(orderId, card));
  const settle = async (orders: readonly string[]): Promise<void> => {
    await inTurns(orders, (orderId) => set(stage, orderId, 'processed'));
    await inTurns(orders, (orderId) => stage.outcomes.arrival(orderId, 'payment.paid'));
  };
  const isOn = (orderId: string, version: string) =>
    stage.count(
      `WorkflowId = 'payment-${orderId}' AND ExecutionStatus = 'Running' AND TemporalWorkerDeploymentVersion = 'paytone-payments:${version}'`,
    );

  async function failedTasks(orderId: string): Promise<number> {
    let failed = 0;
    const query = `WorkflowId = 'payment-${orderId}'`;
    for await (const { runId } of stage.temporal.workflow.list({ query })) {
      const history = await stage.temporal.workflow.getHandle(`payment-${orderId}`, runId).fetchHistory();
      failed += (history.events ?? []).filter((event) => event.workflowTaskFailedEventAttributes).length;
    }
    return failed;
  }

  it('leaves none stuck, and every review with the newest', async () => {
    const orders = Array.from({ length: count }, () => stage.newOrder());
    const reviewed = orders.slice(0, Math.ceil(count / 10));
    const waiting = orders.slice(reviewed.length);
    const perVersion = Math.ceil(waiting.length / versions.length);

    for (const [place, version] of versions.entries()) {
      await roll(version, place);
      if (place === 0) {
        await begin(orders);
        await inTurns(reviewed, (orderId) => set(stage, orderId, 'partially_processed'));
        await inTurns(reviewed, (orderId) => stage.outcomes.arrival(orderId, 'payment.review'));
      }
      await inTurns(reviewed, async (orderId) => {
        // A run ends within the day: more than the days that are to pass.
        for (let day = 0; day <= days / versions.length; day += 1)
          await fastForward(stage, `payment-${orderId}`, 25);
      });
      await settle(waiting.slice(place * perVersion, (place + 1) * perVersion));
    }

    for (const orderId of reviewed)
      await expect.poll(() => isOn(orderId, newest), { timeout: 20_000 }).toBe(1);
    await inTurns(reviewed, (orderId) => stage.decide(orderId, 'accept'));
    await inTurns(reviewed, (orderId) => stage.outcomes.arrival(orderId, 'payment.paid'));
    await inTurns(orders, (orderId) => stage.handle(orderId).result());
    let failed = 0;
    await inTurns(orders, async (orderId) => void (failed += await failedTasks(orderId)));
    // eslint-disable-next-line no-console
    console.log(
      `${count} payments, ${reviewed.length} of them reviewed for ${days} days: ${failed} failed workflow tasks, none stuck, all reviews on ${newest}`,
    );
    expect(failed).toBe(0);
  }, 3_600_000);
});
