import { createHash } from 'node:crypto';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  type Client,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { workflowIdFor } from '../domain/identity.ts';
import { formatMoney } from '../domain/money.ts';
import { openPayment, type PaymentInput } from '../domain/payment/payment.ts';
import type { PaymentRecord } from '../domain/payment/record.ts';
import { differingTerms, type Terms } from '../domain/payment/terms.ts';
import { refusalTypes } from '../domain/payment/refusal.ts';
import { toView } from '../domain/payment/payment-view.ts';
import * as messages from '../../workflows/messages.ts';
import { initialAttributes, initialMemo } from '../../workflows/search-attributes.ts';
import { NoWorkerError, within } from './deadline.ts';
import { isDeadline, refusalOf } from './errors.ts';
import { refused, type PaymentAnswer } from './payment-answer.ts';
import type { PaymentReader } from './payment-reader.ts';
import { readStart } from './start-event.ts';

/** How long an order service waits for the redirect (contract, section 3), and then for what is known. */
const waitsMs = { redirect: 8_000, read: 1_500 };

/** Starts payments, each once, whoever asks and how often. */
export class PaymentStarter {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;

  constructor(client: Client, taskQueue: string, reader: PaymentReader) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = reader;
  }

  async start(input: PaymentInput): Promise<PaymentAnswer> {
    const until = Date.now() + waitsMs.redirect;
    try {
      const started = createsAtOnce(input.terms) ? await this.#startAlone(input, until) : null;
      return started ?? (await this.#startOrJoin(input, until));
    } catch (error) {
      return this.#notStarted(input, error);
    }
  }

  /** As nearly every payment starts: by this request alone, and its first create is answered. Null for any other. */
  async #startAlone(input: PaymentInput, until: number): Promise<PaymentAnswer | null> {
    const options = this.#optionsFor(input);
    try {
      await this.#until(until, () =>
        this.#client.workflow.start(messages.paymentWorkflow, {
          ...options,
          workflowIdConflictPolicy: 'FAIL',
        }),
      );
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
      throw error;
    }
    const payment = await this.#reader.firstInvoices.read(options.workflowId, until - Date.now());
    return payment && { kind: 'started', payment: toView(payment) };
  }

  async #startOrJoin(input: PaymentInput, until: number): Promise<PaymentAnswer> {
    const { owner, terms, orderId, requestId } = input;
    const asking = { owner, terms };
    const startWorkflowOperation = new WithStartWorkflowOperation(messages.paymentWorkflow, {
      ...this.#optionsFor(input),
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    startWorkflowOperation.workflowHandle().catch(() => undefined);
    // One update for all who ask the same: any number of equal requests costs the payment one.
    const updateId = `redirect-${createHash('sha256').update(JSON.stringify(asking)).digest('hex').slice(0, 32)}`;
    const record = await this.#until(until, () =>
      this.#client.workflow.executeUpdateWithStart(messages.awaitRedirect, {
        args: [asking],
        updateId,
        startWorkflowOperation,
      }),
    );
    if (record.requestId === requestId) return { kind: 'started', payment: record.payment };
    return { kind: 'found', payment: (await this.#reader.record(orderId)).payment };
  }

  #optionsFor(input: PaymentInput) {
    const { orderId, terms } = input;
    return {
      workflowId: workflowIdFor(orderId),
      args: [input] as [PaymentInput],
      taskQueue: this.#taskQueue,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `Order ${orderId}: ${formatMoney(terms.amount)} ${terms.amount.currency}`,
      typedSearchAttributes: new TypedSearchAttributes(initialAttributes(input, Date.now())),
      memo: initialMemo(input),
    } as const;
  }

  async #notStarted(input: PaymentInput, error: unknown): Promise<PaymentAnswer> {
    const refusal = refusalOf(error);
    if (refusal) return { kind: 'refused', refusal };
    if (isDeadline(error)) return this.#meanwhile(input);
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const record = await this.#reader.known(input.orderId);
    if (!record) return refused(refusalTypes.state, 'the payment was ended by an operator');
    // It may have ended before it could be asked, and be this request's own all the same.
    const kind = record.requestId === input.requestId ? 'started' : 'found';
    return refusalOfOther(record, input) ?? { kind, payment: record.payment };
  }

  /**
   * The payment while it is being created. Where no worker answers, Temporal has it as it began, which is as it
   * stands only while nothing has happened since.
   */
  async #meanwhile(input: PaymentInput): Promise<PaymentAnswer> {
    const [asked, begun] = await Promise.allSettled([
      this.#reader.record(input.orderId),
      this.#until(Date.now() + waitsMs.read, () => readStart(this.#client, workflowIdFor(input.orderId))),
    ]);
    if (asked.status === 'fulfilled') {
      const { payment } = asked.value;
      return refusalOfOther(asked.value, input) ?? { kind: 'found', payment };
    }
    if (!isDeadline(asked.reason)) throw asked.reason;
    if (begun.status === 'rejected') throw begun.reason;
    const refusal = refusalOfOther(begun.value.input, input);
    if (refusal) return refusal;
    const payment = toView(openPayment(begun.value.input, begun.value.at));
    if (!begun.value.isUntouched || payment.status !== 'creating') throw new NoWorkerError();
    return { kind: 'creating', payment };
  }

  #until<Result>(until: number, call: () => Promise<Result>): Promise<Result> {
    return within(Math.max(0, until - Date.now()), this.#client.withDeadline(until, call));
  }
}

/** The form's invoice is made by the customer's browser, and without a service there is none yet. */
const createsAtOnce = ({ service, channel }: Terms): boolean => service !== undefined && channel !== 'form';

/** What the asker is told when the payment that is there is not the one that was asked for. */
function refusalOfOther(
  there: Pick<PaymentRecord, 'owner' | 'terms'>,
  { owner, terms }: PaymentInput,
): PaymentAnswer | null {
  if (there.owner !== owner) return refused(refusalTypes.owner, 'this payment is not there');
  const differing = differingTerms(there.terms, terms);
  if (differing.length === 0) return null;
  const detail = `the order has a payment with other terms: ${differing.join(', ')}`;
  return refused(refusalTypes.terms, detail, differing);
}
