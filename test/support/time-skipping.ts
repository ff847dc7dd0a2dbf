import { randomUUID } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import { createOutcomeActivities, createPlatformActivities } from '../../activities/index.ts';
import { toOrderId, workflowIdFor } from '../../src/domain/identity.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { PaymentInput, Policy } from '../../src/domain/payment.ts';
import type { Terms } from '../../src/domain/terms.ts';
import type { Delivery } from '../../src/outcome/sender.ts';
import { createPaytoneClient } from '../../src/paytone/client.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { addAttributes } from '../../src/temporal/search-attributes.ts';
import { payment } from '../../workflows/index.ts';
import { account, replay, workflowsPath } from './rig.ts';
import { sandboxControl } from './sandbox-control.ts';

const policy: Policy = {
  ttlSeconds: 1800,
  maxAttempts: 1,
  pollPausesSeconds: [120, 300, 600, 900],
  testMode: true,
  redirects: { httpsOnly: false, hosts: null },
  tellsOutcomes: true,
};

/** The workflow on Temporal's time-skipping server; the sandbox lives in the same, skipped time. */
export async function startTimeSkipping() {
  let now = Date.now();
  const sandbox = await startSandbox({ port: 0, account, now: () => now });
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: inject('timeSkippingServerPath') } },
  });
  await addAttributes(env.client);
  const client = createPaytoneClient({ ...account, accountId: account.id, url: sandbox.url });
  const told: Outcome[] = [];
  let deliver = (): Delivery => ({ kind: 'accepted' });
  const send = (outcome: Outcome): Promise<Delivery> => {
    const answer = deliver();
    if (answer.kind === 'accepted') told.push(outcome);
    return Promise.resolve(answer);
  };
  const site = { callbackUrl: 'http://127.0.0.1:9/none', returnUrlFor: () => 'http://127.0.0.1:9/return' };
  const taskQueue = `skip-${randomUUID()}`;
  const looksAt: number[] = [];
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowsPath,
    activities: {
      ...createPlatformActivities(client, site, () => now),
      ...createOutcomeActivities({ send, close: () => Promise.resolve() }),
    },
    interceptors: {
      activity: [
        () => ({
          inbound: {
            execute: (input, next) => {
              now = activityInfo().currentAttemptScheduledTimestampMs;
              if (/^(get|find)Invoice$/.test(activityInfo().activityType)) looksAt.push(now);
              return next(input);
            },
          },
        }),
      ],
    },
  });
  const running = worker.run();
  const ids: string[] = [];
  return {
    env,
    sandbox: sandboxControl(sandbox.url),
    told,
    looksAt,
    deliverBy: (answer: () => Delivery) => void (deliver = answer),
    async start(terms: Partial<Terms> = {}, more: Partial<Policy> = {}) {
      const orderId = toOrderId(`T${randomUUID()}`);
      const workflowId = workflowIdFor(orderId);
      const input: PaymentInput = {
        orderId,
        owner: 'test',
        requestId: 'request',
        terms: {
          amount: { minor: 10_055, currency: 'USD' },
          service: 'payment_card_usd_hpp',
          flow: 'charge',
          channel: 'private',
          locale: 'en',
          ...terms,
        },
        policy: { ...policy, ...more },
      };
      ids.push(workflowId);
      return env.client.workflow.start(payment, { args: [input], workflowId, taskQueue });
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
      await client.close();
      await sandbox.close();
      await replay(histories);
    },
  };
}

export type TimeSkipping = Awaited<ReturnType<typeof startTimeSkipping>>;
