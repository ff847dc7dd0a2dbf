import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { activityInfo } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Activities } from '../../../activities/index.ts';
import { ingressConfig } from '../../../src/config/config.ts';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { timeSkippingServer } from '../../../src/dev/temporal-program.ts';
import { composeIngress } from '../../../src/main/compose-ingress.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { orderOfReference } from '../../../src/domain/identity.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { CallbackInbox } from '../../../src/payments/callback-inbox.ts';
import { OperatorClient } from '../../../src/operators/operator-client.ts';
import { PaymentReader } from '../../../src/payments/payment-reader.ts';
import { addAttributes } from '../../../src/temporal/register-search-attributes.ts';
import type { Policy } from '../plan.ts';
import { silentSinks } from '../../support/silent-sinks.ts';
import { Agenda } from './agenda.ts';
import { apiKey } from './cast.ts';
import { metronome, sooner } from './metronome.ts';
import type { SandboxLedger } from './sandbox-ledger.ts';
import { account } from './site.ts';
import { SkippedTime } from './skipped-time.ts';

const taskQueue = 'payments';
const metronomeQueue = 'metronome';
const bundleOf = (path: string): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL(path, import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });

/** Whose calls a worker makes, by the workflow that asks for them. */
type Dispatch = (workflowId: string, name: keyof Activities, args: readonly unknown[]) => Promise<unknown>;

export interface EnvironmentOptions {
  /** So few payments stay with the worker that each is replayed again and again. */
  readonly cached: number;
  /** How wrong the ingress's clock is. */
  readonly ingressAheadMs: number;
  readonly dispatch: Dispatch;
}

const activityNames = [
  ...['offerServices', 'createInvoice', 'prepareForm', 'getInvoice', 'findInvoice', 'refundInvoice'],
  'deliverOutcome',
] as (keyof Activities)[];

/**
 * The server skips no time any more, as once in some hundred payments: it stands still, with no task open and a timer
 * due, or its time passes as the real one does, until it is unlocked once more.
 */
export class StandstillError extends Error {
  override readonly name = 'StandstillError';
}
const standstillMs = 90_000;
/** What time gains on the real one where any is skipped. */
const leastSkippedMs = 10_000;

