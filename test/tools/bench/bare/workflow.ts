import { condition, defineSignal, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import type { BareActivities, Made } from './activities.ts';

export const redirect = defineUpdate<Made>('redirect');
export const callback = defineSignal<[{ status: string }]>('callback');

const activities = proxyActivities<BareActivities>({ startToCloseTimeout: '15 seconds' });

/** The steps of a payment that nothing goes wrong with, and nothing else: what Temporal itself costs. */
export async function bare(orderId: string): Promise<void> {
  let made: Made | null = null;
  let isPaid = false;
  setHandler(redirect, async () => {
    await condition(() => made !== null);
    return made as unknown as Made;
  });
  setHandler(callback, ({ status }) => void (isPaid ||= status === 'processed'));
  made = await activities.createInvoice(orderId);
  await condition(() => isPaid, '30 minutes');
  const status = await activities.getInvoice(made.invoiceId);
  await activities.deliverOutcome({ orderId, status });
}
