import type { Client } from '@temporalio/client';
import { toIso } from '../domain/time.ts';
import { readMessage, type HistoryEvent } from '../temporal/payloads.ts';

/** Something that happened to a payment, without anything of the customer. */
export interface StoryEvent {
  /** RFC 3339. */
  readonly at: string;
  readonly what: string;
}

/** Runs of one workflow that are read back at most. */
const mostRuns = 50;

/** What happened in a workflow, in all runs that it was continued in, the oldest first. */
export async function eventsOf(client: Client, workflowId: string): Promise<StoryEvent[]> {
  const runs: StoryEvent[][] = [];
  let runId: string | undefined;
  do {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.unshift(await tellEvents(client, events ?? []));
    runId = earlierRunOf(events?.[0]);
  } while (runId !== undefined && runs.length < mostRuns);
  return runs.flat();
}

const earlierRunOf = (event: HistoryEvent | undefined): string | undefined =>
  event?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;

/** When a delivery of an outcome was last given up, epoch milliseconds; 0 where none was. */
export async function lastParkedAt(client: Client, workflowId: string): Promise<number> {
  const events = await eventsOf(client, workflowId);
  const last = events.findLast(({ what }) => what.startsWith('deliverOutcome gave up'));
  return last ? Date.parse(last.at) : 0;
}

async function tellEvents(client: Client, events: readonly HistoryEvent[]): Promise<StoryEvent[]> {
  const activities = new Map(
    events.flatMap((event) => {
      const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
      return name ? [[String(event.eventId), name] as const] : [];
    }),
  );
  const nameOf = (id: unknown): string => activities.get(String(id)) ?? 'activity';
  const told = await Promise.all(
    events.map(async (event) => {
      const what = (await eventFailure(client, event, nameOf)) ?? whatOf(event, nameOf);
      return what === null ? [] : [{ at: toIso(Number(event.eventTime?.seconds ?? 0) * 1000), what }];
    }),
  );
  return told.flat();
}

// Messages of failures are fixed texts; what the platform said is in their details, which stay closed.
async function eventFailure(
  client: Client,
  event: HistoryEvent,
  nameOf: (id: unknown) => string,
): Promise<string | null> {
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  if (!failed) return null;
  return `${nameOf(failed.scheduledEventId)} gave up: ${await readMessage(client, failed.failure)}`;
}

function whatOf(event: HistoryEvent, nameOf: (id: unknown) => string): string | null {
  const completed = event.activityTaskCompletedEventAttributes;
  if (completed) return `${nameOf(completed.scheduledEventId)} done`;
  return messageIn(event) ?? lifeOf(event);
}

function messageIn(event: HistoryEvent): string | null {
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
  if (update) return `update ${update}`;
  const signal = event.workflowExecutionSignaledEventAttributes?.signalName;
  return signal ? `signal ${signal}` : null;
}

function lifeOf(event: HistoryEvent): string | null {
  const started = event.workflowExecutionStartedEventAttributes;
  if (started) return started.continuedExecutionRunId ? 'continued in a new run' : 'started';
  if (event.workflowExecutionCompletedEventAttributes) return 'over';
  if (event.workflowExecutionTerminatedEventAttributes) return 'terminated by an operator';
  if (event.workflowExecutionFailedEventAttributes) return 'failed';
  return event.workflowExecutionCancelRequestedEventAttributes ? 'cancel requested' : null;
}
