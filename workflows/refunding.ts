import { condition } from '@temporalio/workflow';
import type { Attempt, Refund } from '../src/domain/payment/payment.ts';
import { refundReferenceFor, refusalsInSight, wasGiven } from '../src/domain/payment/refund.ts';
import { pauseAfterRejection } from '../src/domain/payment/polling.ts';
import { toIso } from '../src/domain/payment/view.ts';
import { activities, createOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import { pauseMsAfter, platformFailureOf, type PlatformFailure } from './failure.ts';
import type { PaymentRun } from './run.ts';
import { look } from './watching.ts';

/**
 * Asks the platform for a registered refund by the directive table, until it is accepted or refused. Its reference
 * is the same on every try, and after an unknown result the invoice is looked at before the next.
 */
export async function askRefund(run: PaymentRun, refund: Refund, attempt: Attempt): Promise<void> {
  for (let tries = 0, badRequests = 0; ; tries++) {
    const failure = await tryToRefund(refund, attempt);
    if (!failure || failure.type === 'AlreadyExists') return accept(run, refund);
    if (failure.answer === 'bad_request') badRequests += 1;
    if (failure.type === 'Refused' || badRequests > 1) return refuse(run, refund, failure);
    await pause(run, failure, tries);
    if (failure.type !== 'ResultUnknown') continue;
    await look(run, attempt, 'poll');
    if (run.looks.failed === 0 && wasGiven(run.payment, refund)) return accept(run, refund);
  }
}

async function tryToRefund(refund: Refund, attempt: Attempt): Promise<PlatformFailure | null> {
  const { refundId, amount, reason: description } = refund;
  if (!attempt.seen) throw new Error('a refund of an invoice that was never seen');
  const draft = {
    invoiceId: attempt.seen.invoiceId,
    amount,
    referenceId: refundReferenceFor(attempt, refund),
    description,
  };
  try {
    const options = { ...createOptions, summary: `${refundId} of ${attempt.referenceId}` };
    await activities.refundInvoice.executeWithOptions(options, [draft]);
    return null;
  } catch (error) {
    return platformFailureOf(error, 'ResultUnknown');
  }
}

function accept(run: PaymentRun, { refundId }: Refund): void {
  run.apply({ kind: 'refund_answered', refundId, answer: 'accepted', messages: [] });
  run.show({ attention: null });
}

function refuse(run: PaymentRun, { refundId }: Refund, { messages }: PlatformFailure): void {
  run.apply({ kind: 'refund_answered', refundId, answer: 'refused', messages });
  run.show({ attention: 'refund-refused' });
}

async function pause(run: PaymentRun, failure: PlatformFailure, tries: number): Promise<void> {
  if (failure.type === 'CredentialsRejected') run.show({ attention: 'credentials' });
  const ms = pauseMsAfter(failure, tries);
  const summary = `refund again after ${failure.type}`;
  run.show({ waiting: `${summary} at ${toIso(workflowNow() + ms)}` });
  await condition(() => false, ms, { summary });
}

/** Follows an accepted refund by callbacks and looks until the platform says that it is done, or that it failed. */
export async function followRefund(run: PaymentRun, attempt: Attempt): Promise<void> {
  const at = run.looks.lastAt + pauseAfterRejection(run.looks.fruitless);
  run.show({ waiting: `the refund; callback, or the look at ${toIso(at)}` });
  const left = at - workflowNow();
  const summary = 'next look at the refund';
  if (left > 0 && (await condition(() => run.news !== null, left, { summary }))) return;
  await look(run, attempt, 'poll');
}

const reminderMs = 24 * 60 * 60 * 1000;

/** A refused refund stays in sight until a person has seen to it, or its money went back in another way. */
export async function awaitAcknowledgement(run: PaymentRun, hasWork: () => boolean): Promise<void> {
  run.show({
    attention: 'refund-refused',
    waiting: `an operator's \`acknowledge\`, or another refund; asked again ${toIso(workflowNow() + reminderMs)}`,
  });
  const isSeenTo = (): boolean => refusalsInSight(run.payment).length === 0;
  const summary = 'refused refund reminder';
  const moved = await condition(() => hasWork() || isSeenTo(), reminderMs, { summary });
  const [refusal] = refusalsInSight(run.payment);
  const attempt = run.payment.attempts.find(({ number }) => number === refusal?.attempt);
  if (!moved && attempt) await look(run, attempt, 'poll');
  if (isSeenTo()) run.show({ attention: null });
}
