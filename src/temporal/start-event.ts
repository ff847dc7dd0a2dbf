import type { Client } from '@temporalio/client';
import type { PaymentInput } from '../domain/payment/payment.ts';
import { decodeOne } from './payloads.ts';

/** What a payment was started with, and when (epoch milliseconds), from Temporal alone: no worker is needed. */
export async function readStart(
  client: Client,
  workflowId: string,
): Promise<{ input: PaymentInput; at: number }> {
  const { namespace } = client.options;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace,
    execution: { workflowId },
    maximumPageSize: 1,
  });
  const [event] = history?.events ?? [];
  const input = await decodeOne<PaymentInput>(
    client,
    event?.workflowExecutionStartedEventAttributes?.input?.payloads,
  );
  return { input, at: Number(event?.eventTime?.seconds ?? 0) * 1000 };
}
