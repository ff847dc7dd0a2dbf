import { condition } from '@temporalio/workflow';
import { toIso } from '../src/domain/payment/view.ts';
import { activities, readOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import { pauseMsAfter, platformFailureOf } from './failure.ts';
import type { PaymentRun } from './run.ts';

/** The pre-request: asks until the platform has answered or the order's time is up. */
export async function offerServices(run: PaymentRun): Promise<void> {
  const { currency } = run.payment.input.terms.amount;
  const options = { ...readOptions, summary: `services for ${currency}` };
  for (let tries = 0; run.payment.services === null; tries++) {
    try {
      const services = await activities.offerServices.executeWithOptions(options, [currency]);
      run.show({ attention: null });
      run.apply({ kind: 'services_offered', services });
    } catch (error) {
      const failure = platformFailureOf(error, 'Unanswered');
      const rejected = failure.type === 'CredentialsRejected';
      run.show({ attention: rejected ? 'credentials' : 'platform-silent' });
      if (await isOverWithin(run, pauseMsAfter(failure, tries))) return;
    }
  }
}

async function isOverWithin(run: PaymentRun, pauseMs: number): Promise<boolean> {
  const left = run.payment.deadlineAt - workflowNow();
  if (left <= 0) run.apply({ kind: 'order_time_up' });
  return condition(() => run.isOver || run.news !== null, Math.max(1, Math.min(pauseMs, left)), {
    summary: 'ask for services again',
  });
}

export async function awaitChoice(run: PaymentRun, until: number): Promise<void> {
  run.show({ waiting: `the customer's choice, until ${toIso(until)}` });
  const attempts = run.payment.attempts.length;
  const moved = (): boolean => run.payment.attempts.length > attempts || run.isOver || run.news !== null;
  const left = until - workflowNow();
  const summary = `choose a method by ${toIso(until)}`;
  if (left > 0 && (await condition(moved, left, { summary }))) return;
  if (!moved()) run.apply({ kind: 'order_time_up' });
}
