import { setTimeout } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import createClient from 'openapi-fetch';
import { firstOutcome } from './first-outcome.ts';
import { PaymentProblem, type ProblemBody } from './payment-problem.ts';
import type { components, paths } from './schema.ts';

export { PaymentProblem } from './payment-problem.ts';

type Schemas = components['schemas'];
export type Terms = Schemas['Terms'];
export type Choice = Schemas['Choice'];
export type RefundRequest = Schemas['RefundRequest'];
export type Payment = Schemas['Payment'];
export type Services = Schemas['Services'];
export type PaymentList = Schemas['PaymentList'];
export type DeliveredOutcome = Schemas['DeliveredOutcome'];
export type ListQuery = NonNullable<paths['/v1/payments']['get']['parameters']['query']>;

export interface PaymentsApiOptions {
  /** Of the ingress, without `/v1`. */
  readonly url: string;
  /** A key of your order service. */
  readonly key: string;
}

const reconnectMs = 1_000;

/**
 * The order API over HTTP; types and paths come from its OpenAPI document. Every call answers with the payment or
 * throws a `PaymentProblem`; where the network failed, with what `fetch` throws. Every call may be repeated as it is.
 */
export function paymentsApi({ url, key }: PaymentsApiOptions) {
  const api = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${key}` } });
  api.use({ onResponse: ({ response }) => refuseStrange(response) });
  const of = (orderId: string) => ({ params: { path: { orderId } } });

  async function* follow(orderId: string, signal = never()): AsyncGenerator<Payment> {
    // A signal within the `Request` is forgotten once that is collected; one beside it is not.
    const fetchUntil = (request: Request) => fetch(request, { signal });
    const init = { ...of(orderId), parseAs: 'stream', fetch: fetchUntil } as const;
    let isReached = false;
    while (!signal.aborted) {
      try {
        const stream = unwrap(await api.GET('/v1/payments/{orderId}/events', init));
        isReached = true;
        if (stream && (yield* readFeed(stream, signal))) return;
      } catch (error) {
        if (error === signal.reason) return;
        isReached ||= hasReached(error);
        // What has never answered may be another's address, which asking again does not make right.
        if (!isReached || !passes(error)) throw error;
      }
      await setTimeout(reconnectMs, undefined, { signal }).catch(() => undefined);
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
    refund: async (orderId: string, body: RefundRequest): Promise<Payment> =>
      unwrap(await api.POST('/v1/payments/{orderId}/refunds', { ...of(orderId), body })),
    /** A page of your payments, the newest first, some seconds behind; `nextCursor` asks for the next one. */
    list: async (query: ListQuery = {}): Promise<PaymentList> =>
      unwrap(await api.GET('/v1/payments', { params: { query } })),
    /** What you were told of a payment, with every delivery. */
    outcomes: async (orderId: string): Promise<DeliveredOutcome[]> =>
      unwrap(await api.GET('/v1/payments/{orderId}/outcomes', of(orderId))).outcomes,
    /** Has an outcome told once more. */
    redeliver: async (orderId: string, webhookId: string): Promise<DeliveredOutcome> =>
      unwrap(
        await api.POST('/v1/payments/{orderId}/outcomes/{webhookId}/redeliver', {
          params: { path: { orderId, webhookId } },
        }),
      ),
    /**
     * The payment now and after each change, until nothing of it runs any more or `signal`; connects again, once the
     * order API has answered at all.
     */
    follow,
    /** Waits for the outcome (paid, verified, failed, expired or canceled), or rejects once `signal` aborts. */
    outcome: (orderId: string, signal?: AbortSignal): Promise<Payment> =>
      firstOutcome(follow(orderId, signal), signal),
  };
}

const never = (): AbortSignal => new AbortController().signal;

export type PaymentsApi = ReturnType<typeof paymentsApi>;

const hasReached = (error: unknown): boolean => isOfOrderApi(error) || wasCut(error);

/** Somebody took the connection and dropped it, as an order API does that is being replaced. */
const wasCut = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  (error.cause.code === 'ECONNRESET' || error.cause.code === 'UND_ERR_SOCKET');

/** A cut connection, an outage, too many requests: the same will work later. */
const passes = (error: unknown): boolean =>
  !(error instanceof PaymentProblem) || error.status === 429 || error.status >= 500;

/** The body of an answer, or its problem thrown. */
function unwrap<Body>(answer: { data?: Body; error?: ProblemBody; response: Response }): Body {
  if (answer.data !== undefined) return answer.data;
  throw new PaymentProblem(problemOf(answer.error, answer.response));
}

/** What something between us and the ingress answers may be no problem+json. */
const problemOf = (error: unknown, response: Response): ProblemBody =>
  isProblem(error) ? error : strange(response);

const strange = ({ status, statusText, url }: Response): ProblemBody => ({
  type: 'about:blank',
  title: `${status} ${statusText}`.trim(),
  status,
  detail: `${url} does not answer as the order API does. Check the URL, and what stands in between.`,
});

const known = /^(application\/(problem\+)?json|text\/event-stream)\b/;

/** A page of somebody else's is no payment, whatever its status. */
function refuseStrange(response: Response): void {
  if (response.ok && !known.test(response.headers.get('content-type') ?? ''))
    throw new PaymentProblem(strange(response));
}

const isOfOrderApi = (error: unknown): boolean =>
  error instanceof PaymentProblem && error.type !== 'about:blank';

const isProblem = (error: unknown): error is ProblemBody =>
  typeof error === 'object' && error !== null && 'type' in error && 'detail' in error;

/** Yields each payment of a stream; true when the server ended the feed, false when the connection was cut. */
async function* readFeed(
  stream: ReadableStream<Uint8Array>,
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
