import { QueryRejectedError, type Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { UnmatchedMoney } from '../domain/unmatched-money/unmatched-money.ts';
import { toUnmatchedMoneyView, type UnmatchedMoneyView } from '../domain/unmatched-money/unmatched-view.ts';
import { unmatchedMoneyStory, type UnknownReferenceInput } from '../../workflows/messages.ts';
import { readInput } from '../payments/start-event.ts';
import { within } from '../temporal/deadline.ts';
import { resultOf } from '../temporal/runs.ts';

/** A run that is paused neither answers nor ends. */
const answerMs = 10_000;

/**
 * Money that no payment ordered, as operators see it: from the run while it is open, else from what it ended with; null
 * where there is none.
 *
 * @throws DeadlineError where no worker can say how it stands.
 */
export async function readUnmatchedMoney(
  client: Client,
  workflowId: string,
): Promise<UnmatchedMoneyView | null> {
  const asked = client.withDeadline(Date.now() + answerMs + 500, () => ask(client, workflowId));
  return within(answerMs, asked);
}

async function ask(client: Client, workflowId: string): Promise<UnmatchedMoneyView | null> {
  const handle = client.workflow.getHandle<() => Promise<UnmatchedMoney>>(workflowId);
  try {
    return await handle.query(unmatchedMoneyStory);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    if (!(error instanceof QueryRejectedError)) throw error;
  }
  const ended = await resultOf(handle);
  const reference = ended && (await readInput<UnknownReferenceInput>(client, workflowId));
  return reference && toUnmatchedMoneyView(reference, ended);
}

/** The reference that such a workflow is about, from Temporal alone. */
export const readReference = async (client: Client, workflowId: string): Promise<string> =>
  (await readInput<UnknownReferenceInput>(client, workflowId)).referenceId;
