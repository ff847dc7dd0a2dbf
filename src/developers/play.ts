import { setTimeout } from 'node:timers/promises';
import { fetch } from 'undici';
import { z } from 'zod';

export interface Stage {
  /** The order API, and a key of an order service. */
  readonly api: string;
  readonly key: string;
  /** The sandbox, where Paytone is played. */
  readonly sandbox: string;
  readonly orderId: string;
  /** Decimal string, in USD. */
  readonly amount: string;
  readonly say: (line: string) => void;
}

/** What went otherwise than the scenario has it, for the person who plays it. */
export class PlayError extends Error {
  override readonly name = 'PlayError';
}

const paymentBody = z.looseObject({
  status: z.string(),
  redirect: z.looseObject({ url: z.string() }).nullable(),
  reason: z.string().nullable(),
  refunds: z.array(z.unknown()),
});
const problemDetail = z.looseObject({ detail: z.string() });
const servicesBody = z.looseObject({ services: z.array(z.looseObject({ code: z.string() })) });
const invoices = z.array(z.looseObject({ id: z.string() }));

interface Happening {
  readonly path: 'status' | 'dashboard-refund' | 'chargeback';
  readonly body: object;
  readonly attempt?: number;
}

const hostedPageService = 'payment_card_usd_hpp';
const pollPauseMs = 300;
const patienceMs = 60_000;

/** One order on the order API and its invoices in the sandbox. */
export class Play {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get amount(): string {
    return this.#stage.amount;
  }

  async start(more: object = {}): Promise<void> {
    const { amount, orderId, say } = this.#stage;
    const terms = { amount: { value: amount, currency: 'USD' }, service: hostedPageService, ...more };
    say(`PUT /v1/payments/${orderId} ${JSON.stringify(terms)}`);
    await this.#ask('PUT', '', terms);
    await this.until('awaiting_payment');
  }

  /** Another method of the same order. */
  async chooseAnother(): Promise<void> {
    const { services: offered } = servicesBody.parse(await this.#get('/v1/services?currency=USD'));
    const other = offered.find(({ code }) => code !== hostedPageService);
    if (!other) throw new PlayError('The sandbox offers no other method in USD.');
    await this.order(`the customer picks ${other.code}`, 'method', { service: other.code, attempt: 2 });
  }

  async order(what: string, path: string, body: object): Promise<void> {
    this.#stage.say(what);
    await this.#ask('POST', `/${path}`, body);
  }

  /** Something happens to the invoice of an attempt, by a path of the sandbox's control API. */
  async platform(what: string, { path, body, attempt = 1 }: Happening): Promise<void> {
    const { sandbox, orderId, say } = this.#stage;
    const referenceId = attempt === 1 ? orderId : `${orderId}.${attempt}`;
    const url = `${sandbox}/control/api/invoices`;
    const invoice = await this.#eventually(async () => {
      const [found] = invoices.parse(await bodyOf(await reach(`${url}?referenceId=${referenceId}`)));
      return found ?? null;
    }, `no invoice ${referenceId} in the sandbox`);
    say(what);
    await bodyOf(await reach(`${url}/${invoice.id}/${path}`, { method: 'POST', ...json(body) }));
  }

  /** Waits until the payment is in one of these states. */
  async until(...wanted: readonly string[]): Promise<void> {
    const { orderId, say } = this.#stage;
    let last = '';
    const there = await this.#eventually(
      async () => {
        const now = paymentBody.parse(await this.#get(`/v1/payments/${orderId}`));
        last = now.status;
        const isRefunded = now.status === 'paid' && now.refunds.length > 0;
        const seen = isRefunded ? 'paid, refunding a payment' : now.status;
        return wanted.includes(seen) ? now : null;
      },
      () => `${orderId} is ${last}, not ${wanted.join(' or ')}`,
    );
    const link = there.status === 'awaiting_payment' ? there.redirect?.url : there.reason;
    say(`${orderId} is ${there.status}${link ? `: ${link}` : ''}`);
  }

  async #eventually<Found>(
    look: () => Promise<Found | null>,
    failing: string | (() => string),
  ): Promise<Found> {
    for (const end = Date.now() + patienceMs; Date.now() < end; await setTimeout(pollPauseMs)) {
      const found = await look();
      if (found !== null) return found;
    }
    throw new PlayError(`After a minute: ${typeof failing === 'string' ? failing : failing()}.`);
  }

  #get(path: string): Promise<unknown> {
    return this.#call(path, {});
  }

  #ask(method: string, path: string, body: object): Promise<unknown> {
    return this.#call(`/v1/payments/${this.#stage.orderId}${path}`, { method, ...json(body) });
  }

  async #call(path: string, init: { method?: string; headers?: Record<string, string>; body?: string }) {
    const { api, key } = this.#stage;
    const headers = { ...init.headers, authorization: `Bearer ${key}` };
    return bodyOf(await reach(`${api}${path}`, { ...init, headers }));
  }
}

const json = (body: object) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

type FetchAnswer = Awaited<ReturnType<typeof fetch>>;

async function reach(url: string, init: Parameters<typeof fetch>[1] = {}): Promise<FetchAnswer> {
  try {
    return await fetch(url, init);
  } catch {
    throw new PlayError(`${new URL(url).origin} does not answer: is "npm start" running?`);
  }
}

async function bodyOf(answer: FetchAnswer): Promise<unknown> {
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body;
  const { data } = problemDetail.safeParse(body);
  throw new PlayError(
    `${new URL(answer.url).pathname} answers ${answer.status}: ${data?.detail ?? 'no reason'}`,
  );
}
