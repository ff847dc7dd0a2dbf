import { createHash } from 'node:crypto';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  type Client,
} from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { workflowIdFor } from '../domain/identity.ts';
import { isEarlier } from '../domain/payment/forgotten.ts';
import { openPayment, type PaymentInput } from '../domain/payment/payment.ts';
import type { PaymentRecord } from '../domain/payment/payment-record.ts';
import { differingTerms, type Terms } from '../domain/payment/terms.ts';
import { refusalTypes } from '../domain/payment/refusal.ts';
import { toPaymentView } from '../domain/payment/to-payment-view.ts';
import type { PaymentView } from '../domain/payment/payment-view.ts';
import * as messages from '../../workflows/messages.ts';
import { ArchiveError, type Archive } from './archive.ts';
import { callWithin, NoWorkerError } from '../temporal/deadline.ts';
import { isDeadline, refusalOf } from '../temporal/errors.ts';
import { endedByOperator, refuse, refusedAs, toAnswer, type Answer } from './api-answer.ts';
import { problemOfRefusal } from './problem.ts';
import type { FirstAnswer } from './first-invoices.ts';
import type { PaymentReader } from './payment-reader.ts';
import { readStart } from './start-event.ts';
import { startOptions } from './start-options.ts';

/** Since a request came: until when it waits for the redirect (docs/contract.md §3), then for what is known, and at all. */
const startWaitsMs = { redirect: 8_000, read: 8_700, answer: 9_400 };

/** What came instead of the redirect, and until when what is known can be read. */
interface Late {
  readonly error: unknown;
  readonly readBy: number;
}

/** Starts payments, each once, whoever asks and how often. */
export class PaymentStarter {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;
  readonly #archive: Archive;

