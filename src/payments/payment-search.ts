import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { aftermathIdFor, orderOfWorkflow, workflowIdFor, type OrderId } from '../domain/identity.ts';
import { toIso } from '../domain/time.ts';
import { attributes } from '../../workflows/search-attributes.ts';
import { aftermathWorkflow, paymentWorkflow } from '../../workflows/messages.ts';
import { callWithin } from '../temporal/deadline.ts';
import { amountOf, ofTaskQueue, quoted } from '../temporal/visibility-rows.ts';

/** Which payments, of one order service or of all; times in epoch milliseconds. */
export interface ListAsking {
  readonly owner?: string | undefined;
  readonly currency?: string | undefined;
  /** In major units, both included. */
  readonly amountFrom?: number | undefined;
  readonly amountTo?: number | undefined;
  readonly status?: string | undefined;
  readonly service?: string | undefined;
  readonly invoiceId?: string | undefined;
  /** Included. */
  readonly createdAfter: number;
  /** Excluded. */
  readonly createdBefore: number;
  /** The last payment of the page before. */
  readonly after?: ListPlace | undefined;
  readonly limit: number;
}

/** A payment's place in the list: the newest first, then by the order's id. */
export interface ListPlace {
  readonly createdAt: number;
  readonly orderId: OrderId;
}

/** A payment as visibility has it, some seconds behind. */
export interface ListedPayment extends ListPlace {
  /** The order service. */
  readonly owner: string;
  readonly status: string;
  /** Decimal string. */
  readonly amount: string;
  readonly currency: string;
  readonly service: string | null;
  readonly invoiceId: string | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Null is what a run has not shown: it has changed nothing. */
type ShownAttributes = {
  readonly [Name in keyof Omit<ListedPayment, keyof ListPlace>]: ListedPayment[Name] | null;
};

interface SearchRow extends ListPlace, ShownAttributes {
  readonly isAftermath: boolean;
  readonly startedAt: number;
}

const searchMs = 5_000;
/** Rows that are sorted at once, unless more payments than that began within a moment. */
const mostRows = 1_000;
const firstSpanMs = 60_000;
/** Names of workflows in one query. */
const mostNamed = 100;
/** SQLite compares times as texts of different precision: bounds of a query are wider than what is asked. */
const slackMs = 1_000;

/**
 * An order service's payments, the newest first. Visibility sorts by the end of a workflow, so the list is put together
 * from spans of time, each with about a page of payments in it.
 */
export class PaymentSearch {
  readonly #client: Client;
  readonly #taskQueue: string;

  constructor(client: Client, taskQueue: string) {
    this.#client = client;
    this.#taskQueue = taskQueue;
  }

  page(asking: ListAsking): Promise<ListedPayment[]> {
    return callWithin(this.#client, searchMs, () => this.#page(asking));
  }

  async #page(asking: ListAsking): Promise<ListedPayment[]> {
    const { createdAfter, createdBefore, after, limit } = asking;
    const found: ListedPayment[] = [];
    let before = Math.min(createdBefore, after ? after.createdAt + 1 : Infinity);
    while (found.length < limit && before > createdAfter) {
      const from = await this.#spanFrom(asking, before, limit - found.length);
      const rows = await this.#payments(asking, from, before);
      found.push(...rows.filter((row) => !after || isAfter(row, after)).sort(byPlace));
      before = from;
    }
    return found.slice(0, limit);
  }

  /** Where the span begins that ends at `before` and holds what is wanted, if so much is left. */
  async #spanFrom(asking: ListAsking, before: number, wanted: number): Promise<number> {
    // From `low` on there are too many, from `high` on too few.
    let [low, high] = [asking.createdAfter, before];
    if ((await this.#count(asking, low, before)) <= mostRows) return low;
    while (high - low > 1) {
      const longer = before - Math.max(firstSpanMs, 4 * (before - high));
      const from = Math.max(longer, Math.floor((low + high) / 2));
      const count = await this.#count(asking, from, before);
      if (count > mostRows) low = from;
      else if (count > wanted) return from;
      else high = from;
    }
    return low;
  }

  async #count(asking: ListAsking, from: number, before: number): Promise<number> {
    return (await this.#client.workflow.count(this.#query(asking, from, before))).count;
  }

  async #payments(asking: ListAsking, from: number, before: number): Promise<ListedPayment[]> {
    const matching = await this.#rows(this.#query(asking, from, before));
    const orderIds = [...new Set(matching.map(({ orderId }) => orderId))];
    const runs = await this.#runsOf(orderIds);
    return orderIds
      .map((orderId) => merged(runs.filter((row) => row.orderId === orderId)))
      .filter((payment) => payment !== null)
      .filter((payment) => payment.createdAt >= from && payment.createdAt < before)
      .filter((payment) => matches(payment, asking));
  }

