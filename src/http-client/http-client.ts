import { setTimeout } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import createClient from 'openapi-fetch';
import { firstOutcome } from '../order/outcome-statuses.ts';
import { PaymentProblem, type ProblemBody } from '../order/payment-problem.ts';
import type { components, paths } from './schema.ts';

export { PaymentProblem } from '../order/payment-problem.ts';

type Schemas = components['schemas'];
export type Terms = Schemas['Terms'];
export type Choice = Schemas['Choice'];
export type Refund = Schemas['Refund'];
export type Payment = Schemas['Payment'];
export type Services = Schemas['Services'];

export interface PaymentsApiOptions {
  /** Of the ingress, without `/v1`. */
  readonly url: string;
  /** One of `ORDER_API_KEYS`. */
  readonly key: string;
}

const reconnectMs = 1_000;

/**
 * The order API over HTTP; types and paths come from its OpenAPI document. Every call answers with the payment or
 * throws a `PaymentProblem`; where the network failed, with what `fetch` throws. Every call may be repeated as it is.
 */
export function paymentsApi({ url, key }: PaymentsApiOptions) {
  const api = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${key}` } });
  const of = (orderId: string) => ({ params: { path: { orderId } } });

  async function* follow(orderId: string, signal?: AbortSignal): AsyncGenerator<Payment> {
    const init = { ...of(orderId), parseAs: 'stream', ...(signal && { signal }) } as const;
    while (!signal?.aborted) {
      try {
        const stream = unwrap(await api.GET('/v1/payments/{orderId}/events', init));
        if (stream && (yield* readFeed(stream))) return;
      } catch (error) {
        if (!passes(error)) throw error;
      }
      await setTimeout(reconnectMs, undefined, signal && { signal }).catch(() => undefined);
    }
  }

  return {
    /** What a customer may pay with. */
    services: async (currency: string): Promise<Services> =>
      unwrap(await api.GET('/v1/services', { params: { query: { currency } } })),
    /** Starts the order's payment, or joins it; the redirect is there unless the status is `creating`. */
    start: async (orderId: string, body: Terms): Promise<Payment> =>
      unwrap(await api.PUT('/v1/payments/{orderId}', { ...of(orderId), body })),
    /** The customer's choice of a method. */
    choose: async (orderId: string, body: Choice): Promise<Payment> =>
      unwrap(await api.POST('/v1/payments/{orderId}/method', { ...of(orderId), body })),
    get: async (orderId: string): Promise<Payment> =>
      unwrap(await api.GET('/v1/payments/{orderId}', of(orderId))),
    cancel: async (orderId: string, reason: string): Promise<Payment> =>
      unwrap(await api.POST('/v1/payments/{orderId}/cancel', { ...of(orderId), body: { reason } })),
    /** Without an amount, all that is left goes back. */
    refund: async (orderId: string, body: Refund): Promise<Payment> =>
      unwrap(await api.POST('/v1/payments/{orderId}/refunds', { ...of(orderId), body })),
    /** The payment now and after each change, until nothing of it runs any more or `signal`; connects again. */
    follow,
    /** Waits for the outcome (paid, verified, failed, expired or canceled), or rejects once `signal` aborts. */
    outcome: (orderId: string, signal?: AbortSignal): Promise<Payment> =>
      firstOutcome(follow(orderId, signal), signal),
  };
}

export type PaymentsApi = ReturnType<typeof paymentsApi>;

/** A cut connection, an outage, too many requests: the same will work later. */
const passes = (error: unknown): boolean =>
  !(error instanceof PaymentProblem) || error.status === 429 || error.status >= 500;

/** The body of an answer, or its problem thrown. */
function unwrap<Body>(answer: { data?: Body; error?: ProblemBody; response: Response }): Body {
  if (answer.data !== undefined) return answer.data;
  throw new PaymentProblem(problemOf(answer.error, answer.response));
}

/** What something between us and the ingress answers may be no problem+json. */
const problemOf = (error: unknown, { status, statusText }: Response): ProblemBody =>
  isProblem(error)
    ? error
    : { type: 'about:blank', title: statusText, status, detail: 'This is no answer of the order API.' };

const isProblem = (error: unknown): error is ProblemBody =>
  typeof error === 'object' && error !== null && 'type' in error && 'detail' in error;

/** Yields each payment of a stream; true when the server ended the feed, false when the connection was cut. */
async function* readFeed(stream: ReadableStream<Uint8Array>): AsyncGenerator<Payment, boolean> {
  const events = stream.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of events) {
    if (event === 'end') return true;
    yield JSON.parse(data) as Payment;
  }
  return false;
}
