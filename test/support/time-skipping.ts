import { randomUUID } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type ActivityInboundCallsInterceptor } from '@temporalio/worker';
import { inject } from 'vitest';
import {
  createHandOverActivities,
  createOutcomeActivities,
  createPlatformActivities,
} from '../../activities/index.ts';
import { toOrderId, workflowIdFor } from '../../src/domain/identity.ts';
import type { Outcome } from '../../src/domain/payment/outcome.ts';
import type { Payment, PaymentInput, Policy } from '../../src/domain/payment/payment.ts';
import type { Terms } from '../../src/domain/payment/terms.ts';
import type { DeliveryAnswer } from '../../src/outcomes/sender.ts';
import { createPaytoneClient } from '../../src/paytone/client.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { PaymentLedger } from '../../src/reconciliation/ledger.ts';
import { addAttributes } from '../../src/temporal/register-search-attributes.ts';
import { payment } from '../../workflows/index.ts';
import { awaitRedirect, paymentRecord, type Continuation } from '../../workflows/messages.ts';
import { inputOf } from './payment-facts.ts';
import { account, replay, plainBundle } from './rig.ts';
import { silentSinks } from './silent-sinks.ts';
import { sandboxControl } from './sandbox-control.ts';

const policy: Policy = {
  account: account.id,
  ttlSeconds: 1800,
  maxAttempts: 1,
  pollPausesSeconds: [120, 300, 600, 900],
  testMode: true,
  latePayment: 'review',
  paidAfterCancel: 'refund',
  redirects: { httpsOnly: false, hosts: null },
  tellsOutcomes: true,
  paidTwice: 'review',
};

type Handle = Pick<WorkflowHandle<typeof payment>, 'query' | 'executeUpdate'>;

/**
 * The workflow on Temporal's time-skipping server; the sandbox lives in the same, skipped time. `callTimeoutMs` is
 * short where the sandbox is to leave calls without an answer. `taskTimeoutMs` is of skipped time, in which a
 * minute may pass while a task is at its worker: by the usual limit it may come again and again, with an ever longer
 * history. Temporal takes two minutes at most.
 */
