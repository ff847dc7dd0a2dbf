import { QueryRejectedError, type Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { aftermathIdFor, workflowIdFor, type OrderId } from '../domain/identity.ts';
import { toOperatorView, type OperatorView } from '../domain/payment/operator-view.ts';
import type { Payment } from '../domain/payment/payment.ts';
import { paymentStory } from '../../workflows/messages.ts';
import { within } from '../temporal/deadline.ts';
import { atRest, resultOf } from '../temporal/runs.ts';

/** A payment whose every workflow task fails is never at rest, and has to be shown all the same. */
const restMs = 1_500;
/** A run that is paused neither answers nor ends. */
const answerMs = 10_000;

/**
 * What the order's payment and its aftermath say of themselves, each from its run while that is open, else from what it
 * ended with. The last of them is how the payment stands.
 *
 * @throws DeadlineError where no worker can say how it stands.
 */
export async function readOperatorViews(
  client: Client,
  orderId: OrderId,
): Promise<{ readonly workflowId: string; readonly view: OperatorView }[]> {
  const ids = [workflowIdFor(orderId), aftermathIdFor(orderId)];
  const found = await Promise.all(
    ids.map(async (workflowId) => ({ workflowId, view: await lastWord(client, workflowId) })),
  );
  return found.flatMap(({ workflowId, view }) => (view ? [{ workflowId, view }] : []));
}

async function lastWord(client: Client, workflowId: string): Promise<OperatorView | null> {
  // The call is over soon after; what gRPC would say of its own deadline differs.
  const asked = client.withDeadline(Date.now() + answerMs + 500, () => ask(client, workflowId));
  return within(answerMs, asked);
}

async function ask(client: Client, workflowId: string): Promise<OperatorView | null> {
  const handle = client.workflow.getHandle<() => Promise<Payment>>(workflowId);
  try {
    await client.withDeadline(Date.now() + restMs, () => atRest(handle)).catch(() => undefined);
    return await handle.query(paymentStory);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    if (!(error instanceof QueryRejectedError)) throw error;
  }
  const ended = await resultOf(handle);
  return ended && toOperatorView(ended);
}
