import { condition, sleep, type ActivityOptions } from '@temporalio/workflow';
import { assertNever } from '../src/domain/assert-never.ts';
import type { InvoiceId } from '../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../src/domain/invoice/invoice.ts';
import type { Attempt, Source } from '../src/domain/payment/payment.ts';
import { nextLookAt, pauseBetweenHints } from '../src/domain/payment/polling.ts';
import { statusOf } from '../src/domain/payment/status.ts';
import { toIso } from '../src/domain/payment/view.ts';
import { activities, localActivities, readOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import { platformFailureOf, type PlatformFailure } from './failure.ts';
import { tryLocallyFirst } from './first-try.ts';
import type { PaymentRun } from './run.ts';

/** Waits for a callback, a return or the next look of the schedule, then asks the platform. */
export async function watch(run: PaymentRun, attempt: Attempt, expiresAt: number): Promise<void> {
  const pausesSeconds = run.payment.input.policy.pollPausesSeconds;
  const { before, after, failed, lastAt } = run.looks;
  const at = nextLookAt({
    pausesSeconds,
    looksBefore: before,
    looksAfter: after,
    failedLooks: failed,
    lastLookAt: lastAt,
    expiresAt,
    watchUntil: attempt.watchUntil,
  });
  if (at === null) {
    run.apply({ kind: 'watch_exhausted' });
    return;
  }
  const summary = at < expiresAt ? 'next look at the platform' : 'look after the expiry';
  run.show({ waiting: `callback, return or the look at ${toIso(at)}` });
  const left = at - workflowNow();
  if (left > 0 && (await condition(() => run.news !== null, left, { summary }))) return;
  const overdue = at >= expiresAt;
  await look(run, attempt, overdue ? 'expiry' : 'poll');
  if (overdue || run.looks.failed === 0) run.countLook(overdue);
}

type Answer =
  | { readonly kind: 'seen'; readonly snapshot: InvoiceSnapshot }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'missing' }
  | Unanswered;
type Unanswered = {
  readonly kind: 'credentials' | 'silent';
  /** What the platform asks to wait before the next look. */
  readonly retryAfterMs: number | null;
};

/** Looks at what a hint is about; hints that come for nothing are gathered for longer and longer. */
export async function followHint(run: PaymentRun, attempt: Attempt, source: Source): Promise<void> {
  const ms = run.looks.lastAt + pauseBetweenHints(run.looks.fruitless) - workflowNow();
  if (source === 'callback' && ms > 0) {
    await condition(() => run.isAwaited, ms, { summary: 'gather callbacks that told nothing new' });
  }
  await look(run, attempt, source);
}

/** One look at the platform; it answers every hint received before it. Decides nothing where nothing was said. */
export async function look(run: PaymentRun, attempt: Attempt, source: Source): Promise<void> {
  await rest(run);
  run.beginLook(attempt.number);
  const answer = await ask(run, attempt, source);
  run.endLook(workflowNow(), 'retryAfterMs' in answer ? answer : null);
  const said = `${toIso(workflowNow())} (${source}): ${answer.kind === 'seen' ? answer.snapshot.status : answer.kind}`;
  run.show({ lastLook: said, attention: attentionOf(answer) });
  if (answer.kind === 'seen') run.sawForSweep(attempt.number, answer.snapshot);
  if (answer.kind === 'missing') run.sawForSweep(attempt.number, null);
  const before = statusOf(run.payment);
  conclude(run, attempt, { answer, source });
  run.countFruit(statusOf(run.payment) !== before);
}

/** Retry-After holds for every look, whatever wakes the payment meanwhile. */
async function rest({ looks }: PaymentRun): Promise<void> {
  const ms = looks.notBefore - workflowNow();
  if (ms > 0) await sleep(ms, { summary: 'the platform asked to wait (Retry-After)' });
}

const attentionOf = ({ kind }: Answer) =>
  kind === 'credentials' ? 'credentials' : kind === 'silent' ? 'platform-silent' : null;

function conclude(
  run: PaymentRun,
  { number, expiresAt }: Attempt,
  { answer, source }: { answer: Answer; source: Source },
): void {
  switch (answer.kind) {
    case 'seen':
      run.apply({ kind: 'observed', attempt: number, snapshot: answer.snapshot, source });
      return;
    case 'missing':
      run.apply({ kind: 'invoice_missing', attempt: number });
      return;
    case 'nothing':
      // A form that was handed out and never posted: over once its time is.
      if (expiresAt !== null && workflowNow() >= expiresAt) run.apply({ kind: 'order_time_up' });
      return;
    case 'credentials':
    case 'silent':
      return;
    default:
      assertNever(answer);
  }
}

async function ask(run: PaymentRun, { seen, referenceId }: Attempt, source: Source): Promise<Answer> {
  try {
    if (!seen) return await askByReference(referenceId, 'nothing');
    return { kind: 'seen', snapshot: await askById(run, seen.invoiceId, source) };
  } catch (error) {
    const failure = platformFailureOf(error, 'Unanswered');
    if (failure.type !== 'NotFound') return unanswered(failure);
    return seen ? askAgainByReference(referenceId) : { kind: 'nothing' };
  }
}

function askById(run: PaymentRun, invoiceId: InvoiceId, source: Source): Promise<InvoiceSnapshot> {
  const summary = `${invoiceId}, by ${source}`;
  const regularly = (options: ActivityOptions): Promise<InvoiceSnapshot> =>
    activities.getInvoice.executeWithOptions({ ...options, summary }, [invoiceId]);
  if (!run.looksLocally) return regularly(readOptions);
  const locally = (): Promise<InvoiceSnapshot> =>
    localActivities.getInvoice.executeWithOptions({ summary }, [invoiceId]);
  return tryLocallyFirst({ summary, options: readOptions, locally, regularly });
}

async function askByReference(
  referenceId: Attempt['referenceId'],
  none: 'nothing' | 'missing',
): Promise<Answer> {
  const options = { ...readOptions, summary: `by reference ${referenceId}` };
  const found = await activities.findInvoice.executeWithOptions(options, [referenceId]);
  return found ? { kind: 'seen', snapshot: found.snapshot } : { kind: none };
}

/** A 404 for an invoice that we created is believed only where the reference is unknown too (contract, section 6). */
async function askAgainByReference(referenceId: Attempt['referenceId']): Promise<Answer> {
  try {
    return await askByReference(referenceId, 'missing');
  } catch (error) {
    const failure = platformFailureOf(error, 'Unanswered');
    return failure.type === 'NotFound' ? { kind: 'missing' } : unanswered(failure);
  }
}

const unanswered = ({ type, retryAfterMs }: PlatformFailure): Unanswered => ({
  kind: type === 'CredentialsRejected' ? 'credentials' : 'silent',
  retryAfterMs,
});