  constructor(
    client: Client,
    taskQueue: string,
    { reader, archive }: { readonly reader: PaymentReader; readonly archive: Archive },
  ) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = reader;
    this.#archive = archive;
  }

  /** `since`: when the request came, epoch milliseconds. */
  start(input: PaymentInput, since: number): Promise<Answer<PaymentView>> {
    return this.#until(since + startWaitsMs.answer, () => this.#start(input, since));
  }

  async #start(input: PaymentInput, since: number): Promise<Answer<PaymentView>> {
    const until = since + startWaitsMs.redirect;
    try {
      // A start would succeed, and then two runs would handle the same money.
      const outlived = await this.#until(until, () => this.#reader.outlived(input.orderId));
      if (outlived) return answerFor(input, outlived);
      await this.#until(until, () => this.#reopen(input));
      const first = createsAtOnce(input.terms) ? await this.#startAlone(input, until) : null;
      if (first?.payment) return toAnswer(toPaymentView(first.payment), 201);
      return await this.#startOrJoin(input, { until, openedAt: first?.openedAt ?? null });
    } catch (error) {
      return this.#notStarted(input, { error, readBy: since + startWaitsMs.read });
    }
  }

  /**
   * An order that Temporal has forgotten goes on. Its first create would find that out, too (409), where there is one
   * at once; so nothing is asked for nearly all.
   */
  async #reopen(input: PaymentInput): Promise<void> {
    if (createsAtOnce(input.terms) && !(await this.#archive.holds(placeOf(input)))) return;
    if (await this.#reader.isThere(input.orderId)) return;
    // Out of reach: a create that comes later finds out.
    await this.#archive.reopenFor(input).catch(ignoreSilence);
  }

  /** As nearly every payment starts: by this request alone, and its first create is answered. Null for any other. */
  async #startAlone(input: PaymentInput, until: number): Promise<FirstAnswer | null> {
    const options = startOptions(this.#taskQueue, input);
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
    return this.#reader.firstInvoices.read(options.workflowId, until - Date.now());
  }

  /** `openedAt`: of the payment that this request has just started, epoch milliseconds; null where it started none. */
  async #startOrJoin(
    input: PaymentInput,
    { until, openedAt }: { readonly until: number; readonly openedAt: number | null },
  ): Promise<Answer<PaymentView>> {
    const { owner, terms, orderId, requestId } = input;
    const asking = { owner, terms };
    const startWorkflowOperation = new WithStartWorkflowOperation(messages.paymentWorkflow, {
      ...startOptions(this.#taskQueue, input),
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    startWorkflowOperation.workflowHandle().catch(() => undefined);
    // One update for all who ask the same: any number of equal requests costs the payment one.
    const updateId = `redirect-${createHash('sha256').update(JSON.stringify(asking)).digest('hex').slice(0, 32)}`;
    const update = await this.#until(until, () =>
      this.#client.workflow.startUpdateWithStart(messages.awaitRedirect, {
        args: [asking],
        updateId,
        waitForStage: 'ACCEPTED',
        startWorkflowOperation,
      }),
    );
    try {
      const record = await this.#until(until, () => update.result());
      if (record.requestId === requestId) return toAnswer(record.payment, 201);
      return toAnswer((await this.#reader.record(orderId)).payment);
    } catch (error) {
      // It was taken, and is answered as soon as the payment is no longer being created: nobody need be asked.
      if (openedAt === null || !isDeadline(error)) throw error;
      return toAnswer(toPaymentView(openPayment(input, openedAt)));
    }
  }

  async #notStarted(input: PaymentInput, late: Late): Promise<Answer<PaymentView>> {
    const { error } = late;
    const refusal = refusalOf(error);
    if (refusal) return refuse(problemOfRefusal(refusal));
    if (isDeadline(error)) return this.#meanwhile(input, late);
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const record = await this.#reader.known(input.orderId);
    if (!record) return this.#terminated(input);
    return answerFor(input, record);
  }

  /** A payment that was terminated is answered as `GET` answers it: by what the platform has, and nothing else knows. */
  async #terminated(input: PaymentInput): Promise<Answer<PaymentView>> {
    const payment = await this.#archive.paymentOn(placeOf(input));
    if (!payment) return endedByOperator;
    return refusalOfOther(payment.input, input) ?? toAnswer(toPaymentView(payment));
  }

  /**
   * The payment while it is being created. Where no worker answers, Temporal has it as it began, which is as it
   * stands only while nothing has happened since.
   */
  async #meanwhile(input: PaymentInput, { error, readBy }: Late): Promise<Answer<PaymentView>> {
    const [asked, begun] = await Promise.allSettled([
      this.#until(readBy, () => this.#reader.record(input.orderId)),
      this.#until(readBy, () => readStart(this.#client, workflowIdFor(input.orderId))),
    ]);
    if (asked.status === 'fulfilled') return answerFor(input, asked.value);
    // Temporal has not taken the start in time.
    if (asked.reason instanceof WorkflowNotFoundError) throw error;
    if (!isDeadline(asked.reason)) throw asked.reason;
    if (begun.status === 'rejected') throw begun.reason;
    const refusal = refusalOfOther(begun.value.input, input);
    if (refusal) return refusal;
    const payment = toPaymentView(openPayment(begun.value.input, begun.value.at));
    if (!begun.value.isUntouched || payment.status !== 'creating') throw new NoWorkerError();
    if (await this.#hasEarlier(input, begun.value.at)) throw new NoWorkerError();
    return toAnswer(payment);
  }

  /** Where there was a payment before, nothing is being created. */
  async #hasEarlier(input: PaymentInput, openedAt: number): Promise<boolean> {
    const earlier = await this.#archive.earlier(placeOf(input));
    return earlier !== null && isEarlier(earlier, openedAt);
  }

  #until<Result>(until: number, call: () => Promise<Result>): Promise<Result> {
    return callWithin(this.#client, until - Date.now(), call);
  }
}

const placeOf = ({ orderId, policy: { account } }: PaymentInput) => ({ account, orderId });

function ignoreSilence(error: unknown): void {
  if (!(error instanceof ArchiveError)) throw error;
}

/** The form's invoice is made by the customer's browser, and without a service there is none yet. */
const createsAtOnce = ({ service, channel }: Terms): boolean => service !== undefined && channel !== 'form';

/** It may be this request's own, though the start was not answered in time, or it ended before it could be asked. */
function answerFor(input: PaymentInput, record: PaymentRecord): Answer<PaymentView> {
  const status = record.requestId === input.requestId ? 201 : 200;
  return refusalOfOther(record, input) ?? toAnswer(record.payment, status);
}

/** What the asker is told when the payment that is there is not the one that was asked for. */
function refusalOfOther(
  there: Pick<PaymentRecord, 'owner' | 'terms'>,
  { owner, terms }: PaymentInput,
): Answer<never> | null {
  if (there.owner !== owner) return refusedAs(refusalTypes.owner, 'this payment is not there');
  const differing = differingTerms(there.terms, terms);
  if (differing.length === 0) return null;
  const detail = `the order has a payment with other terms: ${differing.join(', ')}`;
  const errors = differing.map((field) => ({ field, message: 'differs from the payment that is there' }));
  return refusedAs(refusalTypes.terms, detail, errors);
}
