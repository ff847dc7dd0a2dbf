import type { Client } from '@temporalio/client';
import type { Outcome } from '../domain/payment/outcome.ts';
import { deliverOutcomeActivity } from '../../workflows/messages.ts';
import { decodeOne, epochMsOf, readMessage, type HistoryEvent } from '../temporal/payloads.ts';

/** One delivery of an outcome. */
export interface MadeDelivery {
  /** Of its end, else of its start: epoch milliseconds. */
  readonly at: number;
  readonly outcome: Outcome;
  readonly result: 'taken' | 'refused' | 'underway';
  /** What the order service answered, where it did not take it. */
  readonly detail: string | null;
}

/** The deliveries that a run has made. */
export async function deliveriesIn(
  client: Client,
  { workflowId, runId }: { readonly workflowId: string; readonly runId: string },
): Promise<MadeDelivery[]> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const ends = new Map((events ?? []).flatMap((event) => deliveryEndOf(event) ?? []));
  const scheduled = (events ?? []).filter(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === deliverOutcomeActivity,
  );
  return Promise.all(
    scheduled.map(async (event) => {
      const payloads = event.activityTaskScheduledEventAttributes?.input?.payloads;
      const outcome = await decodeOne<Outcome>(client, { workflowId, payloads });
      const end = ends.get(String(event.eventId));
      const failed = end?.activityTaskFailedEventAttributes ?? end?.activityTaskTimedOutEventAttributes;
      return {
        at: epochMsOf((end ?? event).eventTime),
        outcome,
        result: !end ? ('underway' as const) : failed ? ('refused' as const) : ('taken' as const),
        detail: failed ? await readMessage(client, failed.failure) : null,
      };
    }),
  );
}

/** The end of an activity, by the event that scheduled it. */
function deliveryEndOf(event: HistoryEvent): [[string, HistoryEvent]] | null {
  const ended =
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes;
  return ended ? [[String(ended.scheduledEventId), event]] : null;
}
