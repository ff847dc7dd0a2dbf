import type { Client } from '@temporalio/client';
import { workflowIdFor, type OrderId } from '../domain/identity.ts';
import type { OperatorView } from '../domain/payment/operator-view.ts';
import type { Terms } from '../domain/payment/terms.ts';
import { readOperatorViews } from '../payments/operator-view-reader.ts';
import { readStart } from '../payments/start-event.ts';
import { eventsOf, type StoryEvent } from './history.ts';

export interface PaymentStory extends OperatorView {
  readonly events: readonly StoryEvent[];
  /** What the order service said when it started the payment; of the customer, so shown on request alone. */
  readonly terms: Terms;
}

/** A payment with its aftermath as one story, and what happened to it; null where there is none. */
export async function readStory(client: Client, orderId: OrderId): Promise<PaymentStory | null> {
  const runs = await readOperatorViews(client, orderId);
  const last = runs.at(-1);
  if (!last) return null;
  const events = await Promise.all(runs.map(({ workflowId }) => eventsOf(client, workflowId)));
  const { input } = await readStart(client, workflowIdFor(orderId));
  return { ...last.view, events: events.flat(), terms: input.terms };
}
