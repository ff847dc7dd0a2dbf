import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

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

/** A failure's message, which keys may have encoded; one that no key here fits says no more than that. */
export async function readMessage(
  { options }: Client,
  failure: temporal.api.failure.v1.IFailure | null | undefined,
): Promise<string> {
  const { message, encodedAttributes } = failure ?? {};
  if (!encodedAttributes) return message ?? 'no reason';
  const { payloadCodecs, payloadConverter, failureConverter } = options.loadedDataConverter;
  try {
    let payloads: Payload[] = [encodedAttributes];
    for (const codec of payloadCodecs.toReversed()) payloads = await codec.decode(payloads);
    const [decoded = null] = payloads;
    return failureConverter.failureToError({ encodedAttributes: decoded }, payloadConverter).message;
  } catch {
    return message ?? 'no reason';
  }
}
