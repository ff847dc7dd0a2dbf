import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { aftermathIdFor, workflowIdFor, type OrderId } from '../domain/identity.ts';
import type { Delivery, Outcome } from '../domain/payment/outcome.ts';
import { redeliverOutcome, redeliveryWorkflow } from '../../workflows/messages.ts';
import { callWithin } from '../temporal/deadline.ts';
import { refusalOf } from '../temporal/errors.ts';
import { deliveriesIn, type MadeDelivery } from './deliveries.ts';
import { progressOfRun } from '../temporal/runs.ts';
import type { OrderKey } from './api-answer.ts';
import type { PaymentFinder } from './payment-finder.ts';
import { readOperatorViews } from './operator-view-reader.ts';
import { ofTaskQueue } from '../temporal/visibility-rows.ts';

/** An outcome with every delivery of it that Temporal remembers, the first of them first. */
export interface LoggedOutcome {
  readonly id: string;
  readonly status: string;
  readonly state: Delivery['state'];
  /** As it was sent; null until then. */
  readonly outcome: Outcome | null;
  readonly deliveries: readonly MadeDelivery[];
}

interface RunName {
  readonly workflowId: string;
  readonly runId: string;
}

/** Longer than a delivery takes. */
const logMs = 13_000;

const redeliveryIdFor = (outcomeId: string): string => `redelivery-${outcomeId}`;

/** What an order service was told, read back from the histories of whatever told it. */
export class OutcomeLog {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #finder: PaymentFinder;

  constructor(client: Client, taskQueue: string, finder: PaymentFinder) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#finder = finder;
  }

  /**
   * In the order in which they were decided; null where the order has no payment of this order service. Of what Temporal
   * has forgotten, or an operator ended, there is nothing.
   */
  async read(key: OrderKey): Promise<LoggedOutcome[] | null> {
    const found = await this.#finder.find(key);
    if (!found) return null;
    return found.isForgotten ? [] : this.#read(key.orderId);
  }

  /** Sends an outcome once more, or has one that was not taken yet tried at once; null where there is none. */
  async redeliver(key: OrderKey, outcomeId: string): Promise<LoggedOutcome | null> {
    const logged = outcomeWith(await this.read(key), outcomeId);
    if (!logged) return null;
    const { state, outcome } = logged;
    await callWithin(this.#client, logMs, () =>
      state === 'delivered' && outcome ? this.#sendAgain(key, outcome) : this.#tryAgain(key),
    );
    return outcomeWith(await this.#read(key.orderId), outcomeId);
  }

  async #read(orderId: OrderId): Promise<LoggedOutcome[]> {
    const view = (await readOperatorViews(this.#client, orderId)).at(-1)?.view;
    if (!view) return [];
    const workflowIds = [
      workflowIdFor(orderId),
      aftermathIdFor(orderId),
      ...view.outcomes.map(({ id }) => redeliveryIdFor(id)),
    ];
    const runs = await this.#runsOf(workflowIds);
    const made = await Promise.all(runs.map((run) => deliveriesIn(this.#client, run)));
    const deliveries = made.flat().sort((a, b) => a.at - b.at);
    return view.outcomes
      .map(({ id, status, delivery }) => {
        const own = deliveries.filter(({ outcome }) => outcome.id === id);
        return { id, status, state: delivery, outcome: own.at(-1)?.outcome ?? null, deliveries: own };
      })
      .filter(({ state, deliveries: own }) => state !== 'delivered' || own.length > 0);
  }

  /** The same asked for at the same time is one delivery. */
  async #sendAgain({ owner }: OrderKey, outcome: Outcome): Promise<void> {
    await this.#client.workflow.execute(redeliveryWorkflow, {
      workflowId: redeliveryIdFor(outcome.id),
      taskQueue: this.#taskQueue,
      args: [outcome, owner],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  }

  async #tryAgain({ owner, orderId }: OrderKey): Promise<void> {
    const args: [{ by: string; why: string; at: number }] = [
      { by: `order service ${owner}`.slice(0, 100), why: 'asked through the order API', at: Date.now() },
    ];
    for (const workflowId of [workflowIdFor(orderId), aftermathIdFor(orderId)]) {
      try {
        await this.#client.workflow.getHandle(workflowId).executeUpdate(redeliverOutcome, { args });
        return;
      } catch (error) {
        // It was taken a moment ago.
        if (refusalOf(error)) return;
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }
  }

  /** Visibility knows all runs, but not at once; the latest of each is known at once. */
  async #runsOf(workflowIds: readonly string[]): Promise<RunName[]> {
    const runs = new Map<string, RunName>();
    for (const workflowId of workflowIds) {
      const latest = await progressOfRun(this.#client.workflow.getHandle(workflowId));
      if (latest) runs.set(latest.runId, { workflowId, runId: latest.runId });
    }
    const names = workflowIds.map((id) => `'${id}'`).join(', ');
    const query = `${ofTaskQueue(this.#taskQueue)} AND WorkflowId IN (${names})`;
    for await (const { workflowId, runId } of this.#client.workflow.list({ query }))
      runs.set(runId, { workflowId, runId });
    return [...runs.values()];
  }
}

const outcomeWith = (outcomes: readonly LoggedOutcome[] | null, id: string): LoggedOutcome | null =>
  outcomes?.find((outcome) => outcome.id === id) ?? null;
