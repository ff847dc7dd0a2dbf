import { ApplicationFailure, condition, sleep, type ActivityOptions } from '@temporalio/workflow';
import { lastEffective, outcomeIdFor, type Outcome, type Told } from '../src/domain/payment/outcome.ts';
import { toIso } from '../src/domain/payment/view.ts';
import { activities, deliveryMs, localActivities, outcomeOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import { causeOf } from './failure.ts';
import { tryLocallyFirst } from './first-try.ts';
import { measures } from './measuring.ts';
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
  const { wokenAt } = run;
  run.wokenAt = null;
  run.enqueueOutcome(async () => {
    await deliver(run, outcome);
    if (wokenAt !== null) measures.told(Math.max(0, workflowNow() - wokenAt) / 1000);
  });
}

/** Delivers by the retry policy; after it the outcome is parked until an operator asks for it again. */
async function deliver(run: PaymentRun, outcome: Outcome): Promise<void> {
  while ((await attempt(run, outcome)) !== 'accepted') await parked(run);
}

type Delivery = 'accepted' | 'gone' | 'failed';

/** All deliveries of the policy, and a last one when its time is over: Temporal gives up when no pause fits any more. */
async function attempt(run: PaymentRun, outcome: Outcome): Promise<Delivery> {
  const until = workflowNow() + deliveryMs;
  const summary = `${outcome.type} as ${outcome.id}`;
  const regularly = (options: ActivityOptions): Promise<void> =>
    activities.deliverOutcome.executeWithOptions({ ...options, summary }, [outcome]);
  const locally = (): Promise<void> =>
    localActivities.deliverOutcome.executeWithOptions({ summary }, [outcome]);
  const delivery = await resultOf(() =>
    run.tellsLocally(outcome)
      ? tryLocallyFirst({ summary, options: outcomeOptions, locally, regularly })
      : regularly(outcomeOptions),
  );
  const left = until - workflowNow();
  if (delivery !== 'failed' || left <= 0) return delivery;
  await sleep(left, { summary: `the last delivery of ${outcome.id}` });
  return resultOf(() => regularly({ ...outcomeOptions, retry: { maximumAttempts: 1 } }));
}

async function resultOf(send: () => Promise<void>): Promise<Delivery> {
  try {
    await send();
    return 'accepted';
  } catch (error) {
    const cause = causeOf(error);
    return cause instanceof ApplicationFailure && cause.type === 'Gone' ? 'gone' : 'failed';
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
