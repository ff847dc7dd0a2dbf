import type { z } from 'zod';
import { assertNever } from '../domain/assert-never.ts';
import type { OrderId } from '../domain/identity.ts';
import { exponentOf } from '../domain/money.ts';
import { dayMs, toIso } from '../domain/time.ts';
import type { ListedPayment, LoggedOutcome } from './payment-client.ts';
import { toServiceView, type PaymentView, type ServiceView } from '../domain/payment/view.ts';
import { faultsOfCards } from './card-numbers.ts';
import { cursorFor, listQuery, type PaymentsPage } from './list-schema.ts';
import { outcomeMessage, paymentStatus, type ToldOutcome } from './payment-schema.ts';
import { parseBody, parseOrderId, parseQuery } from './parse.ts';
import {
  forgotten,
  invalid,
  malformed,
  noOutcome,
  notFound,
  problemOfRefusal,
  unavailable,
  type Problem,
} from './problem.ts';
import { startPayment, type StartAnswer, type StartParts } from './start-payment.ts';
import { cancelSchema, choiceSchema, refundSchema, termsSchema } from './terms-schema.ts';

/** What an order service is told, whichever way it asked; `status` and problems are those of HTTP. */
export type Answer<Body> =
  | { readonly kind: 'ok'; readonly status: 200 | 201 | 202; readonly body: Body }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface ServicesView {
  readonly currency: string;
  readonly testMode: boolean;
  readonly services: readonly ServiceView[];
}

/** Who asks about which order. */
export interface Asking {
  /** The order service's name. */
  readonly owner: string;
  readonly orderId: string;
}

interface Known {
  readonly owner: string;
  readonly orderId: OrderId;
}

type PaymentAnswer = Promise<Answer<PaymentView>>;

/**
 * All that an order service may ask for (docs/contract.md §3), shared by the HTTP API and the typed client, so that
 * both validate and answer alike. Throws only where Temporal is out of reach.
 */
export function orderPayments(parts: StartParts) {
  const { payments, services } = parts;

  const withBody = readerFor(payments);
  return {
    async services(currency: unknown): Promise<Answer<ServicesView>> {
      if (typeof currency !== 'string' || exponentOf(currency) === null) return refuse(unknownCurrency);
      const offer = await services(currency).catch(() => null);
      if (!offer) return refuse(unavailable('Paytone'));
      return { kind: 'ok', status: 200, body: { ...offer, services: offer.services.map(toServiceView) } };
    },
    start: (asking: Asking, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: termsSchema, body }, (known, terms) =>
        startPayment(parts, { ...known, terms }),
      ),
    choose: (asking: Asking, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: choiceSchema, body }, ({ owner, orderId }, { attempt, ...choice }) =>
        payments.choose(owner, orderId, { choice, attempt }),
      ),
    cancel: (asking: Asking, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: cancelSchema, body }, ({ owner, orderId }, { reason }) =>
        withoutCards({ reason }, () => payments.cancel(owner, orderId, reason)),
      ),
    refund: (asking: Asking, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: refundSchema, body }, ({ owner, orderId }, refund) =>
        withoutCards({ reason: refund.reason }, () => payments.refund(owner, orderId, refund)),
      ),
    async get({ owner, orderId }: Asking): PaymentAnswer {
      const id = parseOrderId(orderId);
      if (!id.ok) return refuse(id.problem);
      const answer = answerOf(await payments.get(owner, id.value));
      // A read has nothing to wait on.
      return answer.kind === 'ok' ? { ...answer, status: 200 } : answer;
    },
    /** What the asker was told of a payment, each outcome with its deliveries. */
    async outcomes({ owner, orderId }: Asking): Promise<Answer<{ readonly outcomes: ToldOutcome[] }>> {
      const id = parseOrderId(orderId);
      if (!id.ok) return refuse(id.problem);
      const found = await payments.outcomes(owner, id.value);
      if (!found) return refuse(notFound);
      return { kind: 'ok', status: 200, body: { outcomes: found.map(toToldOutcome) } };
    },
    /** Tells an outcome once more. */
    async redeliver({ owner, orderId }: Asking, webhookId: string): Promise<Answer<ToldOutcome>> {
      const id = parseOrderId(orderId);
      if (!id.ok) return refuse(id.problem);
      const found = await payments.redeliver(owner, id.value, webhookId);
      return found ? { kind: 'ok', status: 200, body: toToldOutcome(found) } : refuse(noOutcome);
    },
    /** A page of the asker's own payments, the newest first. */
    list: (owner: string, query: unknown): Promise<Answer<PaymentsPage>> => list(payments, owner, query),
    /** The payment now and after each change, until nothing of it runs any more or `signal` aborts. */
    follow({ owner, orderId }: Asking, signal: AbortSignal): AsyncIterable<PaymentView> {
      const id = parseOrderId(orderId);
      return id.ok ? payments.follow(owner, id.value, signal) : nothing;
    },
  };
}

