import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  workflowInfo,
} from '@temporalio/workflow';
import { assertNever } from '../src/domain/assert-never.ts';
import type { FinalStatus, PaymentInput } from '../src/domain/payment.ts';
import type { PaymentRecord } from '../src/domain/record.ts';
import { stepOf } from '../src/domain/step.ts';
import { awaitChoice, offerServices } from './choosing.ts';
import { workflowNow } from './clock.ts';
import { createInvoice } from './creating.ts';
import { handleMessages } from './handlers.ts';
import { awaitReview } from './reviewing.ts';
import { PaymentRun, type Carried } from './run.ts';
import { tell } from './telling.ts';
import { look, watch } from './watching.ts';

/**
 * One order's payment: what the customer may pay with, the invoice, the wait for a callback, a return or the next
 * look, the platform's answer, the outcome. It ends when the order service has been told.
 */
export async function payment(input: PaymentInput, carried?: Carried): Promise<PaymentRecord> {
  const run = new PaymentRun(input, workflowNow(), carried);
  handleMessages(run);
  run.show({});
  // "Cancel" in the Temporal UI must not leave an invoice unwatched: it asks for what the order API's cancel asks.
  CancellationScope.current().cancelRequested.catch(() => {
    run.apply({ kind: 'cancel_requested', reason: 'canceled by an operator' });
  });
  await CancellationScope.nonCancellable(async () => {
    while (await goOn(run));
  });
  return run.record();
}

/** One step of the payment; false when nothing is left to do. */
async function goOn(run: PaymentRun): Promise<boolean> {
  const step = stepOf(run.payment);
  if (step.kind === 'create_invoice') {
    await createInvoice(run, step.attempt);
    return true;
  }
  const { news } = run;
  if (news) {
    await look(run, news.attempt, news.source);
    return true;
  }
  switch (step.kind) {
    case 'offer_services':
      await offerServices(run);
      return true;
    case 'await_choice':
      await awaitChoice(run, step.until);
      return true;
    case 'watch':
      await shortenHistory(run);
      await watch(run, step.attempt, step.expiresAt);
      return true;
    case 'review':
      await awaitReview(run);
      return true;
    case 'settle':
      return settle(run, step.status);
    default:
      return assertNever(step);
  }
}

/** The effective outcome, once; then the payment stays awake for news until the order service has been told. */
async function settle(run: PaymentRun, status: FinalStatus): Promise<boolean> {
  if (run.payment.settled !== status) {
    run.apply({ kind: 'settled', status });
    tell(run, status);
  }
  run.show({ waiting: run.outcomesWaiting > 0 ? 'the order service to take the outcome' : null });
  await condition(() => run.news !== null || (run.outcomesWaiting === 0 && allHandlersFinished()));
  return run.news !== null;
}

async function shortenHistory(run: PaymentRun): Promise<void> {
  const idle = run.outcomesWaiting === 0 && allHandlersFinished();
  if (!workflowInfo().continueAsNewSuggested || !idle) return;
  await continueAsNew<typeof payment>(run.payment.input, run.carry());
}
