import { allHandlersFinished, CancellationScope, condition } from '@temporalio/workflow';
import type { Payment } from '../../src/domain/payment/payment.ts';
import { isUndecided } from '../../src/domain/payment/statuses.ts';
import type { Continuation } from '../messages.ts';
import { handleMessages } from './handlers.ts';
import { Run } from './run.ts';

interface Life {
  /** How long it stays awake for more when nothing is left to do, milliseconds. */
  readonly lingersMs: number;
  /** Goes on in a new run, with an empty history. */
  readonly continueWith: (continuation: Continuation) => Promise<never>;
}

/** Lives a payment's life to its end, from wherever it stands. */
export async function drive(payment: Payment, life: Life): Promise<Payment> {
  const run = new Run(payment);
  handleMessages(run);
  // "Cancel" in the Temporal UI must not leave an invoice unwatched: it asks for what the order API's cancel asks.
  CancellationScope.current().cancelRequested.catch(() => {
    if (isUndecided(run.decision.status))
      run.apply({ kind: 'cancel_requested', reason: 'canceled by an operator' });
  });
  await CancellationScope.nonCancellable(() => live(run, life));
  return run.payment;
}

async function live(run: Run, { lingersMs, continueWith }: Life): Promise<void> {
  run.start();
  await condition(() => hasReached(run, isOver));
  if (lingersMs > 0 && !run.isLong) {
    const until = run.payment.clock + lingersMs;
    run.linger(until);
    await condition(() => hasReached(run, () => isOver(run) && run.payment.clock >= until));
  }
  if (run.isLong && !isOver(run)) await continueWith(continuationOf(run.payment));
}

/** Where this run can end: at its goal, or at its length. What was asked of it has its answer. */
function hasReached(run: Run, goal: (run: Run) => boolean): boolean {
  run.assertSound();
  return run.isIdle && (run.isLong || goal(run)) && allHandlersFinished();
}

const isOver = ({ decision }: Run): boolean => decision.isOver;

const continuationOf = ({ input: _, ...rest }: Payment): Continuation => rest;
