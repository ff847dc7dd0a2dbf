import { ActivityFailure, condition } from '@temporalio/workflow';
import { outcomeIdFor, type Outcome, type OutcomeStatus } from '../src/domain/outcome.ts';
import { toIso } from '../src/domain/view.ts';
import { activities, outcomeOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import type { PaymentRun } from './run.ts';

/** Queues an outcome behind those told before; the payment itself goes on meanwhile. */
export function tell(run: PaymentRun, status: OutcomeStatus): void {
  run.told = [...run.told, status];
  if (!run.payment.input.policy.tellsOutcomes) return;
  const { payment: data } = run.record();
  const outcome: Outcome = {
    id: outcomeIdFor(run.payment.input.orderId, run.told.length),
    type: `payment.${status}`,
    timestamp: toIso(workflowNow()),
    data: { ...data, status },
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
  run.show({ attention: 'outcome-parked', waiting: "an operator's `redeliver-outcome`" });
  const { redeliveriesAsked } = run;
  await condition(() => run.redeliveriesAsked > redeliveriesAsked);
  run.show({ attention: null, waiting: 'the order service to take the outcome' });
}
