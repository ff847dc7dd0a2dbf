import { WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { aftermathIdFor, isOrderId, toForeignReference, workflowIdFor } from '../domain/identity.ts';
import type { PaymentStatus } from '../domain/payment/payment-status.ts';
import type { ExtendAction, OperatorAction, ResolveAction } from '../../workflows/messages.ts';
import { AttentionList } from './attention-list.ts';
import { unknownReferenceIdFor } from '../payments/callback-inbox.ts';
import { disconnect } from '../temporal/connection.ts';
import { within } from '../temporal/deadline.ts';
import { isDeadline, refusalOf } from '../temporal/errors.ts';
import { readStory, type PaymentStory } from './story-reader.ts';

export type OperatorAnswer =
  | { readonly kind: 'done'; readonly status: PaymentStatus | null }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'absent' };

/** The wire names, as operators type them in the Temporal UI, and what each takes. */
interface Actions {
  readonly resolve: ResolveAction;
  readonly 'reconcile-now': OperatorAction;
  readonly acknowledge: OperatorAction;
  readonly 'redeliver-outcome': OperatorAction;
  readonly 'extend-watch': ExtendAction;
}

/** Longer than a look at a platform that is silent takes. */
const waitMs = 75_000;

/** What operators do to payments, typed. Throws only where Temporal cannot be reached (see `isUnavailable`). */
export class OperatorClient {
  readonly attention: AttentionList;
  readonly #client: Client;

  constructor(client: Client, taskQueue: string) {
    this.#client = client;
    this.attention = new AttentionList(client, taskQueue);
  }

  /** `id`: an order's, or that of a workflow which `attention` lists. */
  async act<Name extends keyof Actions>(
    id: string,
    name: Name,
    action: Actions[Name],
  ): Promise<OperatorAnswer> {
    const parked = unknownReferenceIdFor(toForeignReference(id));
    for (const workflowId of isOrderId(id)
      ? [workflowIdFor(id), aftermathIdFor(id), parked, id]
      : [parked, id]) {
      const answer = await this.#update(workflowId, name, action);
      if (answer) return answer;
    }
    const story = isOrderId(id) ? await readStory(this.#client, id) : null;
    if (!story) return { kind: 'absent' };
    return { kind: 'refused', detail: `the payment is ${story.status}: it is over` };
  }

  /** The order's payment as it stands or ended, with what happened to it; null where there is none. */
  async story(orderId: string): Promise<PaymentStory | null> {
    return isOrderId(orderId) ? readStory(this.#client, orderId) : null;
  }

  async close(): Promise<void> {
    await disconnect(this.#client);
  }

  /** Null where that workflow does not run. */
  async #update(workflowId: string, name: string, action: OperatorAction): Promise<OperatorAnswer | null> {
    try {
      const handle = this.#client.workflow.getHandle(workflowId);
      const call = this.#client.withDeadline(Date.now() + waitMs, () =>
        handle.executeUpdate<{ payment: { status: PaymentStatus } } | undefined, [OperatorAction]>(name, {
          args: [{ at: Date.now(), ...action }],
        }),
      );
      const record = await within(waitMs, call);
      return { kind: 'done', status: record?.payment.status ?? null };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      const refusal = refusalOf(error);
      if (refusal) return { kind: 'refused', detail: refusal.detail };
      if (error instanceof WorkflowUpdateFailedError)
        return { kind: 'refused', detail: `${workflowId} does not take "${name}"` };
      if (!isDeadline(error)) throw error;
      return { kind: 'refused', detail: 'no worker answered in time; it may happen all the same' };
    }
  }
}
