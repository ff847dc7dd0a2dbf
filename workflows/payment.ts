import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  workflowInfo,
} from '@temporalio/workflow';
import { assertNever } from '../src/domain/assert-never.ts';
import { moveToTell } from '../src/domain/payment/outcome.ts';
import type { PaymentInput } from '../src/domain/payment/payment.ts';
import { refusalsInSight } from '../src/domain/payment/refund.ts';
import { stepOf, type Step } from '../src/domain/payment/decide.ts';
import { awaitChoice, offerServices } from './choosing.ts';
import { workflowNow } from './clock.ts';
import { createInvoice } from './creating.ts';
import { handleMessages } from './handlers.ts';
import type { EndedPayment } from './messages.ts';
import { measures } from './measuring.ts';
import { askRefund, awaitAcknowledgement, followRefund } from './refunding.ts';
import { awaitReview } from './reviewing.ts';
import type { Carried } from './carried.ts';
import { PaymentRun } from './run.ts';
import { tell } from './telling.ts';
import { keepsRefusalsInSight } from './versions.ts';
import { followHint, watch } from './watching.ts';

/**
 * One order's payment: what the customer may pay with, the invoice, the wait for a callback, a return or the next
 * look, the platform's answer, the outcome. It ends when the order service has been told; what comes later is
 * taken up by its aftermath.
 */
export async function payment(input: PaymentInput, carried?: Carried): Promise<EndedPayment> {
  const run = new PaymentRun(input, workflowNow(), carried);
  const goOnAsNew = () => continueAsNew<typeof payment>(input, run.carry());
  return live(run, { goOnAsNew, lingersMs: 0 });
}

/** Lives a payment's life to its end, from wherever it stands. */
export async function live(run: PaymentRun, life: Life): Promise<EndedPayment> {
  handleMessages(run);
  run.show({});
  // "Cancel" in the Temporal UI must not leave an invoice unwatched: it asks for what the order API's cancel asks.
  CancellationScope.current().cancelRequested.catch(() => {
    run.apply({ kind: 'cancel_requested', reason: 'canceled by an operator' });
  });
  await CancellationScope.nonCancellable(() => goOn(run, life));
  return { ...run.record(), state: run.carry() };
}

interface Life {
  readonly goOnAsNew: () => Promise<never>;
  /** How long it stays awake for news when nothing is left to do. */
  readonly lingersMs: number;
}

/** Step after step, until nothing is left to do. One loop: each promise in between costs the worker a stack trace. */
async function goOn(run: PaymentRun, life: Life): Promise<void> {
  for (;;) {
    const step = stepOf(run.payment);
    if (step.kind === 'create_invoice') {
      await createInvoice(run, step.attempt);
      continue;
    }
    if (isLong(run)) await life.goOnAsNew();
    const { news } = run;
    if (news) await followHint(run, news.attempt, news.source);
    else if (step.kind !== 'rest') await take(run, step);
    else if (!(await rest(run, life))) return;
  }
}

function take(
  run: PaymentRun,
  step: Exclude<Step, { kind: 'create_invoice' | 'rest' }>,
): Promise<void> | void {
  switch (step.kind) {
    case 'offer_services':
      return offerServices(run);
    case 'await_choice':
      return awaitChoice(run, step.until);
    case 'watch':
      return watch(run, step.attempt, step.expiresAt);
    case 'review':
      return awaitReview(run);
    case 'settle':
      run.apply({ kind: 'settled', status: step.status });
      measures.closed({ status: step.status, decidedBy: run.record().payment.decidedBy ?? 'rule' });
      return tell(run, { status: step.status, returned: null });
    case 'register_refunds':
      for (const refund of step.refunds) run.apply({ kind: 'refund_registered', refund });
      return;
    case 'ask_refund':
      return askRefund(run, step.refund, step.attempt);
    case 'follow_refund':
      return followRefund(run, step.attempt);
    default:
      return assertNever(step);
  }
}

/** Tells what moved, then stays awake until the order service has been told everything. */
async function rest(run: PaymentRun, { lingersMs }: Life): Promise<boolean> {
  const move = moveToTell(run.payment, run.told);
  if (move) tell(run, move);
  const hasWork = (): boolean => run.news !== null || stepOf(run.payment).kind !== 'rest';
  if (refusalsInSight(run.payment).length > 0 && keepsRefusalsInSight()) {
    await awaitAcknowledgement(run, hasWork);
    return true;
  }
  run.show({ waiting: run.outcomesWaiting > 0 ? 'the order service to take the outcome' : null });
  await condition(() => hasWork() || (run.outcomesWaiting === 0 && allHandlersFinished()));
  if (hasWork()) return true;
  return lingersMs > 0 && condition(hasWork, lingersMs, { summary: 'news of an order that is over' });
}

function isLong(run: PaymentRun): boolean {
  const idle = run.outcomesWaiting === 0 && allHandlersFinished();
  return workflowInfo().continueAsNewSuggested && idle;
}
