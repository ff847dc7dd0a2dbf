import {
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { BareActivities, Made } from './activities.ts';

export interface BareInput {
  readonly orderId: string;
  /** As `LOCAL_ACTIVITIES` has it. */
  readonly localActivities: string;
}

export const redirect = defineUpdate<Made>('redirect');
export const callback = defineSignal<[{ status: string }]>('callback');

const regular = proxyActivities<BareActivities>({ startToCloseTimeout: '15 seconds' });
const local = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '2 seconds' });

/** The steps of a payment that nothing goes wrong with, and nothing else: what Temporal itself costs. */
export async function bare({ orderId, localActivities }: BareInput): Promise<void> {
  let made: Made | null = null;
  let isPaid = false;
  setHandler(redirect, async () => {
    await condition(() => made !== null);
    return made as unknown as Made;
  });
  setHandler(callback, ({ status }) => void (isPaid ||= status === 'processed'));
  made = await regular.createInvoice(orderId);
  await condition(() => isPaid, '30 minutes');
  const status = await (localActivities === 'off' ? regular : local).getInvoice(made.invoiceId);
  await (localActivities === 'all' ? local : regular).deliverOutcome({ orderId, status });
}