  /** Every run of these orders: one that matches may not be the latest. */
  async #runsOf(orderIds: readonly OrderId[]): Promise<SearchRow[]> {
    const runs: SearchRow[] = [];
    for (let at = 0; at < orderIds.length; at += mostNamed / 2) {
      const names = orderIds
        .slice(at, at + mostNamed / 2)
        .flatMap((orderId) => [workflowIdFor(orderId), aftermathIdFor(orderId)]);
      const list = names.map((name) => `'${name}'`).join(', ');
      runs.push(...(await this.#rows(`${this.#ours} AND WorkflowId IN (${list})`)));
    }
    return runs;
  }

  async #rows(query: string): Promise<SearchRow[]> {
    const rows: SearchRow[] = [];
    for await (const execution of this.#client.workflow.list({ query, pageSize: mostRows })) {
      const row = toSearchRow(execution);
      if (row) rows.push(row);
    }
    return rows;
  }

  get #ours(): string {
    return [
      ofTaskQueue(this.#taskQueue),
      `WorkflowType IN ('${paymentWorkflow}', '${aftermathWorkflow}')`,
      "ExecutionStatus != 'ContinuedAsNew'",
    ].join(' AND ');
  }

  #query(asking: ListAsking, from: number, before: number): string {
    const { owner, status, service, invoiceId, currency, amountFrom, amountTo } = asking;
    const is = ({ name }: { readonly name: string }, value: string | undefined): string[] =>
      value === undefined ? [] : [`${name} = ${quoted(value)}`];
    return [
      this.#ours,
      ...is(attributes.owner, owner),
      ...is(attributes.status, status),
      ...is(attributes.service, service),
      ...is(attributes.invoiceId, invoiceId),
      ...is(attributes.currency, currency),
      ...(amountFrom === undefined ? [] : [`${attributes.amount.name} >= ${amountFrom}`]),
      ...(amountTo === undefined ? [] : [`${attributes.amount.name} <= ${amountTo}`]),
      `${attributes.openedAt.name} >= '${boundOf(from - slackMs)}'`,
      `${attributes.openedAt.name} < '${boundOf(before + slackMs)}'`,
    ].join(' AND ');
  }
}

/** Times beyond it have years of five digits, which visibility does not read. */
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59);

const boundOf = (at: number): string => toIso(Math.min(Math.max(0, at), latestMs));

const byPlace = (a: ListPlace, b: ListPlace): number =>
  b.createdAt - a.createdAt || (a.orderId === b.orderId ? 0 : a.orderId < b.orderId ? 1 : -1);

const isAfter = (payment: ListPlace, place: ListPlace): boolean => byPlace(place, payment) < 0;

const matches = (payment: ListedPayment, { status, service, invoiceId }: ListAsking): boolean =>
  (status === undefined || payment.status === status) &&
  (service === undefined || payment.service === service) &&
  (invoiceId === undefined || payment.invoiceId === invoiceId);

/** An order's payment as the latest run shows it that shows anything, from the time at which the first began. */
function merged(runs: readonly SearchRow[]): ListedPayment | null {
  const [first, ...later] = runs.toSorted(
    (a, b) => Number(a.isAftermath) - Number(b.isAftermath) || a.startedAt - b.startedAt,
  );
  if (!first) return null;
  const shown = later.reduce<ShownAttributes>(
    (known, run) => ({
      status: run.status ?? known.status,
      amount: known.amount ?? run.amount,
      currency: known.currency ?? run.currency,
      service: run.service ?? known.service,
      invoiceId: run.invoiceId ?? known.invoiceId,
      expiresAt: run.expiresAt ?? known.expiresAt,
      owner: known.owner ?? run.owner,
    }),
    first,
  );
  const { status, amount, currency, expiresAt, service, invoiceId, owner } = shown;
  // An aftermath alone, whose payment Temporal has forgotten, and which has changed nothing.
  if (status === null || amount === null || currency === null || expiresAt === null || owner === null)
    return null;
  const { orderId, createdAt } = first;
  return { orderId, owner, createdAt, status, amount, currency, service, invoiceId, expiresAt };
}

function toSearchRow(execution: WorkflowExecutionInfo): SearchRow | null {
  const { workflowId, type, startTime, typedSearchAttributes: shown } = execution;
  const orderId = orderOfWorkflow(workflowId);
  const createdAt = shown.get(attributes.openedAt);
  if (!orderId || !createdAt) return null;
  return {
    orderId,
    createdAt: createdAt.getTime(),
    owner: shown.get(attributes.owner) ?? null,
    status: shown.get(attributes.status) ?? null,
    amount: amountOf(execution),
    currency: shown.get(attributes.currency) ?? null,
    service: shown.get(attributes.service) ?? null,
    invoiceId: shown.get(attributes.invoiceId) ?? null,
    expiresAt: shown.get(attributes.expiresAt)?.getTime() ?? null,
    isAftermath: type === aftermathWorkflow,
    startedAt: startTime.getTime(),
  };
}
