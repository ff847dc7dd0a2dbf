import { createHash } from 'node:crypto';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  type Client,
} from '@temporalio/client';
import { TypedSearchAttributes, WorkflowNotFoundError } from '@temporalio/common';
import type { ChoiceAsking } from '../domain/choice.ts';
import { workflowIdFor, type OrderId, type Reference } from '../domain/identity.ts';
import { formatMoney } from '../domain/money.ts';
import { openPayment, type PaymentInput } from '../domain/payment.ts';
import type { PaymentRecord } from '../domain/record.ts';
import type { RefundAsking } from '../domain/refunding.ts';
import { differingTerms } from '../domain/terms.ts';
import { refusalTypes } from '../domain/update-refusal.ts';
import { viewOf, type PaymentView } from '../domain/view.ts';
import * as messages from '../../workflows/messages.ts';
import { initialAttributes, initialMemo } from '../../workflows/visibility.ts';
import { CallbackInbox } from './callback-inbox.ts';
import { PaymentFeed } from './payment-feed.ts';
import { within } from './deadline.ts';
import { isDeadline, refusalOf } from './errors.ts';
import { refused, type PaymentAnswer } from './payment-answer.ts';
import { PaymentReader } from './payment-reader.ts';
import { PaymentUpdates } from './payment-updates.ts';
import { Slices } from './slices.ts';
import { readStart } from './start-event.ts';
import { Turns } from './turns.ts';

export type { PaymentAnswer } from './payment-answer.ts';

/** How long an order service waits for the redirect (contract, section 3), and a customer for the truth. */
const waitsMs = { redirect: 8_000, settled: 3_000, read: 2_500, callback: 7_000 };

/**
 * The typed client of payments: start or join, choose, read, wake. Every method throws only where Temporal cannot
 * be reached (see `isUnavailable`); expected ends are values.
 */
export class PaymentClient {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;
  readonly #callbacks: CallbackInbox;
  readonly #feed: PaymentFeed;
  readonly #updates: PaymentUpdates;
  readonly #looks = new Turns();
  readonly #slices = new Slices();

  constructor(client: Client, taskQueue: string) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = new PaymentReader(client);
    this.#callbacks = new CallbackInbox(client, taskQueue, this.#reader);
    this.#feed = new PaymentFeed(client, this.#reader);
    this.#updates = new PaymentUpdates(client, taskQueue, this.#reader);
  }

  /** Starts the order's payment or joins the one that is there, and waits for the redirect for up to 8 s. */
  async start(input: PaymentInput): Promise<PaymentAnswer> {
    const { owner, terms, orderId } = input;
    const asking = { owner, terms };
    const startWorkflowOperation = new WithStartWorkflowOperation(messages.paymentWorkflow, {
      workflowId: workflowIdFor(orderId),
      args: [input],
      taskQueue: this.#taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `Order ${orderId}: ${formatMoney(terms.amount)} ${terms.amount.currency}`,
      typedSearchAttributes: new TypedSearchAttributes(initialAttributes(input)),
      memo: initialMemo(input),
    });
    startWorkflowOperation.workflowHandle().catch(() => undefined);
    // One update for all who ask the same: any number of equal requests costs the payment one.
    const updateId = `redirect-${createHash('sha256').update(JSON.stringify(asking)).digest('hex').slice(0, 32)}`;
    try {
      const record = await this.#within(waitsMs.redirect, () =>
        this.#client.workflow.executeUpdateWithStart(messages.awaitRedirect, {
          args: [asking],
          updateId,
          startWorkflowOperation,
        }),
      );
      if (record.requestId === input.requestId) return { kind: 'started', payment: record.payment };
      return { kind: 'found', payment: (await this.#reader.record(orderId)).payment };
    } catch (error) {
      return this.#notStarted(input, error);
    }
  }

  async #notStarted(input: PaymentInput, error: unknown): Promise<PaymentAnswer> {
    const refusal = refusalOf(error);
    if (refusal) return { kind: 'refused', refusal };
    if (isDeadline(error)) return this.#meanwhile(input);
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const record = await this.#reader.known(input.orderId);
    if (!record) return refused(refusalTypes.state, 'the payment was ended by an operator');
    return refusalOfOther(record, input) ?? { kind: 'found', payment: record.payment };
  }

  /** The payment while it is being created; where no worker answers, as Temporal has it since its start. */
  async #meanwhile(input: PaymentInput): Promise<PaymentAnswer> {
    try {
      const record = await this.#reader.record(input.orderId);
      return refusalOfOther(record, input) ?? { kind: 'creating', payment: record.payment };
    } catch (error) {
      if (!isDeadline(error)) throw error;
    }
    const started = await this.#within(waitsMs.read, () =>
      readStart(this.#client, workflowIdFor(input.orderId)),
    );
    const payment = viewOf(openPayment(started.input, started.at));
    return refusalOfOther(started.input, input) ?? { kind: 'creating', payment };
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
    for await (const { payment } of this.#feed.follow(orderId, signal)) yield payment;
  }

  /** Ends every `follow`, whose payment may go on (`isUnavailable`: ask again elsewhere). */
  stopFollowing(): void {
    this.#feed.stop();
  }

  /** Makes a callback durable: on its payment, or where that is over or was never there, in its aftermath. */
  callback(reference: Reference, news: Omit<messages.CallbackHint, 'attempt'>): Promise<void> {
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

  #within<Result>(ms: number, call: () => Promise<Result>): Promise<Result> {
    return within(ms, this.#client.withDeadline(Date.now() + ms, call));
  }
}

/** What the asker is told when the payment that is there is not the one that was asked for. */
function refusalOfOther(
  there: Pick<PaymentRecord, 'owner' | 'terms'>,
  { owner, terms }: PaymentInput,
): PaymentAnswer | null {
  if (there.owner !== owner) return refused(refusalTypes.owner, 'this payment is not there');
  const differing = differingTerms(there.terms, terms);
  if (differing.length === 0) return null;
  const detail = `the order has a payment with other terms: ${differing.join(', ')}`;
  const errors = differing.map((field) => ({ field, message: 'differs from the payment that is there' }));
  return refused(refusalTypes.terms, detail, errors);
}
