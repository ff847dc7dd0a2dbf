import { EventSourceParserStream } from 'eventsource-parser/stream';
import { isOfOrderApi } from './answers.ts';
import { PaymentProblem } from './payment-problem.ts';
import { pause } from './retries.ts';
import type { components } from './schema.ts';

type Payment = components['schemas']['Payment'];

const reconnectMs = 1_000;

/** Yields from one connection after another, until the server ends the feed or `signal` aborts. */
export async function* followFeed(
  connect: (signal: AbortSignal) => Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null>,
  signal: AbortSignal,
): AsyncGenerator<Payment> {
  let isReached = false;
  while (!signal.aborted) {
    try {
      const stream = await connect(signal);
      isReached = true;
      if (stream && (yield* readFeed(stream, signal))) return;
    } catch (error) {
      if (error === signal.reason) return;
      isReached ||= isOfOrderApi(error) || wasCut(error);
      // What has never answered may be another's address, which asking again does not make right.
      if (!isReached || !passes(error)) throw error;
    }
    await pause(reconnectMs, signal);
  }
}

/** Yields each payment of a stream; true when the server ended the feed, false when the connection was cut. */
async function* readFeed(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): AsyncGenerator<Payment, boolean> {
  const events = stream
    .pipeThrough(new TextDecoderStream(), { signal })
    .pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of events) {
    if (event === 'end') return true;
    yield JSON.parse(data) as Payment;
  }
  return false;
}

/** Somebody took the connection and dropped it, as an order API does that is being replaced; only Node says so. */
const wasCut = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  (error.cause.code === 'ECONNRESET' || error.cause.code === 'UND_ERR_SOCKET');

/** A cut connection, an outage, too many requests: the same will work later. */
const passes = (error: unknown): boolean =>
  !(error instanceof PaymentProblem) || error.status === 429 || error.status >= 500;
