import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { fetch } from 'undici';
import { inject } from 'vitest';
import { ingressConfig, temporalConfig, workerConfig } from '../../src/config/config.ts';
import { toAccountId, toForeignReference, toOrderId, workflowIdFor } from '../../src/domain/identity.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import type { PaymentView } from '../../src/domain/payment/payment-view.ts';
import { composeIngress } from '../../src/main/compose-ingress.ts';
import { composeWorker } from '../../src/main/compose-worker.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import {
  connectLazily,
  dataConverterFor,
  disconnect,
  type TemporalTarget,
} from '../../src/temporal/connection.ts';
import { startOutcomeReceiver } from './outcome-receiver.ts';
import './quiet-temporal.ts';
import { policyIn } from './policy.ts';
import { sandboxControl } from './sandbox-control.ts';
import { silentSinks } from './silent-sinks.ts';

export const account = { id: toAccountId('coma_test'), privateKey: 'sk_test_rig', publicKey: 'pk_test_rig' };
const apiKey = 'key-of-the-rig';
const defaults = { flow: 'charge', channel: 'private', locale: 'en' };
const outcomeSecret = 'whsec_cmlnLXJpZy1yaWctcmlnLXJpZy1yaWctcmlnLTE=';
/** Today's workflows as production bundles them, and with the SDK's own converters. */
export const workflowBundle = () => ({ codePath: inject('workflowBundles').production });
export const plainBundle = () => ({ codePath: inject('workflowBundles').plain });

export interface Answer {
  readonly status: number;
  readonly body: PaymentView & {
    readonly type?: string;
    readonly detail?: string;
    readonly errors?: { field: string; message: string }[];
  };
}

interface RigOptions {
  readonly replayed?: number;
  /** The platform's clock: epoch milliseconds. */
  readonly platformNow?: () => number;
}

/** The whole product on the run's development server: sandbox, worker, ingress and an order service's receiver. */
export async function startRig(
  settings: Record<string, string> = {},
  { replayed = Infinity, platformNow = Date.now }: RigOptions = {},
) {
  const taskQueue = `rig-${randomUUID()}`;
  const logger = createLogger('rig', 'silent');
  const sandbox = await startSandbox({ port: 0, account, callbackRetryMs: 200, now: platformNow });
  const receiver = await startOutcomeReceiver(outcomeSecret);
  const environment: Record<string, string> = {
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_TASK_QUEUE: taskQueue,
    PAYTONE_URL: sandbox.url,
    PAYTONE_ACCOUNT_ID: account.id,
    PAYTONE_PRIVATE_KEY: account.privateKey,
    PAYTONE_PUBLIC_KEY: account.publicKey,
    OUTCOME_URL: receiver.url,
    OUTCOME_SECRETS: outcomeSecret,
    ORDER_API_KEYS: `rig=${apiKey},other=key-of-another`,
    RETURN_URL_ORIGINS: 'https://shop.example',
    PORT: '0',
    PAYLOAD_KEYS: 'rig=cmlnLXJpZy1yaWctcmlnLXJpZy1yaWctcmlnLXJpZyE=',
    ADMIN_PORT: '0',
    ...settings,
  };
  const ingress = await composeIngress(ingressConfig(environment), logger);
  environment['PUBLIC_URL'] = ingress.url;
  const control = sandboxControl(sandbox.url);
  // Invoices of the public API and of the form name no callback URL: the account's own is used.
  await control.account({ defaultCallbackUrl: `${ingress.url}/callbacks/paytone` });
  const startWorker = () =>
    composeWorker(workerConfig(environment), logger, { workflowBundle: workflowBundle() });
  let worker: Awaited<ReturnType<typeof startWorker>> | null = await startWorker();
  const temporal = connectLazily(workerConfig(environment).temporal);
  const orders = new Set<string>();
  const others: string[] = [];

  const call = async (method: string, path: string, body?: unknown, key = apiKey): Promise<Answer> => {
    const answer = await fetch(`${ingress.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };

  return {
    ingressUrl: ingress.url,
    /** Prometheus text of both processes. */
    metrics: async (): Promise<string> => `${await ingress.metrics()}\n${await worker?.metrics()}`,
    /** Of one process each; null where it does not run. */
    metricsOf: {
      ingress: (): Promise<string> => ingress.metrics(),
      worker: (): Promise<string | null> => worker?.metrics() ?? Promise.resolve(null),
    },
    apiKey,
    environment,
    sandbox: { url: sandbox.url, ...control },
    outcomes: receiver,
    temporal,
    call,
    newOrder: (): string => {
      const orderId = `A${randomUUID()}`;
      orders.add(orderId);
      return orderId;
    },
    /** Another workflow whose history is to be replayed at the end. */
    replays: (workflowId: string): void => void others.push(workflowId),
    put: (orderId: string, terms: object = {}) =>
      call('PUT', `/v1/payments/${orderId}`, { amount: { value: '100.55', currency: 'USD' }, ...terms }),
    /** Starts a payment as `put` does, without waiting for its redirect. */
    begin: (orderId: string, terms: object = {}) =>
      temporal.workflow.start('payment', {
        workflowId: workflowIdFor(toOrderId(orderId)),
        taskQueue,
        args: [
          {
            orderId,
            owner: 'rig',
            requestId: orderId,
            terms: { amount: { minor: 10_055, currency: 'USD' }, ...defaults, ...terms },
            policy: { ...policyIn(environment), tellsOutcomes: true },
          },
        ],
      }),
    /** Open workflows of this rig that a visibility query finds. */
    count: async (query: string): Promise<number> =>
      (await temporal.workflow.count(`TaskQueue = '${taskQueue}' AND ${query}`)).count,
    get: (orderId: string) => call('GET', `/v1/payments/${orderId}`),
    handle: (orderId: string) => temporal.workflow.getHandle(workflowIdFor(toOrderId(orderId))),
    async stopWorker() {
      await worker?.stop();
      worker = null;
    },
    async startWorker() {
      worker ??= await startWorker();
    },
    /** Stops everything and replays the history of every order (or of `replayed`) against today's workflows. */
    async close() {
      await ingress.stop();
      await worker?.stop();
      const histories = await historiesOf([...orders].slice(0, replayed));
      await disconnect(temporal);
      receiver.close();
      await sandbox.close();
      await replay(histories, temporalConfig(environment).payloadKeys);
    },
  };

  async function historiesOf(orderIds: string[]) {
    const found = [];
    const ids = orderIds.flatMap((id) => [
      `payment-${id}`,
      `aftermath-${id}`,
      unknownReferenceIdFor(toForeignReference(id)),
    ]);
    for (const workflowId of [...ids, ...others]) {
      const history = await temporal.workflow
        .getHandle(workflowId)
        .fetchHistory()
        .catch(() => null);
      if (history) found.push({ workflowId, history });
    }
    return found;
  }
}

export type Rig = Awaited<ReturnType<typeof startRig>>;

type Histories = Parameters<typeof Worker.runReplayHistories>[1];

/** Fails where today's code would decide otherwise than the code that wrote a history. */
export async function replay(
  histories: Histories,
  payloadKeys: TemporalTarget['payloadKeys'] = [],
): Promise<void> {
  const dataConverter = dataConverterFor({ payloadKeys });
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: workflowBundle(), dataConverter, sinks: silentSinks },
    histories,
  )) {
    if (error)
      throw new Error(`history of ${workflowId} does not replay: ${error.message}`, { cause: error });
  }
}
