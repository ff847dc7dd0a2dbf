import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { z } from 'zod';
import { toIso } from '../domain/view.ts';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

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
    runs.unshift(tell(events ?? []));
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

function tell(events: readonly HistoryEvent[]): StoryEvent[] {
  const activities = new Map(
    events.flatMap((event) => {
      const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
      return name ? [[String(event.eventId), name] as const] : [];
    }),
  );
  const nameOf = (id: unknown): string => activities.get(String(id)) ?? 'activity';
  return events.flatMap((event) => {
    const what = whatOf(event, nameOf);
    return what === null ? [] : [{ at: toIso(Number(event.eventTime?.seconds ?? 0) * 1000), what }];
  });
}

function whatOf(event: HistoryEvent, nameOf: (id: unknown) => string): string | null {
  const completed = event.activityTaskCompletedEventAttributes;
  if (completed) return `${nameOf(completed.scheduledEventId)} done`;
  const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
  // Messages of failures are fixed texts; what the platform said is in their details, which stay closed.
  if (failed) return `${nameOf(failed.scheduledEventId)} gave up: ${failed.failure?.message ?? 'no reason'}`;
  return localActivityOf(event) ?? messageOf(event) ?? lifeOf(event);
}

const markerData = z.object({ activity_type: z.string() });

/** A first try within a workflow task; what may be repeated goes on as an activity of its own. */
function localActivityOf({ markerRecordedEventAttributes: marker }: HistoryEvent): string | null {
  if (marker?.markerName !== 'core_local_activity') return null;
  const [data] = marker.details?.['data']?.payloads ?? [];
  const { activity_type: name } = markerData.parse(
    JSON.parse(Buffer.from(data?.data ?? []).toString('utf8')),
  );
  return `${name} ${marker.failure ? endOf(marker.failure) : 'done'}`;
}

const endOf = ({ message, applicationFailureInfo: info }: temporal.api.failure.v1.IFailure): string =>
  `${info?.nonRetryable ? 'gave up' : 'failed at first'}: ${message ?? 'no reason'}`;

function messageOf(event: HistoryEvent): string | null {
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
