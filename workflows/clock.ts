import { workflowInfo } from '@temporalio/workflow';

/**
 * When this run began, from its first event (epoch milliseconds). Nothing else of the SDK's time is used: what an
 * activation says of the present is its task's, and a task is not what a replay repeats (docs/adr/0011).
 */
export const runStartedAt = (): number => workflowInfo().runStartTime.getTime();
