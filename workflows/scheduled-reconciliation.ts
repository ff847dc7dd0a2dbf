import {
  defineSearchAttributeKey,
  SearchAttributeType,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/common';
import { executeChild, workflowInfo } from '@temporalio/workflow';
import { isDay } from '../src/domain/reconciliation/day.ts';
import { daysDue } from '../src/domain/reconciliation/days-due.ts';
import type { AccountId } from '../src/domain/identity.ts';
import { activities, readOptions } from './activity-options.ts';
import { dailySweepWorkflow, sweepIdFor } from './messages.ts';
import type { dailySweep } from './daily-reconciliation.ts';

/** When Temporal's schedule meant to start it; an outage may make it start much later. */
const nominalTime = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME);

/**
 * What the schedule starts: the sweep of the day before, under that day's own id, and of the days that an outage
 * left out since the last time (their starts are skipped while the first of them runs). Returns the last day done.
 */
export async function scheduledSweep(): Promise<string> {
  const { typedSearchAttributes, startTime, lastResult } = workflowInfo();
  const nominal = typedSearchAttributes.get(nominalTime) ?? startTime;
  const last = typeof lastResult === 'string' && isDay(lastResult) ? lastResult : null;
  const days = daysDue({ nominal: nominal.getTime(), startedAt: startTime.getTime(), last });
  const others = await activities.listOtherAccounts.executeWithOptions(readOptions, []);
  const swept = await Promise.allSettled([undefined, ...others].map((account) => sweepInTurn(days, account)));
  const failed = swept.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return [last ?? '', ...days].sort().at(-1) ?? '';
}

/** One account may take most of a day, where its keys are rejected: no other waits for it, nor ends with it. */
async function sweepInTurn(days: readonly string[], account?: AccountId): Promise<void> {
  for (const day of days) await sweepOnce(day, account);
}

/** A day that was swept by hand, or is being swept, has its report. */
async function sweepOnce(day: string, account?: AccountId): Promise<void> {
  try {
    await executeChild<typeof dailySweep>(dailySweepWorkflow, {
      workflowId: sweepIdFor(day, account),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      args: [{ day, ...(account !== undefined && { account }) }],
      staticSummary: `Reconciliation of ${account === undefined ? day : `${day}, ${account}`}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
