import { condition } from '@temporalio/workflow';
import type { Invoice } from '../src/domain/invoice/invoice.ts';
import { currentAttempt, draftOf, type Attempt } from '../src/domain/payment/payment.ts';
import { redirectFaultOf } from '../src/domain/invoice/redirect.ts';
import { expiryFor, pauseAfterUnknown, watchEndsAt } from '../src/domain/payment/polling.ts';
import { toIso } from '../src/domain/payment/view.ts';
import { activities, createOptions, readOptions } from './activity-options.ts';
import { workflowNow, workflowRandom } from './clock.ts';
import { pauseMsAfter, platformFailureOf, type PlatformFailure } from './failure.ts';
import type { PaymentRun } from './run.ts';

/**
 * Creates an attempt's invoice by the directive table: never twice without a look-up by reference that answered
 * in between, until it exists, is refused, or the order's time is up.
 */
export async function createInvoice(run: PaymentRun, attempt: Attempt): Promise<void> {
  run.show({ waiting: 'the platform to create the invoice' });
  const watchedOn = attempt.watchUntil !== undefined;
  if (watchedOn && (await lookedUp(run, attempt))) return;
  return tryUntilClear(run, attempt, watchedOn ? 1 : 0);
}

/** `tries`: so many were made before, in the review of whose unknown result an operator had it watched on. */
async function tryUntilClear(run: PaymentRun, attempt: Attempt, tries: number): Promise<void> {
  for (let badRequests = 0; ; tries++) {
    const overdue = tries > 0 && workflowNow() >= run.payment.deadlineAt;
    const failure = overdue ? timeIsUp : await tryToCreate(run, attempt);
    if (!failure) return run.restartLooks(workflowNow());
    run.leaveCourse();
    if (await cleared(run, attempt, failure)) return;
    if (failure.answer === 'bad_request') badRequests += 1;
    if (isRefusal(failure, badRequests)) return refuse(run, attempt, failure);
    await pauseAfter(run, attempt, { failure, tries });
    // A callback that came meanwhile says that there is an invoice after all.
    if (run.takeNewsOf(attempt) && (await lookedUp(run, attempt))) return;
  }
}

/** "A 400 again after a clean look-up: unsuccessful" (contract, section 6). */
const isRefusal = ({ type }: PlatformFailure, badRequests: number): boolean =>
  type === 'Refused' || badRequests > 1;

const timeIsUp: PlatformFailure = {
  type: 'Refused',
  answer: 'no_answer',
  messages: [{ field: '', message: 'The platform did not create the invoice in time.' }],
  retryAfterMs: null,
  earlier: null,
};
/** An invoice that nobody can be sent to: what the platform has under the reference decides. */
const unusable: PlatformFailure = { ...timeIsUp, type: 'ResultUnknown', answer: 'unreadable', messages: [] };
const isUnknown = ({ type }: PlatformFailure): boolean =>
  type === 'ResultUnknown' || type === 'AlreadyExists';

/** Whether an earlier create turned out to have made, or to have blocked, the invoice. */
async function cleared(run: PaymentRun, attempt: Attempt, failure: PlatformFailure): Promise<boolean> {
  if (!failure.earlier) return isUnknown(failure) && lookedUp(run, attempt);
  adopt(run, attempt, failure.earlier);
  return true;
}

async function tryToCreate(run: PaymentRun, attempt: Attempt): Promise<PlatformFailure | null> {
  const { input, deadlineAt } = run.payment;
  const creation = { orderId: input.orderId, draft: draftOf(input, attempt), deadlineAt };
  const summary = `${attempt.referenceId}: ${attempt.choice.service}`;
  try {
    if (input.terms.channel === 'form') {
      const form = await activities.prepareForm.executeWithOptions({ ...readOptions, summary }, [creation]);
      run.apply({ kind: 'form_handed_out', attempt: attempt.number, ...form });
    } else {
      const made = await activities.createInvoice.executeWithOptions({ ...createOptions, summary }, [
        creation,
      ]);
      if (redirectFaultOf(made.invoice.redirect, input.policy.redirects) !== null) return unusable;
      run.apply({ kind: 'invoice_created', attempt: attempt.number, ...made });
    }
    return null;
  } catch (error) {
    return platformFailureOf(error, 'ResultUnknown');
  }
}

/** Asks by reference until the platform has answered; true when that settled what became of the create. */
async function lookedUp(run: PaymentRun, attempt: Attempt): Promise<boolean> {
  const options = { ...readOptions, summary: `look for ${attempt.referenceId} before another create` };
  for (let tries = 0, least = 0; ; tries++) {
    const ms = Math.max(least, pauseAfterUnknown(tries, workflowRandom()));
    await pause(run, attempt, { summary: 'look by reference', ms, wakes: least === 0 });
    run.takeNewsOf(attempt);
    try {
      const found = await activities.findInvoice.executeWithOptions(options, [attempt.referenceId]);
      if (found) adopt(run, attempt, found);
      return found !== null;
    } catch (error) {
      const { type, retryAfterMs } = platformFailureOf(error, 'Unanswered');
      if (type === 'NotFound') return false;
      least = retryAfterMs ?? 0;
      run.show({ attention: type === 'CredentialsRejected' ? 'credentials' : 'platform-silent' });
    }
    if (workflowNow() >= watchEndsAt(run.payment.deadlineAt, currentAttempt(run.payment)?.watchUntil)) {
      run.apply({ kind: 'watch_exhausted' });
      return true;
    }
  }
}

function adopt(run: PaymentRun, attempt: Attempt, invoice: Invoice): void {
  const expiresAt = expiryFor(run.payment.deadlineAt, workflowNow());
  run.apply({ kind: 'invoice_created', attempt: attempt.number, invoice, expiresAt });
  run.restartLooks(workflowNow());
}

function refuse(run: PaymentRun, attempt: Attempt, { messages }: Pick<PlatformFailure, 'messages'>): void {
  run.show({ attention: null });
  run.apply({ kind: 'creation_refused', attempt: attempt.number, messages });
}

async function pauseAfter(
  run: PaymentRun,
  attempt: Attempt,
  { failure, tries }: { failure: PlatformFailure; tries: number },
): Promise<void> {
  if (failure.type === 'CredentialsRejected') run.show({ attention: 'credentials' });
  const wanted = pauseMsAfter(failure, tries);
  const left = Math.max(0, run.payment.deadlineAt - workflowNow());
  const summary = `create again after ${failure.type}`;
  await pause(run, attempt, { summary, ms: Math.min(wanted, left), wakes: failure.retryAfterMs === null });
}

interface Pause {
  readonly summary: string;
  readonly ms: number;
  /** Unless the platform asked for the pause, a callback about this attempt ends it: there is something to find. */
  readonly wakes: boolean;
}

async function pause(run: PaymentRun, attempt: Attempt, { summary, ms, wakes }: Pause): Promise<void> {
  const { deadlineAt } = run.payment;
  const until = workflowNow() + ms;
  run.show({ waiting: `${summary} at ${toIso(until)}; the order's time ends at ${toIso(deadlineAt)}` });
  await condition(() => wakes && run.hasNewsOf(attempt), ms, { summary });
}
