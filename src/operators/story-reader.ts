import { QueryRejectedError, type Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { aftermathIdFor, workflowIdFor, type OrderId } from '../domain/identity.ts';
import { toOperatorView, type OperatorView } from '../domain/payment/operator-view.ts';
import type { Payment } from '../domain/payment/payment.ts';
import type { Terms } from '../domain/payment/terms.ts';
import { paymentStory } from '../../workflows/messages.ts';
import { within } from '../temporal/deadline.ts';
import { eventsOf, type StoryEvent } from './history.ts';
import { atRest, resultOf } from '../temporal/runs.ts';
import { readStart } from '../payments/start-event.ts';

/** A payment whose every workflow task fails is never at rest, and has to be shown all the same. */
const restMs = 1_500;
/** A run that is paused neither answers nor ends. */
const answerMs = 10_000;

export interface PaymentStory extends OperatorView {
  readonly events: readonly StoryEvent[];
  /** What the order service said when it started the payment; of the customer, so shown on request alone. */
  readonly terms: Terms;
}

/** A payment with its aftermath as one story: from the run itself while it is open, else from what it ended with. */
export class StoryReader {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** The same without what happened to it. */
  async view(orderId: OrderId): Promise<OperatorView | null> {
    const ids = [workflowIdFor(orderId), aftermathIdFor(orderId)];
    const words = await Promise.all(ids.map((id) => this.#lastWord(id)));
    return words.findLast((word) => word !== null) ?? null;
  }

  /** @throws DeadlineError where no worker can say how it stands. */
  async read(orderId: OrderId): Promise<PaymentStory | null> {
    const ids = [workflowIdFor(orderId), aftermathIdFor(orderId)];
    const words = await Promise.all(ids.map((id) => this.#lastWord(id)));
    const story = words.findLast((word) => word !== null);
    if (!story) return null;
    const told = ids.filter((_id, index) => words[index] !== null);
    const events = await Promise.all(told.map((id) => eventsOf(this.#client, id)));
    const { input } = await readStart(this.#client, workflowIdFor(orderId));
    return { ...story, events: events.flat(), terms: input.terms };
  }

  async #lastWord(workflowId: string): Promise<OperatorView | null> {
    // The call is over soon after; what gRPC would say of its own deadline differs.
    const asked = this.#client.withDeadline(Date.now() + answerMs + 500, () => this.#ask(workflowId));
    return within(answerMs, asked);
  }

  async #ask(workflowId: string): Promise<OperatorView | null> {
    const handle = this.#client.workflow.getHandle<() => Promise<Payment>>(workflowId);
    try {
      await this.#client.withDeadline(Date.now() + restMs, () => atRest(handle)).catch(() => undefined);
      return await handle.query(paymentStory);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      if (!(error instanceof QueryRejectedError)) throw error;
    }
    const ended = await resultOf(handle);
    return ended && toOperatorView(ended);
  }
}
