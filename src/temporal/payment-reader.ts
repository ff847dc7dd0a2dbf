import {
  QueryNotRegisteredError,
  QueryRejectedError,
  WorkflowFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { aftermathIdFor, workflowIdFor, type OrderId } from '../domain/identity.ts';
import type { PaymentInput } from '../domain/payment.ts';
import type { PaymentRecord } from '../domain/record.ts';
import { paymentRecord, type AftermathInput, type EndedPayment } from '../../workflows/messages.ts';
import { within } from './deadline.ts';
import { SharedReads } from './shared-reads.ts';

/** The workflow `payment` as its client sees it. */
export type PaymentWorkflow = (input: PaymentInput) => Promise<EndedPayment>;
export type AftermathWorkflow = (input: AftermathInput) => Promise<EndedPayment | null>;

const waitMs = 1_500;

/** Reads open payments from their worker and those that are over from Temporal alone. */
export class PaymentReader {
  readonly #client: Client;
  readonly #reads = new SharedReads<PaymentRecord>();

  constructor(client: Client) {
    this.#client = client;
  }

  handle(orderId: OrderId): WorkflowHandle<PaymentWorkflow> {
    return this.#client.workflow.getHandle<PaymentWorkflow>(workflowIdFor(orderId));
  }

  /** @throws WorkflowNotFoundError where the order has no payment, or an operator ended it. */
  record(orderId: OrderId): Promise<PaymentRecord> {
    const ask = () =>
      within(
        waitMs,
        this.#client.withDeadline(Date.now() + waitMs, () => this.#ask(orderId)),
      );
    return this.#reads.read(orderId, ask);
  }

  async known(orderId: OrderId): Promise<PaymentRecord | null> {
    try {
      return await this.record(orderId);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  /**
   * What a payment that is over goes on from: what its last aftermath ended with, else its own end. `running`
   * while an aftermath takes messages itself, which another asker may have started a moment ago.
   */
  async ended(orderId: OrderId): Promise<EndedPayment | 'running' | null> {
    const handle = this.#aftermathHandle(orderId);
    const description = await handle.describe().catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    });
    if (description?.status.name === 'RUNNING') return 'running';
    return (description && (await resultOf(handle))) ?? resultOf(this.handle(orderId));
  }

  async #ask(orderId: OrderId): Promise<PaymentRecord> {
    try {
      return await this.handle(orderId).query(paymentRecord);
    } catch (error) {
      if (!(error instanceof QueryRejectedError)) throw error;
    }
    const last = (await this.#aftermath(orderId)) ?? (await resultOf(this.handle(orderId)));
    if (!last) throw new WorkflowNotFoundError('ended by an operator', workflowIdFor(orderId), undefined);
    return last;
  }

  /** What an order's aftermath knows; null where there is none, or where it waits for an unknown reference. */
  async #aftermath(orderId: OrderId): Promise<PaymentRecord | null> {
    const handle = this.#aftermathHandle(orderId);
    try {
      return await handle.query(paymentRecord);
    } catch (error) {
      if (error instanceof QueryRejectedError) return resultOf(handle);
      if (error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError) return null;
      throw error;
    }
  }

  #aftermathHandle(orderId: OrderId): WorkflowHandle<AftermathWorkflow> {
    return this.#client.workflow.getHandle<AftermathWorkflow>(aftermathIdFor(orderId));
  }
}

/** What a closed run ended with; null where there is none, or an operator terminated it. */
async function resultOf(
  handle: WorkflowHandle<PaymentWorkflow> | WorkflowHandle<AftermathWorkflow>,
): Promise<EndedPayment | null> {
  try {
    return await handle.result();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowFailedError) return null;
    throw error;
  }
}
