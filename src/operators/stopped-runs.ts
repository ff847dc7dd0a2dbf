import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { toIso } from '../domain/time.ts';
import type { HistoryEvent } from '../temporal/payloads.ts';
import { grpcFailureOf, isUnknownAttribute } from '../temporal/register-search-attributes.ts';

/**
 * Temporal (server 1.30 or later) sets this on a run once several workflow tasks in a row have failed or timed out,
 * and removes it when one succeeds.
 */
const reportedProblems = defineSearchAttributeKey(
  'TemporalReportedProblems',
  SearchAttributeType.KEYWORD_LIST,
);

/** The condition of a visibility query for runs that stand still because their workflow tasks fail. */
export const isStopped = `${reportedProblems.name} IS NOT NULL`;

/** What a query with `isStopped` answers; null where the server does not know such runs. */
export async function whereReported<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (isUnknownAttribute(error)) return null;
    throw error;
  }
}

const failedPrecondition = 9;
/** What Temporal answers to a query of a run whose workflow tasks fail. */
export const isStandstill = (error: unknown): boolean => grpcFailureOf(error)?.code === failedPrecondition;

export interface StoppedRun {
  /** Temporal's name for the cause, such as `NonDeterministicError`. */
  readonly cause: string | null;
  /** RFC 3339. */
  readonly failsSince: string | null;
}

/** Null for a run that goes on. */
export async function stoppedRunOf(
  client: Client,
  { workflowId, runId, typedSearchAttributes }: WorkflowExecutionInfo,
): Promise<StoppedRun | null> {
  const reported = typedSearchAttributes.get(reportedProblems);
  if (!reported || reported.length === 0) return null;
  const [cause = null] = reported.flatMap(
    (text) => /^cause=(?:WorkflowTaskFailedCause)?(\w+)$/.exec(text)?.[1] ?? [],
  );
  return { cause, failsSince: await firstFailure(client, { workflowId, runId }) };
}

interface Execution {
  readonly workflowId: string;
  readonly runId: string;
}

/** Of the workflow tasks since the last that succeeded. Temporal records the first failure and counts the others. */
async function firstFailure(client: Client, execution: Execution): Promise<string | null> {
  let first: string | null = null;
  for await (const event of eventsFromTheEnd(client, execution)) {
    if (event.workflowTaskCompletedEventAttributes) break;
    if (event.workflowTaskFailedEventAttributes ?? event.workflowTaskTimedOutEventAttributes)
      first = toIso(Number(event.eventTime?.seconds ?? 0) * 1000);
  }
  return first;
}

async function* eventsFromTheEnd(
  { workflowService, options: { namespace } }: Client,
  execution: Execution,
): AsyncGenerator<HistoryEvent> {
  let nextPageToken = new Uint8Array();
  do {
    const asked = { namespace, execution, maximumPageSize: 100, nextPageToken };
    const page = await workflowService.getWorkflowExecutionHistoryReverse(asked);
    yield* page.history?.events ?? [];
    nextPageToken = Uint8Array.from(page.nextPageToken);
  } while (nextPageToken.length > 0);
}
