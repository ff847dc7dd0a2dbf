import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { ChoiceAsking } from '../domain/payment/choice.ts';
import type { OrderId, Reference } from '../domain/identity.ts';
import type { PaymentInput } from '../domain/payment/payment.ts';
import type { PaymentRecord } from '../domain/payment/record.ts';
import type { RefundAsking } from '../domain/payment/refunding.ts';
import type { PaymentView } from '../domain/payment/view.ts';
import { CallbackInbox, type CallbackNews } from './callback-inbox.ts';
import { PaymentFeed } from './payment-feed.ts';
import { within } from './deadline.ts';
import type { PaymentAnswer } from './payment-answer.ts';
import { PaymentReader } from './payment-reader.ts';
import { PaymentStarter } from './payment-starter.ts';
import { PaymentUpdates } from './payment-updates.ts';
import { Returns } from './returns.ts';
import { Slices } from './slices.ts';
import { Turns } from './turns.ts';

/** How long the platform waits for a callback to be durable. */
const waitsMs = { callback: 7_000 };

export type { PaymentAnswer } from './payment-answer.ts';

/**
 * The typed client of payments: start or join, choose, read, wake. Every method throws only where Temporal cannot
 * be reached (see `isUnavailable`); expected ends are values.
 */
export class PaymentClient {
  readonly #client: Client;
  readonly #reader: PaymentReader;
  readonly #starter: PaymentStarter;
  readonly #callbacks: CallbackInbox;
  readonly #feed: PaymentFeed;
  readonly #updates: PaymentUpdates;
  readonly #returns: Returns;
  readonly #looks = new Turns();
  readonly #slices = new Slices();

  constructor(client: Client, taskQueue: string) {
    this.#client = client;
    this.#reader = new PaymentReader(client);
    this.#starter = new PaymentStarter(client, taskQueue, this.#reader);
    this.#callbacks = new CallbackInbox(client, taskQueue, this.#reader);
    this.#feed = new PaymentFeed(client, this.#reader);
    this.#updates = new PaymentUpdates(client, taskQueue, this.#reader);
    this.#returns = new Returns(client, this.#reader, this.#feed);
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

  refund(owner: string, orderId: OrderId, asking: RefundAsking): Promise<PaymentAnswer> {
    return this.#updates.refund({ owner, orderId }, asking);
  }

  /** Many who ask for one payment again and again share a look a second. */
  async get(owner: string, orderId: OrderId): Promise<PaymentAnswer> {
    await this.#looks.take(orderId);
    const answer = await this.#find(owner, orderId);
    await this.#slices.pass();
    return answer;
  }

  /** Whether this order service has started a payment for the order. */
  async exists(owner: string, orderId: OrderId): Promise<boolean> {
    return (await this.#find(owner, orderId)).kind !== 'absent';
  }

  async #find(owner: string, orderId: OrderId): Promise<PaymentAnswer> {
    try {
      const record = await this.#reader.record(orderId);
      return record.owner === owner ? { kind: 'found', payment: record.payment } : { kind: 'absent' };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { kind: 'absent' };
      throw error;
    }
  }

  /** The payment now and after each change, until nothing of it runs any more; nothing of another's payment. */
  async *follow(owner: string, orderId: OrderId, signal: AbortSignal): AsyncGenerator<PaymentView> {
    const first = await this.#find(owner, orderId);
    if (first.kind === 'absent') return;
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