export async function startTimeSkipping({ callTimeoutMs = 10_000, taskTimeoutMs = 10_000 } = {}) {
  let now = Date.now();
  const sandbox = await startSandbox({ port: 0, account, now: () => now });
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: inject('timeSkippingServerPath') } },
  });
  await addAttributes(env.client);
  const clientAt = (url: string) =>
    createPaytoneClient(
      { ...account, accountId: account.id, url },
      { limits: { callTimeoutMs }, now: () => now },
    );
  const client = clientAt(sandbox.url);
  const nowhere = clientAt('http://127.0.0.1:1');
  const refused = new Set<string>();
  let killed: 'before' | 'after' | null = null;
  const told: Outcome[] = [];
  let deliver: (outcome: Outcome) => DeliveryAnswer = () => ({ kind: 'accepted' });
  const deliveries: { orderId: string; at: number }[] = [];
  const send = (outcome: Outcome): Promise<DeliveryAnswer> => {
    deliveries.push({ orderId: outcome.data.orderId, at: now });
    const answer = deliver(outcome);
    if (answer.kind === 'accepted') told.push(outcome);
    return Promise.resolve(answer);
  };
  const site = { callbackUrl: 'http://127.0.0.1:9/none', returnUrlFor: () => 'http://127.0.0.1:9/return' };
  const taskQueue = `skip-${randomUUID()}`;
  const looksAt: number[] = [];
  const platform = createPlatformActivities(
    () => client,
    site,
    () => now,
  );
  const unreachable = createPlatformActivities(
    () => nowhere,
    site,
    () => now,
  );
  /** As a worker that died: no answer that says anything (a real one is killed in test/system; here it would stop the clock). */
  const dieIn: Required<ActivityInboundCallsInterceptor>['execute'] = async (input, next) => {
    const when = killed;
    killed = null;
    if (when === 'after') await next(input).catch(() => undefined);
    throw new Error('the worker died');
  };
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: plainBundle(),
    sinks: silentSinks,
    activities: {
      ...platform,
      ...createHandOverActivities(new PaymentLedger(env.client, taskQueue)),
      ...createOutcomeActivities({ send, close: () => Promise.resolve() }, () => now),
    },
    interceptors: {
      activity: [
        () => ({
          inbound: {
            execute: async (input, next) => {
              const { currentAttemptScheduledTimestampMs } = activityInfo();
              now = currentAttemptScheduledTimestampMs;
              if (/^(get|find)Invoice$/.test(activityInfo().activityType)) looksAt.push(now);
              const { activityType } = activityInfo();
              if (killed && activityType !== 'deliverOutcome') return dieIn(input, next);
              if (refused.delete(activityType)) {
                return { ...unreachable }[activityType as keyof typeof unreachable](
                  ...(input.args as [never, never]),
                );
              }
              return next(input);
            },
          },
        }),
      ],
    },
  });
  const running = worker.run();
  const ids: string[] = [];
  const newOrderId = () => toOrderId(`T${randomUUID()}`);
  return {
    env,
    taskQueue,
    sandbox: sandboxControl(sandbox.url),
    told,
    looksAt,
    deliveries,
    deliverBy: (answer: typeof deliver) => void (deliver = answer),
    sandboxUrl: sandbox.url,
    /** The sandbox's clock follows the activities; this brings it to the server's own time. */
    syncClock: async () => void (now = await env.currentTimeMs()),
    /** A client of its own, whose circuits are closed; or one that finds nobody listening. */
    newClient: ({ unreachable = false } = {}) => clientAt(unreachable ? 'http://127.0.0.1:1' : sandbox.url),
    /** The next activity of that type finds nobody listening. */
    refuseNext: (activityType: string) => void refused.add(activityType),
    newOrderId,
    /** The worker dies in its next call of the platform, before or after the call. */
    killNext: (when: 'before' | 'after') => void (killed = when),
    async start(terms: Partial<Terms> = {}, more: Partial<Policy> = {}, orderId = newOrderId()) {
      const workflowId = workflowIdFor(orderId);
      const input = { ...inputOf(terms, { ...policy, ...more }), orderId, owner: 'test' };
      ids.push(workflowId);
      return env.client.workflow.start(payment, {
        args: [input],
        workflowId,
        taskQueue,
        workflowTaskTimeout: taskTimeoutMs,
      });
    },
    /** A payment as a run before has left it. */
    continued(payment: Payment, input: PaymentInput) {
      const workflowId = workflowIdFor(input.orderId);
      ids.push(workflowId);
      const args: [PaymentInput, Continuation] = [input, payment];
      return env.client.workflow.start('payment', { args, workflowId, taskQueue });
    },
    /** The id of a payment's invoice, once there is one. */
    async invoiceIdOf(handle: Handle): Promise<string> {
      const { terms } = await handle.query(paymentRecord);
      const { payment: made } = await handle.executeUpdate(awaitRedirect, {
        args: [{ owner: 'test', terms }],
      });
      if (made.invoiceId === null) throw new Error('created without an invoice');
      return made.invoiceId;
    },
    /** One that is paid and closed, and how its aftermath is started. */
    async paid() {
      const handle = await this.start();
      const invoiceId = await this.invoiceIdOf(handle);
      await this.sandbox.setStatus(invoiceId, 'processed');
      const { input, ...ended } = await handle.result();
      const options = {
        workflowId: `aftermath-${input.orderId}`,
        taskQueue,
        workflowTaskTimeout: taskTimeoutMs,
        args: [input, ended] as [PaymentInput, Continuation],
      };
      return { invoiceId, options };
    },
    async close() {
      worker.shutdown();
      await running;
      const histories = await Promise.all(
        ids.map(async (workflowId) => ({
          workflowId,
          history: await env.client.workflow.getHandle(workflowId).fetchHistory(),
        })),
      );
      await env.teardown();
      await Promise.all([client.close(), nowhere.close()]);
      await sandbox.close();
      await replay(histories);
    },
  };
}

export type TimeSkipping = Awaited<ReturnType<typeof startTimeSkipping>>;
