import { ActivityFailure, condition } from '@temporalio/workflow';
import { lastEffective, outcomeIdFor, type Outcome, type Told } from '../src/domain/outcome.ts';
import { toIso } from '../src/domain/view.ts';
import { activities, outcomeOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import { measures } from './measuring.ts';
import type { PaymentRun } from './run.ts';

/** Queues an outcome behind those told before; the payment itself goes on meanwhile. */
export function tell(run: PaymentRun, told: Told): void {
  const { orderId, policy } = run.payment.input;
  const supersedes = told.status === 'review' ? null : lastEffective(orderId, run.told);
  run.told = [...run.told, told];
  if (!policy.tellsOutcomes) return;
  const { payment: data } = run.record();
  const outcome: Outcome = {
    id: outcomeIdFor(orderId, run.told.length),
    type: `payment.${told.status}`,
    timestamp: toIso(workflowNow()),
    ...(supersedes !== null && { supersedes }),
    data: { ...data, status: told.status },
  };
  const { wokenAt } = run;
  run.wokenAt = null;
  run.enqueueOutcome(async () => {
    await deliver(run, outcome);
    if (wokenAt !== null) measures.told(Math.max(0, workflowNow() - wokenAt) / 1000);
  });
}

/** Delivers by the retry policy; after it the outcome is parked until an operator asks for it again. */
async function deliver(run: PaymentRun, outcome: Outcome): Promise<void> {
  for (;;) {
    try {
      const options = { ...outcomeOptions, summary: `${outcome.type} as ${outcome.id}` };
      await activities.deliverOutcome.executeWithOptions(options, [outcome]);
      return;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      await parked(run);
    }
  }
}

async function parked(run: PaymentRun): Promise<void> {
  run.show({ attention: 'outcome-parked', waiting: "an operator's `redeliver-outcome`" });
  const { redeliveriesAsked } = run;
  await condition(() => run.redeliveriesAsked > redeliveriesAsked);
  run.show({ attention: null, waiting: 'the order service to take the outcome' });
}
