import { ActivityFailure, condition } from '@temporalio/workflow';
import { lastEffective, outcomeIdFor, type Outcome, type Told } from '../src/domain/outcome.ts';
import { toIso } from '../src/domain/view.ts';
import { activities, outcomeOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import type { PaymentRun } from './run.ts';
import { keepsParkedInSight } from './versions.ts';

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
  run.enqueueOutcome(() => deliver(run, outcome));
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
  const { redeliveriesAsked } = run;
  const asked = () => condition(() => run.redeliveriesAsked > redeliveriesAsked);
  if (keepsParkedInSight()) {
    run.park(true);
    await asked();
    run.park(false);
  } else {
    run.show({ attention: 'outcome-parked', waiting: "an operator's `redeliver-outcome`" });
    await asked();
    run.show({ attention: null, waiting: 'the order service to take the outcome' });
  }
}
