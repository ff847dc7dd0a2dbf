import {
  createHandOverActivities,
  createOutcomeActivities,
  createPlatformActivities,
  createRecoveryActivities,
  createSweepActivities,
  type Activities,
} from '../../activities/index.ts';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { WorkerConfig } from '../config/config.ts';
import { orderOfWorkflow, type OrderId } from '../domain/identity.ts';
import { findingKinds } from '../domain/reconciliation/compare.ts';
import { signReturnToken } from '../ingress/returns/return-token.ts';
import { startAdminServer } from '../observability/admin-server.ts';
import type { Logger } from '../observability/logger.ts';
import { createMetrics, showReadiness } from '../observability/metrics.ts';
import { observePlatform } from '../observability/platform-observer.ts';
import { createWorkerMetrics } from '../observability/worker-metrics.ts';
import { createOutcomeSender, type OutcomeSender } from '../outcomes/sender.ts';
import { PaytoneClients } from '../paytone/accounts.ts';
import { connectLazily, disconnect, isReachable } from '../temporal/connection.ts';
import { WaitingOutcomes } from '../payments/waiting-outcomes.ts';
import { PaymentLedger } from '../reconciliation/ledger.ts';
import { missingParts, whyUnusable } from '../temporal/provisioning.ts';
import { surveyEvery, surveyPayments } from '../operators/survey.ts';
import { startWorker, type WorkerParts } from '../temporal/worker.ts';
import { liveServices } from './live-services.ts';
import { countWorkflows, showSurvey } from './measure-workflows.ts';
import { StartError, type RunningProcess } from './run-process.ts';

type Workflows = WorkerParts['workflows'] & {
  /** The SDK's own metrics as Prometheus text. */
  readonly sdkMetrics?: () => Promise<string>;
};

/** The worker with all that it needs, polling. */
export async function composeWorker(
  config: WorkerConfig,
  logger: Logger,
  { sdkMetrics = () => Promise.resolve(''), ...workflows }: Workflows,
): Promise<RunningProcess & { finished: Promise<void>; metrics: () => Promise<string> }> {
  const { temporal, deployment } = config;
  const own = connectLazily(temporal);
  await assertProvisioned(own, config);
  const metrics = createMetrics();
  const ofWorker = createWorkerMetrics(metrics.registry, findingKinds);
  const observe = observePlatform(metrics, logger, orderOfActivity);
  const { taskQueue, namespace } = temporal;
  const { reload, accounts, endpointsOf, ...services } = liveServices(config, logger);
  const clients = new PaytoneClients(accounts, { observe });
  const ledger = new PaymentLedger(own, taskQueue, { ...services, find: clients.findAttempts });
  const waiting = new WaitingOutcomes(own, taskQueue);
  const sender = createOutcomeSender(endpointsOf, {
    count: (answer) => ofWorker.deliveries.inc({ answer }),
    onHealth(owner, { downSince, isTaken }) {
      ofWorker.serviceDown.set({ order_service: owner }, downSince === null ? 0 : 1);
      if (isTaken) waiting.taken(owner);
      // Without it each payment goes on by itself; the next delivery asks again.
      if (downSince !== null) waiting.watch(owner, downSince).catch(() => undefined);
    },
  });
  const { activities, close } = createActivities(config, {
    ...{ ledger, clients, sender, waiting },
    accountIds: services.accountIds,
  });
  const sinks = countWorkflows(ofWorker);
  const worker = await startWorker({ target: temporal, deployment, activities, sinks, workflows });
  const isReady = async (): Promise<boolean> => worker.isPolling() && (await isReachable(own));
  showReadiness(metrics, 'worker', isReady);
  const survey = surveyEvery(
    config.surveyMs,
    () => own.withDeadline(Date.now() + 10_000, () => surveyPayments(own, temporal.taskQueue)),
    showSurvey(ofWorker),
  );
  const readMetrics = async () => `${await metrics.registry.metrics()}\n${await sdkMetrics()}`;
  const admin = await startAdminServer({ ...config.admin, isReady, metrics: readMetrics });
  logger.info({ taskQueue, namespace, buildId: deployment?.buildId }, 'worker is polling');
  return {
    finished: worker.finished,
    reload,
    metrics: readMetrics,
    async stop() {
      await Promise.all([worker.stop(), survey.stop()]);
      await Promise.all([close(), disconnect(own)]);
      admin.close();
    },
  };
}

function orderOfActivity(): { orderId?: string } {
  const { workflowExecution } = Context.current().info;
  const orderId = workflowExecution && orderOfWorkflow(workflowExecution.workflowId);
  return orderId ? { orderId } : {};
}

interface ActivityParts {
  readonly ledger: PaymentLedger;
  readonly clients: PaytoneClients;
  readonly accountIds: ReturnType<typeof liveServices>['accountIds'];
  readonly sender: OutcomeSender;
  readonly waiting: WaitingOutcomes;
}

function createActivities(
  { paytone, publicUrl }: WorkerConfig,
  { ledger, clients, accountIds, sender, waiting }: ActivityParts,
): { activities: Activities; close: () => Promise<unknown> } {
  const site = {
    callbackUrl: `${publicUrl}/callbacks/paytone`,
    returnUrlFor: (orderId: OrderId, until: number) =>
      `${publicUrl}/return/${signReturnToken(orderId, until, paytone.callbackSecrets)}`,
  };
  const activities: Activities = {
    ...createPlatformActivities(clients.of, site),
    ...createHandOverActivities(ledger),
    ...createOutcomeActivities(sender),
    ...createRecoveryActivities(waiting),
    ...createSweepActivities({ clientOf: clients.of, accountIds, ledger, testMode: paytone.testMode }),
  };
  return { activities, close: () => Promise.all([clients.close(), sender.close()]) };
}

async function assertProvisioned(client: Client, { temporal }: WorkerConfig): Promise<void> {
  const missing = await client
    .withDeadline(Date.now() + 10_000, () => missingParts(client))
    .catch((error: unknown) => {
      throw new StartError(whyUnusable(error, temporal));
    });
  if (missing.length > 0) {
    await disconnect(client);
    throw new StartError(`The namespace lacks ${missing.join(' and ')}: run "npm run provision".`);
  }
}
