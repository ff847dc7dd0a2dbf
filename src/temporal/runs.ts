import { setTimeout } from 'node:timers/promises';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';

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

const pauseMs = 25;

/**
 * Where a run stands once no workflow task of it is pending. A query that overtakes one has a cold worker begin that
 * task early, and only part of it (ADR 11); and what a run says in the midst of it is old already. Waits for as long as
 * the caller does.
 */
export async function atRest(
  handle: Pick<WorkflowHandle, 'describe'>,
  known?: Progress,
): Promise<Progress | null> {
  for (let progress: Progress | null | undefined = known; ; await setTimeout(pauseMs)) {
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
