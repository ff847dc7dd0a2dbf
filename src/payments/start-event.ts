import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { PaymentInput } from '../domain/payment/payment.ts';
import { decodeOne, epochMsOf, type HistoryEvent } from '../temporal/payloads.ts';

/** How a payment began, from Temporal alone: no worker is needed. */
interface Start {
  readonly input: PaymentInput;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Nothing has happened to it since, that a worker might have made something of. */
  readonly isUntouched: boolean;
}

/** More than a payment's history holds before its first call is answered. */
const firstEvents = 16;

export async function readStart(client: Client, workflowId: string): Promise<Start> {
  const { namespace } = client.options;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution: { workflowId },
    maximumPageSize: firstEvents,
  });
  const events = history?.events ?? [];
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const input = await decodeOne<PaymentInput>(client, { workflowId, payloads: started?.input?.payloads });
  const isUntouched = isNew(started) && events.length < firstEvents && !events.some(isAnswer);
  return { input, at: openedAtOf(events), isUntouched };
}

/**
 * When a payment opened by its own clock, the start of the first task that a worker finished (workflows/clock.ts): epoch
 * milliseconds. Until there is one, the nearest before it that is known.
 */
export function openedAtOf(events: readonly HistoryEvent[]): number {
  const finished = events.findIndex((event) => event.workflowTaskCompletedEventAttributes);
  const before = finished === -1 ? events : events.slice(0, finished);
  const begun = before.findLast((event) => event.workflowTaskStartedEventAttributes);
  return epochMsOf((begun ?? events[0])?.eventTime);
}

/** What the latest run of a workflow was started with, whatever its type; needs no worker. */
export async function readInput<Input>(client: Client, workflowId: string): Promise<Input> {
  const { namespace } = client.options;
  const asked = { namespace, execution: { workflowId }, maximumPageSize: 1 };
  const { history } = await client.workflowService.getWorkflowExecutionHistory(asked);
  const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
  return decodeOne<Input>(client, { workflowId, payloads: started?.input?.payloads });
}

/** What goes on from an earlier payment knows more than how it was asked for. */
const isNew = (
  started: temporal.api.history.v1.IWorkflowExecutionStartedEventAttributes | null | undefined,
) => !started?.continuedExecutionRunId && started?.input?.payloads?.length === 1;

/** A signal alone changes nothing: a callback only has the platform asked. */
const isAnswer = (event: HistoryEvent): boolean =>
  Boolean(
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.workflowExecutionUpdateAcceptedEventAttributes ??
    event.workflowExecutionTerminatedEventAttributes,
  );
