import { setTimeout } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { deliverNow, recoveryIdFor, recoveryWorkflow, type RecoveryInput } from '../../workflows/messages.ts';
import { attentions, attributes, type AnyAttention } from '../../workflows/search-attributes.ts';
import { ofTaskQueue, quoted } from '../temporal/visibility-rows.ts';

type RecoveryWorkflow = (input: RecoveryInput) => Promise<null>;

const betweenWatchesMs = 30_000;
const mostTried = 3;
/** A delivery takes 10 s at most. */
const answerOfTryMs = 15_000;
const lookMs = 500;
/** Between two payments that are released: some 40 a second, of which other order services notice little. */
const betweenMs = 25;
const failing: AnyAttention = 'outcome-failing';
/** Other reasons hide that an outcome waits, but for those with which none can. */
const mayWait = attentions.filter((reason) => reason !== 'outcome-parked' && reason !== 'late-money');

/** Outcomes that an order service did not take, by visibility: what failed within the last moments may be missing. */
export class WaitingOutcomes {
  readonly #client: Client;
  readonly #taskQueue: string;
  /** When each was last asked for, and last took an outcome: epoch milliseconds. */
  readonly #watchedAt = new Map<string, number>();
  readonly #takenAt = new Map<string, number>();

  constructor(client: Client, taskQueue: string) {
    this.#client = client;
    this.#taskQueue = taskQueue;
  }

  /** An order service takes what it is sent: if it was down, it is back, or was never. */
  taken(owner: string): void {
    this.#takenAt.set(owner, Date.now());
  }

  /** Has an order service watched that takes nothing, which many deliveries ask for at once. */
  async watch(owner: string, since: number): Promise<void> {
    const now = Date.now();
    if (now < (this.#watchedAt.get(owner) ?? 0) + betweenWatchesMs) return;
    this.#watchedAt.set(owner, now);
    await this.#client.workflow.start<RecoveryWorkflow>(recoveryWorkflow, {
      workflowId: recoveryIdFor(owner),
      taskQueue: this.#taskQueue,
      args: [{ owner, since }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `Outcomes that ${owner} did not take`,
    });
  }

  /** `since`: when it went down; epoch milliseconds. */
  async tryFew(owner: string, since: number): Promise<{ waiting: number; isTaken: boolean }> {
    const ids = await this.#idsOf(owner, [failing]);
    // Not always the same ones: an order may have trouble of its own.
    const tried = ids.toSorted(() => Math.random() - 0.5).slice(0, mostTried);
    await Promise.all(tried.map((workflowId) => this.#hurry(workflowId)));
    const isTaken = (await this.#anyTaken(tried)) || (this.#takenAt.get(owner) ?? 0) > since;
    return { waiting: ids.length, isTaken };
  }

  /** Payments that have been open the longest come first. */
  async release(owner: string, onProgress: () => void): Promise<number> {
    const ids = await this.#idsOf(owner, mayWait);
    for (const workflowId of ids) {
      await this.#hurry(workflowId);
      onProgress();
      await setTimeout(betweenMs);
    }
    return ids.length;
  }

  async #idsOf(owner: string, reasons: readonly AnyAttention[]): Promise<string[]> {
    const query = [
      ofTaskQueue(this.#taskQueue),
      "ExecutionStatus = 'Running'",
      `${attributes.owner.name} = ${quoted(owner)}`,
      `${attributes.attention.name} IN (${reasons.map(quoted).join(', ')})`,
    ].join(' AND ');
    const found: { readonly workflowId: string; readonly startedAt: number }[] = [];
    for await (const { workflowId, startTime } of this.#client.workflow.list({ query, pageSize: 1_000 }))
      found.push({ workflowId, startedAt: startTime.getTime() });
    return found.sort((a, b) => a.startedAt - b.startedAt).map(({ workflowId }) => workflowId);
  }

  async #hurry(workflowId: string): Promise<void> {
    try {
      await this.#client.workflow.getHandle(workflowId).signal(deliverNow);
    } catch (error) {
      // It is over: its outcome was taken a moment ago.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  async #anyTaken(workflowIds: readonly string[]): Promise<boolean> {
    const signal = AbortSignal.timeout(answerOfTryMs);
    while (workflowIds.length > 0 && !signal.aborted) {
      const waiting = await Promise.all(workflowIds.map((id) => this.#isFailing(id)));
      if (waiting.includes(false)) return true;
      await setTimeout(lookMs);
    }
    return false;
  }

  /** As the payment itself last said: visibility may lag behind. */
  async #isFailing(workflowId: string): Promise<boolean> {
    const { status, typedSearchAttributes } = await this.#client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING' && typedSearchAttributes.get(attributes.attention) === failing;
  }
}
