import { createHash } from 'node:crypto';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import {
  aftermathIdFor,
  referenceIdFor,
  toForeignReference,
  workflowIdFor,
  type Reference,
} from '../domain/identity.ts';
import type { PaymentRecord } from '../domain/payment/record.ts';
import { isNews, standingOf } from '../domain/invoice/invoice-state.ts';
import {
  aftermathWorkflow,
  callbackReceived,
  type AftermathInput,
  type CallbackHint,
} from '../../workflows/messages.ts';
import type { AftermathWorkflow, PaymentReader } from './payment-reader.ts';

/** What a callback tells, and of which invoice where it names one. */
export type CallbackNews = Omit<CallbackHint, 'attempt'> & { readonly invoiceId?: string };

/** The callback of a creation often comes before the answer of the create, and the platform waits 10 s for ours. */
const answerOfCreateMs = 500;

/** Where signed callbacks become durable. */
export class CallbackInbox {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;

  constructor(client: Client, taskQueue: string, reader: PaymentReader) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = reader;
  }

  /** On the payment, or where that is over or was never there, in its aftermath. */
  async receive(reference: Reference, news: CallbackNews): Promise<void> {
    const { orderId, attempt } = reference;
    const hint = { ...hintOf(news), attempt };
    if (await this.#isDurable(reference, news)) return;
    if (await this.#signal(workflowIdFor(orderId), hint)) return;
    if (await this.#signal(aftermathIdFor(orderId), hint)) return;
    const ended = await this.#reader.ended(orderId);
    if (ended === 'running') return this.receive(reference, news);
    if (ended && !bringsNews(ended, hint)) return;
    const input: AftermathInput = ended
      ? { kind: 'ended', state: ended.state }
      : { kind: 'unknown', orderId, referenceId: referenceIdFor(orderId, attempt) };
    await this.#start(aftermathIdFor(orderId), input, hint);
  }

  /** Whether the history already holds all that a callback about an open invoice, such as of its creation, tells. */
  async #isDurable({ orderId, attempt }: Reference, news: CallbackNews): Promise<boolean> {
    if (attempt !== 1 || !isAboutOpen(news)) return false;
    try {
      const seen = await this.#reader.firstInvoices.invoice(workflowIdFor(orderId), answerOfCreateMs);
      return !!seen && seen.invoiceId === news.invoiceId && !isNews(news, seen);
    } catch (error) {
      if (isGrpcServiceError(error)) return false;
      throw error;
    }
  }

  /** A reference that this product never makes: kept where an operator sees it. */
  async receiveForeign(reference: string): Promise<void> {
    const digest = createHash('sha256').update(reference).digest('hex').slice(0, 32);
    const input: AftermathInput = {
      kind: 'unknown',
      orderId: null,
      referenceId: toForeignReference(reference),
    };
    await this.#start(`unknown-reference-${digest}`, input, { attempt: 1, status: null, updated: null });
  }

  async #start(workflowId: string, input: AftermathInput, hint: CallbackHint): Promise<void> {
    await this.#client.workflow.signalWithStart<AftermathWorkflow, [CallbackHint]>(aftermathWorkflow, {
      workflowId,
      taskQueue: this.#taskQueue,
      args: [input],
      signal: callbackReceived,
      signalArgs: [hint],
    });
  }

  async #signal(workflowId: string, hint: CallbackHint): Promise<boolean> {
    try {
      await this.#client.workflow.getHandle(workflowId).signal(callbackReceived, hint);
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }
}

const isAboutOpen = ({ status }: CallbackNews): boolean =>
  status !== null && standingOf({ status, resolution: null }) === 'open';

/** What may travel on, whatever else a caller's value holds. */
const hintOf = ({ status, updated, source, day }: CallbackNews) => ({
  status,
  updated,
  ...(day !== undefined && { day }),
  ...(source ? { source } : { receivedAt: Date.now() }),
});

/** A callback after the end matters only where it goes beyond what the platform had said by then. */
function bringsNews({ seen }: PaymentRecord, hint: CallbackHint): boolean {
  const last = seen.find(({ attempt }) => attempt === hint.attempt);
  return !last || isNews(hint, last);
}
