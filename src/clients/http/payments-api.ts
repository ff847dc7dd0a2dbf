import createClient from 'openapi-fetch';
import { refuseStrange, unwrap } from './answers.ts';
import { followFeed } from './feed.ts';
import { firstOutcome } from './first-outcome.ts';
import { fetchWithRetries } from './retries.ts';
import type { components, paths } from './schema.ts';

export { PaymentProblem } from './payment-problem.ts';
export { WebhookVerificationError, verifyOutcome } from './verify-outcome.ts';
export type { Outcome, VerifiedOutcome } from './verify-outcome.ts';

type Schemas = components['schemas'];

export type Terms = Schemas['Terms'];
export type Choice = Schemas['Choice'];
export type RefundRequest = Schemas['RefundRequest'];
export type Payment = Schemas['Payment'];
export type Services = Schemas['Services'];
export type PaymentList = Schemas['PaymentList'];
export type DeliveredOutcome = Schemas['DeliveredOutcome'];
export type Report = Schemas['Report'];
export type ListQuery = NonNullable<paths['/v1/payments']['get']['parameters']['query']>;

export interface PaymentsApiOptions {
  /** Of the ingress, without `/v1`. */
  readonly url: string;
  /** A key of your order service. */
  readonly key: string;
}

/**
 * The order API over HTTP; types and paths come from its OpenAPI document. Every call answers with the payment or
 * throws a `PaymentProblem`; where the network failed, with what `fetch` throws; once `signal` aborts, with its
 * reason. Every call may be repeated as it is, and repeats itself twice after an outage or too many requests.
 */
export function paymentsApi({ url, key }: PaymentsApiOptions) {
  const api = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${key}` } });
  api.use({ onResponse: ({ response }) => refuseStrange(response) });
  // A signal within the `Request` is forgotten once that is collected; one beside it is not.
  const within = (signal = never()) => ({
    fetch: (request: Request) => fetchWithRetries(request, signal),
  });
  const of = (orderId: string, signal?: AbortSignal) => ({
    params: { path: { orderId } },
    ...within(signal),
  });

  const connect = (orderId: string) => async (signal: AbortSignal) => {
    const fetchOnce = (request: Request) => fetch(request, { signal });
    const init = { params: { path: { orderId } }, parseAs: 'stream', fetch: fetchOnce } as const;
    return unwrap(await api.GET('/v1/payments/{orderId}/events', init));
  };
  const follow = (orderId: string, signal = never()) => followFeed(connect(orderId), signal);

  return {
    /** What a customer may pay with. */
    services: async (currency: string, signal?: AbortSignal): Promise<Services> =>
      unwrap(await api.GET('/v1/services', { params: { query: { currency } }, ...within(signal) })),
    /** Starts the order's payment, or joins it; the redirect is there unless the status is `creating`. */
    start: async (orderId: string, body: Terms, signal?: AbortSignal): Promise<Payment> =>
      unwrap(await api.PUT('/v1/payments/{orderId}', { ...of(orderId, signal), body })),
    /** The customer's choice of a method. */
    choose: async (orderId: string, body: Choice, signal?: AbortSignal): Promise<Payment> =>
      unwrap(await api.POST('/v1/payments/{orderId}/method', { ...of(orderId, signal), body })),
    get: async (orderId: string, signal?: AbortSignal): Promise<Payment> =>
      unwrap(await api.GET('/v1/payments/{orderId}', of(orderId, signal))),
    cancel: async (orderId: string, reason: string, signal?: AbortSignal): Promise<Payment> =>
      unwrap(await api.POST('/v1/payments/{orderId}/cancel', { ...of(orderId, signal), body: { reason } })),
    /** Without an amount, all that is left goes back. */
    refund: async (orderId: string, body: RefundRequest, signal?: AbortSignal): Promise<Payment> =>
      unwrap(await api.POST('/v1/payments/{orderId}/refunds', { ...of(orderId, signal), body })),
    /** A page of your payments, the newest first, some seconds behind; `nextCursor` asks for the next one. */
    list: async (query: ListQuery = {}, signal?: AbortSignal): Promise<PaymentList> =>
      unwrap(await api.GET('/v1/payments', { params: { query }, ...within(signal) })),
    /** What you were told of a payment, with every delivery. */
    outcomes: async (orderId: string, signal?: AbortSignal): Promise<DeliveredOutcome[]> =>
      unwrap(await api.GET('/v1/payments/{orderId}/outcomes', of(orderId, signal))).outcomes,
    /** Has an outcome told once more. */
    redeliver: async (orderId: string, webhookId: string, signal?: AbortSignal): Promise<DeliveredOutcome> =>
      unwrap(
        await api.POST('/v1/payments/{orderId}/outcomes/{webhookId}/redeliver', {
          params: { path: { orderId, webhookId } },
          ...within(signal),
        }),
      ),
    /** The comparison of a day (`YYYY-MM-DD`, UTC) with Paytone, for the account that the order service charges; needs the right `reports`. */
    report: async (day: string, signal?: AbortSignal): Promise<Report> =>
      unwrap(await api.GET('/v1/reports/{day}', { params: { path: { day } }, ...within(signal) })),
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
