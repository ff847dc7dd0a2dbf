import type { Client } from '@temporalio/client';
import { recoveryState, recoveryWorkflow, type RecoveryView } from '../../workflows/messages.ts';
import { ofTaskQueue } from '../temporal/visibility-rows.ts';
import { askRun } from '../temporal/runs.ts';

/** The order services that take no outcomes. @throws DeadlineError where no worker can say how one stands. */
export async function servicesDown(client: Client, taskQueue: string): Promise<RecoveryView[]> {
  const query = `${ofTaskQueue(taskQueue)} AND WorkflowType = '${recoveryWorkflow}' AND ExecutionStatus = 'Running'`;
  const found: RecoveryView[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) {
    const view = await askRun<null, RecoveryView | null>(client, workflowId, {
      whileOpen: (handle) => handle.query(recoveryState),
      ended: () => null,
    });
    if (view) found.push(view);
  }
  return found.sort((a, b) => a.failingSince.localeCompare(b.failingSince));
}
