import {
  QueryNotRegisteredError,
  QueryRejectedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { aftermathIdFor, workflowIdFor, type OrderId } from '../domain/identity.ts';
import type { PaymentInput } from '../domain/payment/payment.ts';
import type { PaymentRecord } from '../domain/payment/record.ts';
import { paymentRecord, type AftermathInput, type EndedPayment } from '../../workflows/messages.ts';
import { within } from './deadline.ts';
import { FirstInvoices } from './first-invoices.ts';
import { progressOf, resultOf, type Progress } from './runs.ts';
import { SharedReads } from './shared-reads.ts';

/** The workflow `payment` as its client sees it. */
export type PaymentWorkflow = (input: PaymentInput) => Promise<EndedPayment>;
export type AftermathWorkflow = (input: AftermathInput) => Promise<EndedPayment | null>;

type AnyHandle = WorkflowHandle<PaymentWorkflow> | WorkflowHandle<AftermathWorkflow>;

const waitMs = 1_500;
const mostKept = 2_000;

/** What was read, and how far the order's runs had come before. */
interface Kept {
  readonly progress: string;
  readonly record: PaymentRecord;
}

/**
 * Reads open payments from their worker and those that are over from Temporal alone. A payment whose history has not
 * grown is not asked again: a look costs one description of the run, which needs no worker and is no billable action.
 */
export class PaymentReader {
  readonly firstInvoices: FirstInvoices;
  readonly #client: Client;
  readonly #reads = new SharedReads<PaymentRecord>();
  readonly #kept = new Map<OrderId, Kept>();

  constructor(client: Client) {
    this.firstInvoices = new FirstInvoices(client);
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
        this.#client.withDeadline(Date.now() + waitMs, () => this.#look(orderId)),
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
    const progress = await progressOf(handle);
    if (progress?.status === 'RUNNING') return 'running';
    return (progress && (await resultOf(handle))) ?? resultOf(this.handle(orderId));
  }

  /** What the payment's own run ended with, whatever came after it. */
  end(orderId: OrderId): Promise<EndedPayment | null> {
    return resultOf(this.handle(orderId));
  }

  async #look(orderId: OrderId): Promise<PaymentRecord> {
    const own = await progressOf(this.handle(orderId));
    if (!own) throw new WorkflowNotFoundError('not started', workflowIdFor(orderId), undefined);
    const aftermath = own.status === 'RUNNING' ? null : await progressOf(this.#aftermathHandle(orderId));
    const progress = JSON.stringify([own, aftermath]);
    const kept = this.#kept.get(orderId);
    if (kept?.progress === progress) return kept.record;
    const record =
      (aftermath && (await this.#aftermath(orderId, aftermath))) ?? (await this.#payment(orderId, own));
    this.#keep(orderId, { progress, record });
    return record;
  }

  async #payment(orderId: OrderId, progress: Progress): Promise<PaymentRecord> {
    const record = await lastWordOf(this.handle(orderId), progress);
    if (!record) throw new WorkflowNotFoundError('ended by an operator', workflowIdFor(orderId), undefined);
    return record;
  }

  /** What an order's aftermath knows; null where it waits for an unknown reference. */
  async #aftermath(orderId: OrderId, progress: Progress): Promise<PaymentRecord | null> {
    try {
      return await lastWordOf(this.#aftermathHandle(orderId), progress);
    } catch (error) {
      if (error instanceof QueryNotRegisteredError) return null;
      throw error;
    }
  }

  /** The latest reads are kept; what is forgotten is asked again. */
  #keep(orderId: OrderId, kept: Kept): void {
    this.#kept.delete(orderId);
    this.#kept.set(orderId, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }

  #aftermathHandle(orderId: OrderId): WorkflowHandle<AftermathWorkflow> {
    return this.#client.workflow.getHandle<AftermathWorkflow>(aftermathIdFor(orderId));
  }
}

/** What a run says of itself while it is open, else what it ended with, which needs no worker. */
async function lastWordOf(handle: AnyHandle, { status }: Progress): Promise<PaymentRecord | null> {
  if (status !== 'RUNNING') return resultOf(handle);
  try {
    return await handle.query(paymentRecord);
  } catch (error) {
    if (error instanceof QueryRejectedError) return resultOf(handle);
    throw error;
  }
}
