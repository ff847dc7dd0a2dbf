import { expect } from 'vitest';
import type { Rig } from './rig.ts';

/** Has Temporal forget a payment's own run, as it does once its retention has passed. */
export async function forget(rig: Rig, orderId: string): Promise<void> {
  const { workflowId } = rig.handle(orderId);
  const { namespace } = rig.temporal.options;
  const workflowExecution = { workflowId };
  await rig.temporal.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
  await expect.poll(() => isKnown(rig, orderId), { timeout: 90_000 }).toBe(false);
}

/** Whether Temporal knows of it, whatever became of it. */
export const isKnown = (rig: Rig, orderId: string): Promise<boolean> =>
  rig
    .handle(orderId)
    .describe()
    .then(
      () => true,
      () => false,
    );
