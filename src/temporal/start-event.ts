import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { Payload } from '@temporalio/common';
import type { PaymentInput } from '../domain/payment.ts';

type StartEvent = Pick<temporal.api.history.v1.IHistoryEvent, 'workflowExecutionStartedEventAttributes'>;

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
  return { input: await decodeInput(client, event), at: Number(event?.eventTime?.seconds ?? 0) * 1000 };
}

async function decodeInput({ options }: Client, event: StartEvent | undefined): Promise<PaymentInput> {
  const { payloadCodecs, payloadConverter } = options.loadedDataConverter;
  let payloads: Payload[] = event?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  for (const codec of payloadCodecs.toReversed()) payloads = await codec.decode(payloads);
  const [input] = payloads;
  if (!input) throw new Error('the payment was started without an input');
  return payloadConverter.fromPayload(input);
}