/** What reads a body, acts on it and answers. */
function readerFor(payments: StartParts['payments']) {
  async function withBody<Schema extends z.ZodType>(
    { owner, orderId }: Asking,
    { schema, body }: { readonly schema: Schema; readonly body: unknown },
    act: (known: Known, value: z.output<Schema>) => Promise<StartAnswer>,
  ): PaymentAnswer {
    const id = parseOrderId(orderId);
    if (!id.ok) return refuse(id.problem);
    const parsed = parseBody(schema, body);
    if (!parsed.ok) return refuse(parsed.problem);
    const known = { owner, orderId: id.value };
    return withStatus(known, answerOf(await act(known, parsed.value)));
  }

  /** What was refused because of how the payment stands says how that is. */
  async function withStatus({ owner, orderId }: Known, answer: Answer<PaymentView>): PaymentAnswer {
    if (answer.kind === 'ok' || answer.problem.status !== 409) return answer;
    const found = await payments.get(owner, orderId).catch(() => null);
    if (found?.kind !== 'found') return answer;
    return refuse({ ...answer.problem, paymentStatus: found.payment.status });
  }

  return withBody;
}

async function list(
  payments: StartParts['payments'],
  owner: string,
  query: unknown,
): Promise<Answer<PaymentsPage>> {
  const parsed = parseQuery(listQuery, query);
  if (!parsed.ok) return refuse(parsed.problem);
  const {
    limit,
    cursor: after,
    createdAfter = 0,
    createdBefore = Date.now() + dayMs,
    ...filters
  } = parsed.value;
  const asking = { owner, ...filters, createdAfter, createdBefore, after, limit: limit + 1 };
  return { kind: 'ok', status: 200, body: toPage(await payments.list(asking), limit) };
}

export type OrderPayments = ReturnType<typeof orderPayments>;

const nothing: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

const toToldOutcome = ({ id, status, state, outcome, deliveries }: LoggedOutcome): ToldOutcome => ({
  webhookId: id,
  type: outcomeMessage.shape.type.parse(`payment.${status}`),
  timestamp: outcome?.timestamp ?? null,
  supersedes: outcome?.supersedes ?? null,
  state,
  deliveries: deliveries.map(({ at, result, detail }) => ({ at: toIso(at), result, detail })),
});

/** One more than fits was asked for, to know whether there is another page. */
function toPage(found: readonly ListedPayment[], limit: number): PaymentsPage {
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    payments: shown.map(({ status, amount, currency, createdAt, expiresAt, owner: _, ...rest }) => ({
      ...rest,
      status: paymentStatus.parse(status),
      amount: { value: amount, currency },
      createdAt: toIso(createdAt),
      expiresAt: toIso(expiresAt),
    })),
    nextCursor: last ? cursorFor(last.createdAt, last.orderId) : null,
  };
}

const refuse = (problem: Problem): { readonly kind: 'problem'; readonly problem: Problem } => ({
  kind: 'problem',
  problem,
});

function withoutCards(
  prose: Readonly<Record<string, string>>,
  act: () => Promise<StartAnswer>,
): Promise<StartAnswer> {
  const errors = faultsOfCards(prose);
  return errors.length > 0 ? Promise.resolve({ kind: 'invalid', errors }) : act();
}

const unknownCurrency = malformed('Name a currency of ISO 4217, such as ?currency=USD.', [
  { field: 'currency', message: 'is not a currency of ISO 4217' },
]);

function answerOf(answer: StartAnswer): Answer<PaymentView> {
  switch (answer.kind) {
    case 'started':
    case 'found':
    case 'creating': {
      const waits = answer.payment.status === 'creating';
      const known = answer.kind === 'started' ? 201 : 200;
      return { kind: 'ok', status: waits ? 202 : known, body: answer.payment };
    }
    case 'absent':
      return refuse(notFound);
    case 'unanswered':
      return refuse(forgotten);
    case 'refused':
      return refuse(problemOfRefusal(answer.refusal));
    case 'invalid':
      return refuse(invalid(answer.errors));
    default:
      return assertNever(answer);
  }
}
