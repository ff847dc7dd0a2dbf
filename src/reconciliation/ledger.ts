import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import {
  isInvoiceId,
  orderOfWorkflow,
  type AccountId,
  type OrderId,
  type Reference,
} from '../domain/identity.ts';
import type { PaymentRecord } from '../domain/payment/payment-record.ts';
import type { OurRow } from '../domain/reconciliation/compare.ts';
import { toIso } from '../domain/time.ts';
import { aftermathWorkflow, paymentWorkflow, type CallbackHint } from '../../workflows/messages.ts';
import { attributes } from '../../workflows/search-attributes.ts';
import { Archive, type ArchiveSource } from '../payments/archive.ts';
import { CallbackInbox } from '../payments/callback-inbox.ts';
import { PaymentReader } from '../payments/payment-reader.ts';
import { amountOf, ofTaskQueue } from '../temporal/visibility-rows.ts';

const rowsAPage = 200;

/** All payments of a task queue, by the time at which their invoices were created. */
export class PaymentLedger {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;
  readonly #inbox: CallbackInbox;

  constructor(client: Client, taskQueue: string, source: ArchiveSource | null = null) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = new PaymentReader(client);
    this.#inbox = new CallbackInbox(client, taskQueue, {
      reader: this.#reader,
      archive: source && new Archive(client, taskQueue, source),
      others: () => source?.accountIds().slice(1) ?? [],
    });
  }

  /** Those of an account. Both ends included, unix seconds; a payment and its aftermath have a row each. */
  async *rows(from: number, to: number, account: AccountId): AsyncGenerator<OurRow> {
    const created = attributes.invoiceCreatedAt.name;
    const query = [
      ofTaskQueue(this.#taskQueue),
      `WorkflowType IN ('${paymentWorkflow}', '${aftermathWorkflow}')`,
      `${attributes.account.name} = '${account}'`,
      `${created} >= '${toIso(from * 1000)}'`,
      // SQLite compares times as texts of different precision: no bound may be equal to a time that is wanted.
      `${created} < '${toIso((to + 1) * 1000)}'`,
      "ExecutionStatus != 'ContinuedAsNew'",
    ].join(' AND ');
    for await (const execution of this.#client.workflow.list({ query, pageSize: rowsAPage })) {
      const row = toOurRow(execution);
      if (row) yield row;
    }
  }

  /** Null also for a payment on another account. */
  async record(orderId: OrderId, account: AccountId): Promise<PaymentRecord | null> {
    const record = await this.#reader.known(orderId);
    return record?.account === account ? record : null;
  }

  receive(reference: Reference, news: Omit<CallbackHint, 'attempt'>, account: AccountId): Promise<void> {
    return this.#inbox.receive(reference, news, account);
  }

  handOver(reference: Reference, account: AccountId): Promise<boolean> {
    return this.#inbox.handOver(reference, account);
  }

  receiveForeign(reference: string, account: AccountId): Promise<void> {
    return this.#inbox.receiveForeign(reference, account);
  }
}

function toOurRow(execution: WorkflowExecutionInfo): OurRow | null {
  const { workflowId, typedSearchAttributes, startTime } = execution;
  const orderId = orderOfWorkflow(workflowId);
  const invoiceId = typedSearchAttributes.get(attributes.invoiceId);
  const created = typedSearchAttributes.get(attributes.invoiceCreatedAt);
  if (!orderId || invoiceId === undefined || !isInvoiceId(invoiceId) || !created) return null;
  return {
    orderId,
    invoiceId,
    invoiceCreated: Math.floor(created.getTime() / 1000),
    status: typedSearchAttributes.get(attributes.status) ?? null,
    currency: typedSearchAttributes.get(attributes.currency) ?? null,
    amount: amountOf(execution),
    startedAt: startTime.getTime(),
  };
}
