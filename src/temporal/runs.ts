import { setTimeout } from 'node:timers/promises';
import {
  QueryRejectedError,
  WorkflowFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { within } from './deadline.ts';

/** How far a run has come; what it can tell changes only together with this. */
export interface Progress {
  readonly runId: string;
  readonly status: string;
  readonly historyLength: number;
  /** A workflow task waits for its worker, or is with it. */
  readonly isMoving: boolean;
}

/** Of the latest run; null where there is none. Needs no worker and is no billable action. */
export async function progressOfRun(handle: Pick<WorkflowHandle, 'describe'>): Promise<Progress | null> {
  try {
    const { runId, status, historyLength, raw } = await handle.describe();
    return { runId, status: status.name, historyLength, isMoving: Boolean(raw.pendingWorkflowTask) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

const restPauseMs = 25;

/**
 * Where a run stands once no workflow task of it is pending. A query that overtakes one has a cold worker begin that
 * task early, and only part of it (ADR 11); and what a run says in the midst of it is old already. Waits for as long as
 * the caller does.
 */
export async function atRest(
  handle: Pick<WorkflowHandle, 'describe'>,
  known?: Progress,
): Promise<Progress | null> {
  for (let progress: Progress | null | undefined = known; ; await setTimeout(restPauseMs)) {
    progress ??= await progressOfRun(handle);
    if (!progress?.isMoving) return progress;
    progress = undefined;
  }
}

/** What a closed run ended with; null where there is none, or an operator terminated it. */
export async function resultOf<Result>(handle: { result(): Promise<Result> }): Promise<Result | null> {
  try {
    return await handle.result();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowFailedError) return null;
    throw error;
  }
}

/** A run that is paused neither answers nor ends. */
const answerMs = 10_000;

/**
 * What a run says of itself while it is open, else what is made of its result; null where there is none.
 *
 * @throws DeadlineError where no worker can say how it stands.
 */
export async function askRun<Result, View>(
  client: Client,
  workflowId: string,
  asking: {
    readonly whileOpen: (handle: WorkflowHandle<() => Promise<Result>>) => Promise<View>;
    readonly ended: (result: Result) => View | Promise<View>;
  },
): Promise<View | null> {
  const ask = async (): Promise<View | null> => {
    const handle = client.workflow.getHandle<() => Promise<Result>>(workflowId);
    try {
      return await asking.whileOpen(handle);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      if (!(error instanceof QueryRejectedError)) throw error;
    }
    const result = await resultOf(handle);
    return result && asking.ended(result);
  };
  // The call is over soon after; what gRPC would say of its own deadline differs.
  return within(answerMs, client.withDeadline(Date.now() + answerMs + 500, ask));
}
