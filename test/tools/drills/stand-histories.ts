import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { z } from 'zod';
import { dataConverterFor } from '../../../src/temporal/connection.ts';
import { payloadKey, type Stand } from './stand.ts';

// A replay that fails is told in one line; the SDK's own lines would bury it.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});

type Histories = Parameters<typeof Worker.runReplayHistories>[1];
type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

const codePath = fileURLToPath(new URL('../../../dist/workflow-bundle.js', import.meta.url));

/** What gRPC says of a workflow that is not there. */
const notFound = z.object({ code: z.literal(5) });

const startOf = ({ events }: History) => events?.[0]?.workflowExecutionStartedEventAttributes;

/** The histories of all runs of a workflow, the latest first; none where there is no such workflow. */
async function runsOf(client: Client, workflowId: string): Promise<History[]> {
  const runs: History[] = [];
  for (let runId: string | undefined; ;) {
    const history = await client.workflow
      .getHandle(workflowId, runId)
      .fetchHistory()
      .catch((error: unknown) => {
        if (notFound.safeParse(error).success) return null;
        throw error;
      });
    if (history) runs.push(history);
    runId = (history && startOf(history)?.continuedExecutionRunId) || undefined;
    if (runId === undefined) return runs;
  }
}

/** Events of each run of an order's payment, the first run first. */
export async function eventsOf({ client }: Stand, orderId: string): Promise<number[]> {
  const runs = await runsOf(client, `payment-${orderId}`);
  return runs.map(({ events }) => events?.length ?? 0).reverse();
}

/** Replays every run of the orders' payments, and of what came after them, with the built bundle; what does not. */
export async function whatDoesNotReplay(
  { client }: Stand,
  orders: readonly string[],
): Promise<Map<string, string>> {
  const histories: { workflowId: string; history: History }[] = [];
  for (const orderId of orders)
    for (const workflowId of [`payment-${orderId}`, `aftermath-${orderId}`])
      for (const history of await runsOf(client, workflowId)) histories.push({ workflowId, history });
  const failures = new Map<string, string>();
  for await (const { workflowId, error } of replays(histories))
    if (error) failures.set(workflowId.slice(workflowId.indexOf('-') + 1), inShort(error.message));
  return failures;
}

/** What Core says of a replay that fails, out of the structure that the SDK quotes. */
const inShort = (message: string): string =>
  (/message: "([^"]+)"/.exec(message)?.[1] ?? message.split('\n')[0] ?? '').slice(0, 200);

const replays = (histories: Histories) =>
  Worker.runReplayHistories(
    {
      workflowBundle: { codePath },
      dataConverter: dataConverterFor({ payloadKeys: [payloadKey] }),
    },
    histories,
  );
