import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { ChoiceAsking } from '../domain/payment/choice.ts';
import type { OrderId, Reference } from '../domain/identity.ts';
import type { PaymentInput } from '../domain/payment/payment.ts';
import { toView } from '../domain/payment/payment-view.ts';
import type { PaymentRecord } from '../domain/payment/record.ts';
import type { RefundAsking } from '../domain/payment/refunding.ts';
import type { PaymentView } from '../domain/payment/view.ts';
import { Archive, ArchiveError, type ArchiveSource } from './archive.ts';
import { CallbackInbox, type CallbackNews } from './callback-inbox.ts';
import { PaymentList, type ListAsking, type ListedPayment } from './payment-list.ts';
import { OutcomeLog, type LoggedOutcome } from './outcome-log.ts';
import { PaymentFeed } from './payment-feed.ts';
import { within } from '../temporal/deadline.ts';
import type { PaymentAnswer } from './payment-answer.ts';
import { PaymentReader } from './payment-reader.ts';
import { PaymentStarter } from './payment-starter.ts';
import { PaymentUpdates } from './payment-updates.ts';
import { Returns } from './returns.ts';
import { Slices } from './slices.ts';
import { Turns } from './rate-limiter.ts';

/** How long the platform waits for a callback to be durable, and an order service for what Temporal has forgotten. */
const waitsMs = { callback: 7_000, reopening: 6_000 };

export type { PaymentAnswer } from './payment-answer.ts';
export type { ListedPayment } from './payment-list.ts';
export type { LoggedOutcome } from './outcome-log.ts';

/** `isForgotten`: by Temporal, so that nothing of it runs. */
interface Found {
  readonly answer: PaymentAnswer;
  readonly isForgotten: boolean;
}

/**
 * The typed client of payments: start or join, choose, read, wake. Every method throws only where Temporal cannot
 * be reached (see `isUnavailable`); expected ends are values.
 */
export class PaymentClient {
  readonly #client: Client;
  readonly #archive: Archive;
  readonly #reader: PaymentReader;
  readonly #starter: PaymentStarter;
  readonly #callbacks: CallbackInbox;
  readonly #feed: PaymentFeed;
  readonly #updates: PaymentUpdates;
  readonly #returns: Returns;
  readonly #list: PaymentList;
  readonly #outcomes: OutcomeLog;
  readonly #looks = new Turns();
  readonly #slices = new Slices();

  constructor(client: Client, taskQueue: string, source: ArchiveSource) {
    const archive = new Archive(client, taskQueue, source);
    const parts = { reader: new PaymentReader(client), archive };
    this.#client = client;
    this.#archive = archive;
    this.#reader = parts.reader;
    this.#starter = new PaymentStarter(client, taskQueue, parts);
    this.#callbacks = new CallbackInbox(client, taskQueue, parts);
    this.#feed = new PaymentFeed(client, this.#reader);
    this.#updates = new PaymentUpdates(client, taskQueue, this.#reader);
    this.#returns = new Returns(client, this.#reader, this.#feed);
    this.#list = new PaymentList(client, taskQueue);
    this.#outcomes = new OutcomeLog(client, taskQueue);
  }

  /** Starts the order's payment or joins the one that is there, and waits for the redirect for up to 8 s. */
  start(input: PaymentInput): Promise<PaymentAnswer> {
    return this.#starter.start(input);
  }

  choose(owner: string, orderId: OrderId, asking: ChoiceAsking): Promise<PaymentAnswer> {
    return this.#updates.choose({ owner, orderId }, asking);
  }

  cancel(owner: string, orderId: OrderId, reason: string): Promise<PaymentAnswer> {
    return this.#updates.cancel({ owner, orderId }, reason);
  }

  async refund(owner: string, orderId: OrderId, asking: RefundAsking): Promise<PaymentAnswer> {
    const refund = () => this.#updates.refund({ owner, orderId }, asking);
    const answer = await refund();
    if (answer.kind !== 'absent') return answer;
    const reopen = () => this.#archive.reopen(owner, orderId);
    return this.#ifItAnswers(async () =>
      (await this.#within(waitsMs.reopening, reopen)) ? refund() : answer,
    );
  }

