import {
  createOutcomeActivities,
  createPlatformActivities,
  createSweepActivities,
  type Activities,
} from '../../activities/index.ts';
import type { Client } from '@temporalio/client';
import type { WorkerConfig } from '../config.ts';
import type { OrderId } from '../domain/identity.ts';
import { signReturnToken } from '../ingress/return-token.ts';
import { startAdminServer } from '../observability/admin-server.ts';
import type { Logger } from '../observability/logger.ts';
import { createMetrics } from '../observability/metrics.ts';
import { observePlatform } from '../observability/platform-observer.ts';
import { createOutcomeSender, type OutcomeSender } from '../outcome/sender.ts';
import { createPaytoneClient } from '../paytone/client.ts';
import { connectLazily } from '../temporal/connection.ts';
import { abandonedCalls } from '../temporal/deadline.ts';
import { PaymentLedger } from '../temporal/payment-ledger.ts';
import { missingParts } from '../temporal/provisioning.ts';
import { startWorker, type WorkerParts } from '../temporal/worker.ts';
import { StartError, type RunningProcess } from './run-process.ts';

const nowhere: OutcomeSender = {
  send: () => Promise.resolve({ kind: 'failed', why: 'this worker has no OUTCOME_URL' }),
  close: () => Promise.resolve(),
};

/** The worker with all that it needs, polling. */
export async function composeWorker(
  config: WorkerConfig,
  logger: Logger,
  workflows: WorkerParts['workflows'],
): Promise<RunningProcess & { finished: Promise<void> }> {
  const { temporal, paytone, publicUrl, outcome, deployment } = config;
  const sweeper = connectLazily(temporal);
  await assertProvisioned(sweeper, config);
  const metrics = createMetrics();
  const client = createPaytoneClient(paytone, { observe: observePlatform(metrics, logger) });
  const sender = outcome ? createOutcomeSender(outcome) : nowhere;
  const site = {
    callbackUrl: `${publicUrl}/callbacks/paytone`,
    returnUrlFor: (orderId: OrderId, until: number) =>
      `${publicUrl}/return/${signReturnToken(orderId, until, paytone.callbackSecrets)}`,
  };
  const activities: Activities = {
    ...createPlatformActivities(client, site),
    ...createOutcomeActivities(sender),
    ...createSweepActivities({
      client,
      ledger: new PaymentLedger(sweeper, temporal.taskQueue),
      testMode: paytone.testMode,
    }),
  };
  const worker = await startWorker({ target: temporal, deployment, activities, workflows });
  const admin = await startAdminServer({
    port: config.adminPort,
    isReady: worker.isPolling,
    metrics: () => metrics.registry.metrics(),
  });
  const { taskQueue, namespace } = temporal;
  logger.info({ taskQueue, namespace, buildId: deployment?.buildId }, 'worker is polling');
  return {
    finished: worker.finished,
    async stop() {
      await worker.stop();
      await abandonedCalls();
      await Promise.all([client.close(), sender.close(), sweeper.connection.close()]);
      admin.close();
      admin.closeAllConnections();
    },
  };
}

async function assertProvisioned(client: Client, { temporal }: WorkerConfig): Promise<void> {
  const missing = await client
    .withDeadline(Date.now() + 10_000, () => missingParts(client))
    .catch(() => {
      throw new StartError(
        `Temporal at ${temporal.address} (namespace ${temporal.namespace}) cannot be reached. Check TEMPORAL_ADDRESS.`,
      );
    });
  if (missing.length > 0) {
    await client.connection.close();
    throw new StartError(`The namespace lacks ${missing.join(' and ')}: run "npm run provision".`);
  }
}
