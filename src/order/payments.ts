import type { z } from 'zod';
import { assertNever } from '../domain/assert-never.ts';
import type { OrderId } from '../domain/identity.ts';
import { exponentOf } from '../domain/money.ts';
import { toServiceView, type PaymentView, type ServiceView } from '../domain/payment/view.ts';
import { parseBody, parseOrderId } from './parse.ts';
import { invalid, malformed, notFound, problemOfRefusal, unavailable, type Problem } from './problem.ts';
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
 * All that an order service may ask for (contract, section 3), shared by the HTTP API and the typed client, so that
 * both validate and answer alike. Throws only where Temporal is out of reach.
 */
export function orderPayments(parts: StartParts) {
  const { payments, services } = parts;
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
        payments.cancel(owner, orderId, reason),
      ),
    refund: (asking: Asking, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: refundSchema, body }, ({ owner, orderId }, refund) =>
        payments.refund(owner, orderId, refund),
      ),
    async get({ owner, orderId }: Asking): PaymentAnswer {
      const id = parseOrderId(orderId);
      if (!id.ok) return refuse(id.problem);
      const answer = answerOf(await payments.get(owner, id.value));
      // A read has nothing to wait on.
      return answer.kind === 'ok' ? { ...answer, status: 200 } : answer;
    },
    /** The payment now and after each change, until nothing of it runs any more or `signal` aborts. */
    follow({ owner, orderId }: Asking, signal: AbortSignal): AsyncIterable<PaymentView> {
      const id = parseOrderId(orderId);
      return id.ok ? payments.follow(owner, id.value, signal) : nothing;
    },
  };
}

export type OrderPayments = ReturnType<typeof orderPayments>;

const nothing: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

const refuse = (problem: Problem): { readonly kind: 'problem'; readonly problem: Problem } => ({
  kind: 'problem',
  problem,
});

async function withBody<Schema extends z.ZodType>(
  { owner, orderId }: Asking,
  { schema, body }: { readonly schema: Schema; readonly body: unknown },
  act: (known: Known, value: z.output<Schema>) => Promise<StartAnswer>,
): PaymentAnswer {
  const id = parseOrderId(orderId);
  if (!id.ok) return refuse(id.problem);
  const parsed = parseBody(schema, body);
  if (!parsed.ok) return refuse(parsed.problem);
  return answerOf(await act({ owner, orderId: id.value }, parsed.value));
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
    case 'refused':
      return refuse(problemOfRefusal(answer.refusal));
    case 'invalid':
      return refuse(invalid(answer.errors));
    default:
      return assertNever(answer);
  }
}