  /** Many who ask for one payment again and again share a look a second. */
  async get(owner: string, orderId: OrderId): Promise<PaymentAnswer> {
    await this.#looks.take(orderId);
    const { answer } = await this.#find(owner, orderId);
    await this.#slices.pass();
    return answer;
  }

  /** Payments of an order service, the newest first, as visibility has them: some seconds behind. */
  list(asking: ListAsking): Promise<ListedPayment[]> {
    return this.#list.page(asking);
  }

  /** What the order service was told; null where the payment is not there for it. Nothing of what Temporal has forgotten. */
  async outcomes(owner: string, orderId: OrderId): Promise<LoggedOutcome[] | null> {
    return (await this.#isOwn(owner, orderId)) ? this.#outcomes.read(orderId) : null;
  }

  /** Tells an outcome once more; null where there is none of that id. */
  async redeliver(owner: string, orderId: OrderId, outcomeId: string): Promise<LoggedOutcome | null> {
    const isOwn = await this.#isOwn(owner, orderId);
    return isOwn ? this.#outcomes.redeliver(owner, orderId, outcomeId) : null;
  }

  async #isOwn(owner: string, orderId: OrderId): Promise<boolean> {
    return (await this.#reader.known(orderId))?.owner === owner;
  }

  /** Whether this order service has started a payment for the order. */
  async exists(owner: string, orderId: OrderId): Promise<boolean> {
    return (await this.#find(owner, orderId)).answer.kind === 'found';
  }

  async #find(owner: string, orderId: OrderId): Promise<Found> {
    const shown = (by: string, payment: PaymentView): PaymentAnswer =>
      by === owner ? { kind: 'found', payment } : { kind: 'absent' };
    try {
      const record = await this.#reader.record(orderId);
      return { answer: shown(record.owner, record.payment), isForgotten: false };
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
    const answer = await this.#ifItAnswers(async () => {
      const payment = await this.#archive.payment(orderId);
      return payment ? shown(payment.input.owner, toView(payment)) : { kind: 'absent' };
    });
    return { answer, isForgotten: true };
  }

  async #ifItAnswers(ask: () => Promise<PaymentAnswer>): Promise<PaymentAnswer> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ArchiveError) return { kind: 'unanswered' };
      throw error;
    }
  }

  /** The payment now and after each change, until nothing of it runs any more; nothing of another's payment. */
  async *follow(owner: string, orderId: OrderId, signal: AbortSignal): AsyncGenerator<PaymentView> {
    const { answer, isForgotten } = await this.#find(owner, orderId);
    if (answer.kind !== 'found') return;
    if (isForgotten) {
      yield answer.payment;
      return;
    }
    let last = '';
    for await (const { payment } of this.#feed.follow(orderId, signal)) {
      const text = JSON.stringify(payment);
      if (text !== last) yield payment;
      last = text;
    }
  }

  /** Ends every `follow`, whose payment may go on (`isUnavailable`: ask again elsewhere). */
  stopFollowing(): void {
    this.#feed.stop();
  }

  /** Makes a callback durable: on its payment, or where that is over or was never there, in its aftermath. */
  callback(reference: Reference, news: CallbackNews): Promise<void> {
    return this.#within(waitsMs.callback, () => this.#callbacks.receive(reference, news));
  }

  /** A signed callback for a reference that this product never makes: kept where an operator sees it. */
  foreignCallback(reference: string): Promise<void> {
    return this.#within(waitsMs.callback, () => this.#callbacks.receiveForeign(reference));
  }

  /** The customer is back: the payment asks the platform; its answer, or what is known after 3 s. */
  returned(orderId: OrderId): Promise<PaymentRecord | null> {
    return this.#returns.visit(orderId);
  }

  #within<Result>(ms: number, call: () => Promise<Result>): Promise<Result> {
    return within(ms, this.#client.withDeadline(Date.now() + ms, call));
  }
}
