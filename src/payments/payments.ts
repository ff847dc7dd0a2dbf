import type { z } from 'zod';
import { exponentOf } from '../domain/money.ts';
import { dayMs, toIso } from '../domain/time.ts';
import { toServiceView, type PaymentView, type ServiceView } from '../domain/payment/payment-view.ts';
import { ok, refuse, type Answer, type OrderKey } from './api-answer.ts';
import { ArchiveError } from './archive.ts';
import { faultsOfCards } from './card-numbers.ts';
import { cursorFor } from './list-cursor.ts';
import { listQuery, type PaymentsPage } from './list-schema.ts';
import type { LoggedOutcome } from './outcome-log.ts';
import type { PaymentsOver } from './over-temporal.ts';
import { parseBody, parseOrderId, parseQuery } from './parse.ts';
import type { PaymentFinder } from './payment-finder.ts';
import type { ListedPayment } from './payment-search.ts';
import { outcomeMessage, paymentStatus, type ToldOutcome } from './payment-schema.ts';
import { forgotten, invalid, malformed, noOutcome, notFound, unavailable } from './problem.ts';
import { startPayment, type StartParts } from './start-payment.ts';
import { cancelSchema, choiceSchema, refundSchema, termsSchema } from './terms-schema.ts';

export interface ServicesView {
  readonly currency: string;
  readonly testMode: boolean;
  readonly services: readonly ServiceView[];
}

/** Who asks about which order, as it came. */
export interface OwnedOrder {
  /** The order service's name. */
  readonly owner: string;
  readonly orderId: string;
}

type PaymentAnswer = Promise<Answer<PaymentView>>;

type PaymentParts = StartParts & Pick<PaymentsOver, 'updates' | 'outcomes' | 'list'>;

/**
 * All that an order service may ask for (docs/contract.md §3), shared by the HTTP API and the typed client, so that
 * both validate and answer alike. Throws only where Temporal is out of reach.
 */
export function orderPayments(parts: PaymentParts) {
  const { finder, updates, outcomes, services, policyFor } = parts;
  const withBody = readerFor(finder);
  return {
    async services(owner: string, currency: unknown): Promise<Answer<ServicesView>> {
      if (typeof currency !== 'string' || exponentOf(currency) === null) return refuse(unknownCurrency);
      const offer = await services(policyFor(owner).account, currency).catch(() => null);
      return offer
        ? ok({ ...offer, services: offer.services.map(toServiceView) })
        : refuse(unavailable('Paytone'));
    },
    start: (asking: OwnedOrder, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: termsSchema, body }, (key, terms) => startPayment(parts, key, terms)),
    choose: (asking: OwnedOrder, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: choiceSchema, body }, (key, { attempt, ...choice }) =>
        updates.choose(key, { choice, attempt }),
      ),
    cancel: (asking: OwnedOrder, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: cancelSchema, body }, (key, { reason }) =>
        withoutCards({ reason }, () => updates.cancel(key, reason)),
      ),
    refund: (asking: OwnedOrder, body: unknown): PaymentAnswer =>
      withBody(asking, { schema: refundSchema, body }, (key, refund) =>
        withoutCards({ reason: refund.reason }, () => updates.refund(key, refund)),
      ),
    /** A read has nothing to wait on: 200, whatever the payment waits for. */
    get: (asking: OwnedOrder): PaymentAnswer =>
      withKey(asking, async (key) => {
        const payment = await finder.get(key);
        return payment ? ok(payment) : refuse(notFound);
      }),
    /** What the asker was told of a payment, each outcome with its deliveries. */
    outcomes: (asking: OwnedOrder): Promise<Answer<{ readonly outcomes: ToldOutcome[] }>> =>
      withKey(asking, async (key) => {
        const found = await outcomes.read(key);
        return found ? ok({ outcomes: found.map(toToldOutcome) }) : refuse(notFound);
      }),
    /** Tells an outcome once more. */
    redeliver: (asking: OwnedOrder, webhookId: string): Promise<Answer<ToldOutcome>> =>
      withKey(asking, async (key) => {
        const found = await outcomes.redeliver(key, webhookId);
        return found ? ok(toToldOutcome(found)) : refuse(noOutcome);
      }),
    /** A page of the asker's own payments, the newest first. */
    list: (owner: string, query: unknown): Promise<Answer<PaymentsPage>> =>
      listPayments(parts.list, owner, query),
    /** The payment now and after each change, until nothing of it runs any more or `signal` aborts. */
    async *follow({ owner, orderId }: OwnedOrder, signal: AbortSignal): AsyncGenerator<PaymentView> {
      const id = parseOrderId(orderId);
      if (id.ok) yield* finder.follow({ owner, orderId: id.value }, signal);
    },
  };
}

/** Asks about an order whose id can be one. */
async function withKey<Body>(
  { owner, orderId }: OwnedOrder,
  ask: (key: OrderKey) => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  const id = parseOrderId(orderId);
  if (!id.ok) return refuse(id.problem);
  try {
    return await ask({ owner, orderId: id.value });
  } catch (error) {
    if (error instanceof ArchiveError) return refuse(forgotten);
    throw error;
  }
}

/** What reads a body, acts on it and answers. */
function readerFor(finder: PaymentFinder) {
  /** What was refused because of how the payment stands says how that is. */
  async function withStatus(key: OrderKey, answer: Answer<PaymentView>): PaymentAnswer {
    if (answer.kind === 'ok' || answer.problem.status !== 409) return answer;
    const payment = await finder.get(key).catch(() => null);
    return payment ? refuse({ ...answer.problem, paymentStatus: payment.status }) : answer;
  }

  return <Schema extends z.ZodType>(
    asking: OwnedOrder,
    { schema, body }: { readonly schema: Schema; readonly body: unknown },
    act: (key: OrderKey, value: z.output<Schema>) => Promise<Answer<PaymentView> | null>,
  ): PaymentAnswer =>
    withKey(asking, async (key) => {
      const parsed = parseBody(schema, body);
      if (!parsed.ok) return refuse(parsed.problem);
      return withStatus(key, (await act(key, parsed.value)) ?? refuse(notFound));
    });
}

async function listPayments(
  payments: PaymentsOver['list'],
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
  const found = await payments.page({
    owner,
    ...filters,
    createdAfter,
    createdBefore,
    after,
    limit: limit + 1,
  });
  return ok(toPage(found, limit));
}

export type OrderPayments = ReturnType<typeof orderPayments>;

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

function withoutCards<Told>(
  prose: Readonly<Record<string, string>>,
  act: () => Promise<Told>,
): Promise<Told | Answer<never>> {
  const errors = faultsOfCards(prose);
  return errors.length > 0 ? Promise.resolve(refuse(invalid(errors))) : act();
}

const unknownCurrency = malformed('Name a currency of ISO 4217, such as ?currency=USD.', [
  { field: 'currency', message: 'is not a currency of ISO 4217' },
]);
