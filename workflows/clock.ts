import { workflowInfo } from '@temporalio/workflow';

/**
 * When this run began: the time of its first task, which no query can come before (epoch milliseconds). A run that is
 * reset to its first task begins anew. Nothing else of the SDK's time is used: what an activation says of the present is
 * its task's, and a task is not what a replay repeats (docs/adr/0011).
 */
export const runStartedAt = (): number => workflowInfo().runStartTime.getTime();
