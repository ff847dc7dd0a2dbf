import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { orderOfWorkflow } from '../domain/identity.ts';
import { toIso } from '../domain/time.ts';
import { attentions, attributes } from '../../workflows/search-attributes.ts';
import { unknownReferenceWorkflow } from '../../workflows/messages.ts';
import { lastParkedAt } from './history.ts';
import { readReference } from './unmatched-money-reader.ts';
import { isStopped, stoppedRunOf, whereReported, type StoppedRun } from './stopped-runs.ts';
import { amountOf, ofTaskQueue } from '../temporal/visibility-rows.ts';

/** A payment that stands still cannot say so itself; Temporal does. */
const stoppedReason = 'stopped';

export const attentionReasons: readonly string[] = [stoppedReason, ...attentions];

export interface AttentionRow {
  readonly workflowId: string;
  /** Null for a reference that is no order's. */
  readonly orderId: string | null;
  readonly attention: string;
  /** Null where its workflow tasks succeed. */
  readonly stopped: StoppedRun | null;
  readonly status: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly service: string | null;
  readonly invoiceId: string | null;
  readonly deadline: string | null;
  readonly startedAt: string;
  /** Of money that no payment ordered: somebody else's text. */
  readonly reference: string | null;
}

/** What is read at most: more than anybody works through. */
const mostRead = 10_000;

/** What needs a person, by search attributes; only of runs that stand still the history is read, too. */
export class AttentionList {
  readonly #client: Client;
  readonly #queue: string;

  constructor(client: Client, taskQueue: string) {
    this.#client = client;
    this.#queue = `${ofTaskQueue(taskQueue)} AND ExecutionStatus = 'Running'`;
  }

  /** The newest deadline first; what has none comes last. A server that reports no stopped runs lists the others. */
  async rows(reason?: string): Promise<AttentionRow[]> {
    const rows = await this.#found(reason);
    return rows.sort((a, b) => (b.deadline ?? '').localeCompare(a.deadline ?? ''));
  }

  async #found(reason?: string): Promise<AttentionRow[]> {
    if (reason === stoppedReason) return (await whereReported(this.#list(isStopped))) ?? [];
    if (reason !== undefined) return this.#list(about(reason));
    return (await whereReported(this.#list(`(${isStopped} OR ${about()})`))) ?? this.#list(about());
  }

  async #list(condition: string): Promise<AttentionRow[]> {
    const rows: AttentionRow[] = [];
    for await (const execution of this.#client.workflow.list({ query: `${this.#queue} AND ${condition}` })) {
      const row = toAttentionRow(execution, await stoppedRunOf(this.#client, execution));
      const isUnmatched = execution.type === unknownReferenceWorkflow;
      rows.push(isUnmatched ? { ...row, reference: await readReference(this.#client, row.workflowId) } : row);
      if (rows.length === mostRead) break;
    }
    return rows;
  }

  /** What a visibility query finds among what is open. @throws a gRPC error where it is no query. */
  matching(condition: string): Promise<AttentionRow[]> {
    return this.#list(`(${condition})`);
  }

  /** Orders with an outcome that was not taken, and that were started, or told in vain, at or after an instant. */
  async untoldSince(since: number): Promise<AttentionRow[]> {
    const { name } = attributes.attention;
    const rows = await this.matching(`${name} IN ('outcome-failing', 'outcome-parked')`);
    const isSince = await Promise.all(
      rows.map(
        async ({ workflowId, startedAt }) =>
          Date.parse(startedAt) >= since || (await lastParkedAt(this.#client, workflowId)) >= since,
      ),
    );
    return rows.filter((_, index) => isSince[index]);
  }
}

/** A review whose outcome is parked, too, shows the outcome; its status tells. */
function about(reason?: string): string {
  const { attention, status } = attributes;
  if (reason === undefined) return `${attention.name} IS NOT NULL`;
  const own = `${attention.name} = '${reason}'`;
  return reason === 'review' ? `(${own} OR ${status.name} = 'review')` : own;
}

function toAttentionRow(execution: WorkflowExecutionInfo, stoppedRun: StoppedRun | null): AttentionRow {
  const { workflowId, typedSearchAttributes, startTime } = execution;
  const deadline = typedSearchAttributes.get(attributes.expiresAt);
  const text = (key: Parameters<typeof typedSearchAttributes.get<'KEYWORD'>>[0]): string | null =>
    typedSearchAttributes.get(key) ?? null;
  return {
    workflowId,
    orderId: orderOfWorkflow(workflowId),
    attention: stoppedRun ? stoppedReason : (text(attributes.attention) ?? 'review'),
    stopped: stoppedRun,
    status: text(attributes.status),
    amount: amountOf(execution),
    currency: text(attributes.currency),
    service: text(attributes.service),
    invoiceId: text(attributes.invoiceId),
    deadline: deadline ? toIso(deadline.getTime()) : null,
    startedAt: toIso(startTime.getTime()),
    reference: null,
  };
}
