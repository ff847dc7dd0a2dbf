import type { Client } from '@temporalio/client';
import type { UnmatchedMoney } from '../domain/unmatched-money/unmatched-money.ts';
import { toUnmatchedMoneyView, type UnmatchedMoneyView } from '../domain/unmatched-money/unmatched-view.ts';
import { unmatchedMoneyStory, type UnknownReferenceInput } from '../../workflows/messages.ts';
import { readInput } from '../payments/start-event.ts';
import { askRun } from '../temporal/runs.ts';

/**
 * Money that no payment ordered, as operators see it; null where there is none.
 *
 * @throws DeadlineError where no worker can say how it stands.
 */
export const readUnmatchedMoney = (client: Client, workflowId: string): Promise<UnmatchedMoneyView | null> =>
  askRun<UnmatchedMoney, UnmatchedMoneyView>(client, workflowId, {
    whileOpen: (handle) => handle.query(unmatchedMoneyStory),
    ended: async (money) =>
      toUnmatchedMoneyView(await readInput<UnknownReferenceInput>(client, workflowId), money),
  });

/** The reference that such a workflow is about, from Temporal alone. */
export const readReference = async (client: Client, workflowId: string): Promise<string> =>
  (await readInput<UnknownReferenceInput>(client, workflowId)).referenceId;
