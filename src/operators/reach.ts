import type { Client } from '@temporalio/client';
import { within } from '../temporal/deadline.ts';
import { whyUnusable } from '../temporal/provisioning.ts';

/** What operators look at. */
export interface Target {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
}

/** Temporal, the namespace or the task queue is not there, or no worker is; the message says what to do. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

const describeMs = 5_000;

/**
 * Why nobody goes on with the payments of the queue; null where a worker polls it.
 *
 * @throws UnreachableError where Temporal or the namespace cannot be used.
 */
export async function missingWorkers(client: Client, target: Target): Promise<string | null> {
  const { namespace, taskQueue } = target;
  const asked = client.withDeadline(Date.now() + describeMs, () =>
    client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
    }),
  );
  const { pollers } = await within(describeMs, asked).catch((error: unknown) => {
    throw new UnreachableError(whyUnusable(error, target));
  });
  if (pollers.length > 0) return null;
  return (
    `No worker polls the task queue ${taskQueue} of the namespace ${namespace}: nothing goes on there. ` +
    'Check TEMPORAL_TASK_QUEUE and TEMPORAL_NAMESPACE, or start a worker (docs/runbook/PaytoneWorkerNotPolling.md).'
  );
}
