import { QueryRejectedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { LRUCache } from 'lru-cache';
import { aftermathIdFor, workflowIdFor, type AccountId, type OrderId } from '../domain/identity.ts';
import type { Payment, PaymentInput } from '../domain/payment/payment.ts';
import { hourMs } from '../domain/time.ts';
import { toRecord, type PaymentRecord } from '../domain/payment/payment-record.ts';
import { paymentRecord, type Continuation } from '../../workflows/messages.ts';
import { callWithin } from '../temporal/deadline.ts';
import { FirstInvoices } from './first-invoices.ts';
import { grpcFailureOf } from '../temporal/register-search-attributes.ts';
import { atRest, progressOfRun, resultOf, type Progress } from '../temporal/runs.ts';
import { SingleFlight } from './single-flight.ts';
import { readInput } from './start-event.ts';

/** The workflow `payment` as its client sees it. */
export type PaymentWorkflow = (input: PaymentInput) => Promise<Payment>;
export type AftermathWorkflow = (input: PaymentInput, ended: Continuation) => Promise<Payment>;

type AnyHandle = WorkflowHandle<PaymentWorkflow> | WorkflowHandle<AftermathWorkflow>;

const waitMs = 1_500;
const mostKept = 2_000;
const mostAccounts = 10_000;

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
  readonly #reads = new SingleFlight<PaymentRecord>();
  readonly #kept = new Map<OrderId, Kept>();
  readonly #accounts = new LRUCache<OrderId, AccountId>({ max: mostAccounts, ttl: hourMs });

  constructor(client: Client) {
    this.firstInvoices = new FirstInvoices(client);
    this.#client = client;
  }

  handle(orderId: OrderId): WorkflowHandle<PaymentWorkflow> {
    return this.#client.workflow.getHandle<PaymentWorkflow>(workflowIdFor(orderId));
  }

  /** @throws WorkflowNotFoundError where the order has no payment, or an operator ended it. */
  record(orderId: OrderId): Promise<PaymentRecord> {
    return this.#reads.joinNext(orderId, () => callWithin(this.#client, waitMs, () => this.#look(orderId)));
  }

  /** The account that the order's payment charges, for as long as it lives; null where Temporal knows of none. */
  async accountOf(orderId: OrderId): Promise<AccountId | null> {
    const known = this.#accounts.get(orderId);
    if (known) return known;
    for (const workflowId of [workflowIdFor(orderId), aftermathIdFor(orderId)]) {
      const input = await readInput<PaymentInput>(this.#client, workflowId).catch(nullIfNone);
      if (!input) continue;
      this.#accounts.set(orderId, input.policy.account);
      return input.policy.account;
    }
    return null;
  }

  /** Whether Temporal knows of a payment of the order, whatever has become of it. */
  async isThere(orderId: OrderId): Promise<boolean> {
    return (await progressOfRun(this.handle(orderId))) !== null;
  }

  /** What an aftermath tells of an order whose payment Temporal has forgotten; null where there is none. */
  async outlived(orderId: OrderId): Promise<PaymentRecord | null> {
    const aftermath = await progressOfRun(this.#aftermathHandle(orderId));
    return !aftermath || (await this.isThere(orderId)) ? null : this.known(orderId);
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
   * while one of them takes messages itself, which another asker may have started a moment ago.
   */
  async ended(orderId: OrderId): Promise<Payment | 'running' | null> {
    for (const handle of [this.#aftermathHandle(orderId), this.handle(orderId)]) {
      const progress = await progressOfRun(handle);
      if (progress?.status === 'RUNNING') return 'running';
      const ended = progress && (await resultOf(handle));
      if (ended) return ended;
    }
    return null;
  }

  /** What the payment's own run ended with, whatever came after it. */
  end(orderId: OrderId): Promise<Payment | null> {
    return resultOf(this.handle(orderId));
  }

  async #look(orderId: OrderId): Promise<PaymentRecord> {
    const handles = [this.handle(orderId), this.#aftermathHandle(orderId)] as const;
    const before = await progressOfRun(handles[0]);
    // Temporal forgets the payment's own run first, which closed long before its aftermath.
    const later = before?.status === 'RUNNING' ? null : await progressOfRun(handles[1]);
    const kept = this.#kept.get(orderId);
    if (kept?.progress === progressKey(before, later)) return kept.record;
    const own = before && (await atRest(handles[0], before));
    const aftermath = later && (await atRest(handles[1], later));
    const record = (await lastWordOf(handles[1], aftermath)) ?? (await lastWordOf(handles[0], own));
    if (!record) throw new WorkflowNotFoundError('no payment is left', workflowIdFor(orderId), undefined);
    this.#keep(orderId, { progress: progressKey(own, aftermath), record });
    return record;
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

// grpc.status.NOT_FOUND
const grpcNotFound = 5;

function nullIfNone(error: unknown): null {
  if (grpcFailureOf(error)?.code === grpcNotFound) return null;
  throw error;
}

/** What can be read changes only together with this; a task that is pending has written nothing yet. */
const progressKey = (...runs: readonly (Progress | null)[]): string =>
  JSON.stringify(runs.map((run) => run && [run.runId, run.status, run.historyLength]));

/** What a run says of itself while it is open, else what it ended with, which needs no worker. */
async function lastWordOf(handle: AnyHandle, progress: Progress | null): Promise<PaymentRecord | null> {
  if (!progress) return null;
  if (progress.status === 'RUNNING') {
    try {
      return await handle.query(paymentRecord);
    } catch (error) {
      if (!(error instanceof QueryRejectedError)) throw error;
    }
  }
  const ended = await resultOf(handle);
  return ended && toRecord(ended);
}
