import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';

/** The one value of an event's payloads, as the workflow or activity that wrote it meant it. */
export async function decodeOne<Value>(
  { options }: Client,
  payloads: readonly Payload[] | null | undefined,
): Promise<Value> {
  const { payloadCodecs, payloadConverter } = options.loadedDataConverter;
  let decoded: Payload[] = [...(payloads ?? [])];
  for (const codec of payloadCodecs.toReversed()) decoded = await codec.decode(decoded);
  const [payload] = decoded;
  if (!payload) throw new Error('the event holds no payload');
  return payloadConverter.fromPayload(payload);
}
