import { WithStartWorkflowOperation, type Client, type WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { aftermathIdFor, workflowIdFor, type OrderId, type Reference } from '../domain/identity.ts';
import type { PaymentInput } from '../domain/payment.ts';
import type { PaymentRecord } from '../domain/record.ts';
import { refusalOfRefund, type RefundAsking } from '../domain/refunding.ts';
import type { Choice } from '../domain/service.ts';
import { refusalTypes } from '../domain/update-refusal.ts';
import type { PaymentView } from '../domain/view.ts';
import * as messages from '../../workflows/messages.ts';
import { CallbackInbox, type CallbackNews } from './callback-inbox.ts';
import { PaymentFeed } from './payment-feed.ts';
import { within } from './deadline.ts';
import { isDeadline, refusalOf } from './errors.ts';
import { refused, type PaymentAnswer } from './payment-answer.ts';
import { PaymentReader, type AftermathWorkflow, type PaymentWorkflow } from './payment-reader.ts';
import { PaymentStarter } from './payment-starter.ts';
import { Slices } from './slices.ts';
import { Turns } from './turns.ts';

/** How long an order service waits for an answer, and a customer for the truth. */
const waitsMs = { settled: 3_000, read: 2_500, call: 8_000, callback: 7_000 };

export type { PaymentAnswer } from './payment-answer.ts';

/**
 * The typed client of payments: start or join, choose, read, wake. Every method throws only where Temporal cannot
 * be reached (see `isUnavailable`); expected ends are values.
 */
export class PaymentClient {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;
  readonly #starter: PaymentStarter;
  readonly #callbacks: CallbackInbox;
  readonly #feed: PaymentFeed;
  readonly #looks = new Turns();
  readonly #slices = new Slices();

  constructor(client: Client, taskQueue: string) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = new PaymentReader(client);
    this.#starter = new PaymentStarter(client, taskQueue, this.#reader);
    this.#callbacks = new CallbackInbox(client, taskQueue, this.#reader);
    this.#feed = new PaymentFeed(client, this.#reader);
  }

  /** Starts the order's payment or joins the one that is there, and waits for the redirect for up to 8 s. */
  start(input: PaymentInput): Promise<PaymentAnswer> {
    return this.#starter.start(input);
  }

  async choose(owner: string, orderId: OrderId, choice: Choice): Promise<PaymentAnswer> {
    return this.#update({ owner, orderId }, (handle) =>
      handle.executeUpdate(messages.chooseMethod, { args: [{ owner, choice }] }),
    );
  }

  async cancel(owner: string, orderId: OrderId, reason: string): Promise<PaymentAnswer> {
    return this.#update({ owner, orderId }, (handle) =>
      handle.executeUpdate(messages.cancelPayment, { args: [{ owner, reason }] }),
    );
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
    for await (const { payment } of this.#feed.follow(orderId, signal)) yield payment;
  }

  /** Ends every `follow`. */
  stopFollowing(): void {
    this.#feed.stop();
  }

  /** Gives money back, wholly or in part; the same `refundId` again answers as before. */
  async refund(owner: string, orderId: OrderId, asking: RefundAsking): Promise<PaymentAnswer> {
    const update = { args: [{ owner, asking }] as [{ owner: string; asking: RefundAsking }] };
    for (const id of [workflowIdFor(orderId), aftermathIdFor(orderId)]) {
      const handle = this.#client.workflow.getHandle(id);
      const answer = await this.#update({ owner, orderId }, () =>
        handle.executeUpdate(messages.refund, update),
      );
      if (answer.kind !== 'refused' || answer.refusal.type !== refusalTypes.over) return answer;
    }
    const ended = await this.#within(waitsMs.read, () => this.#reader.ended(orderId));
    if (ended === 'running') return this.refund(owner, orderId, asking);
    if (!ended || ended.owner !== owner) return { kind: 'absent' };
    // Refused here, nothing is started for it.
    const refusal = refusalOfRefund(ended.state.payment, asking);
    if (refusal) return { kind: 'refused', refusal };
    return this.#update({ owner, orderId }, () =>
      this.#client.workflow.executeUpdateWithStart(messages.refund, {
        ...update,
        startWorkflowOperation: new WithStartWorkflowOperation<AftermathWorkflow>(
          messages.aftermathWorkflow,
          {
            workflowId: aftermathIdFor(orderId),
            taskQueue: this.#taskQueue,
            args: [{ kind: 'ended', state: ended.state }],
            workflowIdConflictPolicy: 'USE_EXISTING',
          },
        ),
      }),
    );
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
  async returned(orderId: OrderId): Promise<PaymentRecord | null> {
    try {
      return await this.#within(waitsMs.settled, () =>
        this.#reader.handle(orderId).executeUpdate(messages.customerReturned),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return this.#reader.known(orderId);
      if (isDeadline(error)) return this.#reader.record(orderId);
      throw error;
    }
  }

  async #update(
    { owner, orderId }: { owner: string; orderId: OrderId },
    send: (handle: WorkflowHandle<PaymentWorkflow>) => Promise<PaymentRecord>,
  ): Promise<PaymentAnswer> {
    try {
      const { payment } = await this.#within(waitsMs.call, () => send(this.#reader.handle(orderId)));
      return { kind: 'found', payment };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal)
        return refusal.type === refusalTypes.owner ? { kind: 'absent' } : { kind: 'refused', refusal };
      const late = isDeadline(error);
      if (!late && !(error instanceof WorkflowNotFoundError)) throw error;
      const record = await this.#reader.known(orderId);
      // No validator has asked whose payment it is.
      if (record?.owner !== owner) return { kind: 'absent' };
      if (late) return { kind: 'creating', payment: record.payment };
      return refused(refusalTypes.over, `the payment is ${record.payment.status}: it is over`);
    }
  }

  #within<Result>(ms: number, call: () => Promise<Result>): Promise<Result> {
    return within(ms, this.#client.withDeadline(Date.now() + ms, call));
  }
}
