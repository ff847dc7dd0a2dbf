import { setTimeout } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { z } from 'zod';
import { clientConfig } from '../../config/config.ts';
import { policyOfService } from '../../config/order-services.ts';
import type { PaymentView } from '../../domain/payment/payment-view.ts';
import { firstOutcome } from '../http/first-outcome.ts';
import type { Answer } from '../../payments/api-answer.ts';
import { orderPayments, type ServicesView } from '../../payments/payments.ts';
import { PaymentProblem } from '../http/payment-problem.ts';
import { problemBody, unavailable } from '../../payments/problem.ts';
import { cachedServices } from '../../payments/cached-services.ts';
import type { choiceSchema, refundSchema, termsSchema } from '../../payments/terms-schema.ts';
import { PaytoneClients } from '../../paytone/accounts.ts';
import { servicesFor } from '../../paytone/service-calls.ts';
import { connectLazily, disconnect } from '../../temporal/connection.ts';
import { isUnavailable } from '../../temporal/errors.ts';
import { paymentsOver } from '../../payments/over-temporal.ts';

export { PaymentProblem } from '../http/payment-problem.ts';
export type { PaymentView as Payment } from '../../domain/payment/payment-view.ts';

const followAgainMs = 1_000;

export type Terms = z.input<typeof termsSchema>;
export type Choice = z.input<typeof choiceSchema>;
export type RefundRequest = z.input<typeof refundSchema>;

export interface PaymentsOptions {
  /** The order service's name, as the settings have it: it sees only the payments that it started. */
  readonly owner: string;
  /** The settings of the ingress (docs/contract.md §2), without its keys and ports; default: `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Payments for a service that talks to Temporal directly: the same validation and the same answers as the HTTP API,
 * without the ingress in between. Every call answers with the payment or throws a `PaymentProblem` (status 503 where
 * Temporal is out of reach) and may be repeated as it is.
 */
export interface Payments {
  /** What a customer may pay with. */
  services(currency: string): Promise<ServicesView>;
  /** Starts the order's payment, or joins it; the redirect is there unless the status is `creating`. */
  start(orderId: string, terms: Terms): Promise<PaymentView>;
  /** The customer's choice of a method. */
  choose(orderId: string, choice: Choice): Promise<PaymentView>;
  get(orderId: string): Promise<PaymentView>;
  cancel(orderId: string, reason: string): Promise<PaymentView>;
  /** Without an amount, all that is left goes back. */
  refund(orderId: string, refund: RefundRequest): Promise<PaymentView>;
  /** The payment now and after each change, until nothing of it runs any more or `signal`; outlives an outage. */
  follow(orderId: string, signal?: AbortSignal): AsyncIterable<PaymentView>;
  /** Waits for the outcome (paid, verified, failed, expired or canceled), or rejects at `signal` or `close`. */
  outcome(orderId: string, signal?: AbortSignal): Promise<PaymentView>;
  /** Ends every `follow`. */
  close(): Promise<void>;
}

/** Connects on the first call. */
export function connectPayments({ owner, environment }: PaymentsOptions): Payments {
  const config = clientConfig(environment);
  const temporal = connectLazily(config.temporal);
  const { accounts, accountIds } = config.orderServices;
  const clients = new PaytoneClients(() => accounts);
  const policyFor = (name: string) => policyOfService(config.policy, config.orderServices, name);
  const payments = paymentsOver(temporal, config.temporal.taskQueue, {
    accountIds: () => accountIds,
    find: clients.findAttempts,
    policyFor,
    isOwner: () => true,
  });
  const calls = orderPayments({
    ...payments,
    services: cachedServices(
      servicesFor((account) => clients.of(account).prerequest, config.paytone.testMode),
    ),
    policyFor,
    returnOrigins: config.returnOrigins,
  });
  const of = (orderId: string) => ({ owner, orderId });

  const closing = new AbortController();
  const until = (signal?: AbortSignal) => AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]);

  async function* follow(orderId: string, signal: AbortSignal): AsyncGenerator<PaymentView> {
    while (!signal.aborted) {
      try {
        await bodyOrThrow(calls.get(of(orderId)));
        yield* calls.follow(of(orderId), signal);
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      await setTimeout(followAgainMs, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    services: (currency) => bodyOrThrow(calls.services(owner, currency)),
    start: (orderId, terms) => bodyOrThrow(calls.start(of(orderId), terms)),
    choose: (orderId, choice) => bodyOrThrow(calls.choose(of(orderId), choice)),
    get: (orderId) => bodyOrThrow(calls.get(of(orderId))),
    cancel: (orderId, reason) => bodyOrThrow(calls.cancel(of(orderId), { reason })),
    refund: (orderId, refund) => bodyOrThrow(calls.refund(of(orderId), refund)),
    follow: (orderId, signal) => follow(orderId, until(signal)),
    outcome: (orderId, signal) => firstOutcome(follow(orderId, until(signal)), until(signal)),
    async close() {
      closing.abort(new Error('the client was closed'));
      payments.feed.stop();
      await Promise.all([clients.close(), disconnect(temporal)]);
    },
  };
}

/** An outage, or a payment that an operator ended meanwhile: asking again tells. */
const isPassing = (error: unknown): boolean =>
  error instanceof PaymentProblem
    ? error.status >= 500
    : isUnavailable(error) || error instanceof WorkflowNotFoundError;

async function bodyOrThrow<Body>(asked: Promise<Answer<Body>>): Promise<Body> {
  const answer = await asked.catch((error: unknown) => {
    if (!isUnavailable(error)) throw error;
    return { kind: 'problem', problem: unavailable('Temporal') } as const;
  });
  if (answer.kind === 'ok') return answer.body;
  throw new PaymentProblem(problemBody(answer.problem));
}