/** The real workflows on the server that skips time, the real ingress before it, and the metronome beside them. */
export async function startEnvironment({ cached, ingressAheadMs, dispatch }: EnvironmentOptions) {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
  const time = new SkippedTime();
  time.rule(ingressAheadMs);
  const agenda = new Agenda(time);
  const { path } = await findTemporalProgram(timeSkippingServer, {
    environment: env,
    onProgress: () => undefined,
  });
  const server = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  const { testService: skipping } = server.connection;
  if (!skipping) throw new Error('this server skips no time');
  const client = new Client({ connection: server.connection });
  await addAttributes(client);
  const nobody = await startSandbox({ port: 0, account, now: () => time.now });
  const policy = {};
  const ingress = await startIngress(server.address, nobody.url, policy);
  const inbox = new CallbackInbox(client, taskQueue, {
    ...{ reader: new PaymentReader(client), archive: null },
    others: () => [],
  });
  const [ofPayments, ofMetronome] = [
    await bundleOf('../../../workflows/index.ts'),
    await bundleOf('metronome.ts'),
  ];
  const common = { connection: server.nativeConnection, sinks: silentSinks } as const;
  const activities = Object.fromEntries(
    activityNames.map((name) => [
      name,
      (...args: unknown[]) => {
        movedAt = performance.now();
        const { workflowExecution, currentAttemptScheduledTimestampMs } = activityInfo();
        time.reach(currentAttemptScheduledTimestampMs);
        return dispatch(workflowExecution?.workflowId ?? '', name, args);
      },
    ]),
  );
  let movedAt = performance.now();
  let stopped: Error | null = null;
  /** Rejects when nothing has happened for so long, or the round was stopped. */
  function standstill() {
    let timer: NodeJS.Timeout | undefined;
    let skipped = { ahead: time.now - performance.now(), at: performance.now() };
    const come = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        if (stopped) reject(stopped);
        const now = performance.now();
        const ahead = time.now - now;
        if (ahead - skipped.ahead > leastSkippedMs) skipped = { ahead, at: now };
        if (now - Math.min(movedAt, skipped.at) > standstillMs) reject(new StandstillError());
      }, 1_000);
    });
    return { come, stop: () => clearInterval(timer) };
  }
  const beat = async () => {
    movedAt = performance.now();
    time.reach(activityInfo().currentAttemptScheduledTimestampMs);
    await agenda.doWhatIsDue();
    if (agenda.nextAt === null) await skipping.lockTimeSkipping({});
    return { next: agenda.nextAt };
  };
  const workers = [
    await Worker.create({
      ...common,
      taskQueue,
      activities,
      workflowBundle: ofPayments,
      maxCachedWorkflows: cached,
    }),
    await Worker.create({
      ...common,
      taskQueue: metronomeQueue,
      activities: { beat },
      workflowBundle: ofMetronome,
    }),
  ];
  const running = workers.map((worker) => worker.run());
  return {
    time,
    agenda,
    client,
    ingressUrl: ingress.url,
    operators: new OperatorClient(client, { address: 'skipping', namespace: 'default', taskQueue }),
    /** What the ingress has the payments go by that it starts from now on. */
    setPolicy: (next: Policy) => void Object.assign(policy, next),
    /** The daily reconciliation has each invoice looked at whose state goes beyond what the payment knows. */
    async sweep(ledger: readonly SandboxLedger[]): Promise<void> {
      for (const { asked, source } of ledger) {
        const reference = orderOfReference(asked.reference);
        if (!reference) continue;
        const news = { status: source.status, updated: source.updated, source: 'sweep' as const };
        await inbox.receive(reference, news, account.id).catch(() => undefined);
      }
    },
    /** Whether nothing of the order's payment runs any more. */
    async isOver(orderId: string): Promise<boolean> {
      const states = await Promise.all(
        idsOf(orderId).map((id) =>
          client.workflow
            .getHandle(id)
            .describe()
            .catch(() => null),
        ),
      );
      return states.every((state) => state?.status.name !== 'RUNNING');
    },
    /** Its reviews and reminders would go on for ever. */
    async forget(orderId: string): Promise<void> {
      for (const id of idsOf(orderId))
        await client.workflow
          .getHandle(id)
          .terminate()
          .catch(() => undefined);
    },
    /** No payment can go on. */
    stop: (fault: string): void => void (stopped ??= new Error(fault)),
    /** Lets time go on until nothing is to happen any more. */
    async play(name: string): Promise<void> {
      time.reach(await server.currentTimeMs());
      const handle = await client.workflow.start(metronome, {
        workflowId: name,
        taskQueue: metronomeQueue,
        args: [agenda.nextAt ?? time.now],
      });
      agenda.onSooner = (at) => void handle.signal(sooner, at).catch(() => undefined);
      await skipping.unlockTimeSkipping({});
      movedAt = performance.now();
      const watch = standstill();
      await Promise.race([handle.result(), watch.come]).finally(watch.stop);
      agenda.onSooner = () => undefined;
    },
    /** After a standstill: what the workers wait for never comes, so the process has to end by itself. */
    abandon: (): Promise<void> => server.teardown(),
    async close(): Promise<void> {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await ingress.stop();
      await nobody.close();
      await server.teardown();
    },
  };
}

const idsOf = (orderId: string): string[] => [`payment-${orderId}`, `aftermath-${orderId}`];

export type Environment = Awaited<ReturnType<typeof startEnvironment>>;

async function startIngress(temporal: string, paytone: string, policy: Partial<Policy>) {
  const config = ingressConfig({
    TEMPORAL_ADDRESS: temporal,
    TEMPORAL_TASK_QUEUE: taskQueue,
    PAYTONE_URL: paytone,
    PAYTONE_ACCOUNT_ID: account.id,
    PAYTONE_PRIVATE_KEY: account.privateKey,
    PAYTONE_PUBLIC_KEY: account.publicKey,
    OUTCOME_URL: 'http://127.0.0.1:9/',
    ORDER_API_KEYS: `shop=${apiKey}`,
    ORDER_API_RATE_LIMIT: '10000000',
    PORT: '0',
    ADMIN_PORT: '0',
  });
  Object.assign(policy, { ...config.policy, ...policy });
  return composeIngress(
    { ...config, policy: policy as typeof config.policy },
    createLogger('simulation', 'silent'),
  );
}
