import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';

/** How far a run has come; what it can tell changes only together with this. */
export interface Progress {
  readonly runId: string;
  readonly status: string;
  readonly historyLength: number;
}

/** Of the latest run; null where there is none. Needs no worker and is no billable action. */
export async function progressOf(handle: Pick<WorkflowHandle, 'describe'>): Promise<Progress | null> {
  try {
    const { runId, status, historyLength } = await handle.describe();
    return { runId, status: status.name, historyLength };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
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
