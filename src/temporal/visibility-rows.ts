import type { WorkflowExecutionInfo } from '@temporalio/client';

/** The condition that keeps a visibility query to one task queue: a namespace may hold several. */
export const ofTaskQueue = (taskQueue: string): string => `TaskQueue = '${taskQueue.replaceAll("'", "''")}'`;

/** The order's amount, a decimal string; null where the row does not hold it. */
export function amountOf({ memo }: Pick<WorkflowExecutionInfo, 'memo'>): string | null {
  const amount = memo?.['amount'];
  return typeof amount === 'string' ? amount : null;
}
