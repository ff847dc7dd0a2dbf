import type { Client } from '@temporalio/client';
import { aftermathIdFor, workflowIdFor, type OrderId } from '../domain/identity.ts';
import { toOperatorView, type OperatorView } from '../domain/payment/operator-view.ts';
import type { Payment } from '../domain/payment/payment.ts';
import { paymentStory } from '../../workflows/messages.ts';
import { askRun, atRest } from '../temporal/runs.ts';

/** A payment whose every workflow task fails is never at rest, and has to be shown all the same. */
const restMs = 1_500;

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

const lastWord = (client: Client, workflowId: string): Promise<OperatorView | null> =>
  askRun<Payment, OperatorView>(client, workflowId, {
    async whileOpen(handle) {
      await client.withDeadline(Date.now() + restMs, () => atRest(handle)).catch(() => undefined);
      return handle.query(paymentStory);
    },
    ended: toOperatorView,
  });
