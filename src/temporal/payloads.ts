import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';

interface Written {
  /** Whose history it stands in. */
  readonly workflowId: string;
  readonly payloads: readonly Payload[] | null | undefined;
}

/** The one value of an event's payloads, as the workflow or activity that wrote it meant it. */
export async function decodeOne<Value>(
  { options }: Client,
  { workflowId, payloads }: Written,
): Promise<Value> {
  const context = { type: 'workflow', namespace: options.namespace, workflowId } as const;
  const { payloadCodecs, payloadConverter } = options.loadedDataConverter;
  let decoded: Payload[] = [...(payloads ?? [])];
  for (const codec of payloadCodecs.toReversed()) decoded = await codec.decode(decoded, context);
  const [payload] = decoded;
  if (!payload) throw new Error('the event holds no payload');
  return payloadConverter.fromPayload(payload);
}

type Timestamp = { readonly seconds?: unknown; readonly nanos?: number | null };

/** Epoch milliseconds of an event's time. */
export const epochMsOf = (time: Timestamp | null | undefined): number =>
  Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1_000_000);
