import { ApplicationFailure } from '@temporalio/workflow';
import type { AccountId, InvoiceId } from '../../src/domain/identity.ts';
import { assertNever } from '../../src/domain/assert-never.ts';
import type { Action } from '../../src/domain/payment/agenda.ts';
import type { PaymentEvent, PollAnswer } from '../../src/domain/payment/events.ts';
import { draftOf, type Attempt, type Payment, type Watched } from '../../src/domain/payment/payment.ts';
import { refundReferenceFor } from '../../src/domain/payment/refund.ts';
import { redirectFaultOf } from '../../src/domain/invoice/redirect.ts';
import type { PlatformFailure } from '../../src/domain/invoice/platform-failure.ts';
import { activities, callMs, effectOptions, readOptions } from '../activity-options.ts';
import { acceptedBy, causeOf, failedAt, platformFailureOf } from '../activity-failure.ts';
import { measures } from '../measures.ts';

/** Whose call it is. */
interface Subject {
  readonly payment: Payment;
  /** When the callback came that the last poll answers: epoch milliseconds; only measured. */
  wokenAt: number | null;
}

/** What takes a call. */
type EffectAction = Exclude<Action, { kind: 'begin_creation' | 'register_refund' | 'decide_outcome' }>;

/** Makes one call and says what became of it. Begins at once, before anything else can happen. */
export function perform(subject: Subject, action: EffectAction): Promise<PaymentEvent> {
  switch (action.kind) {
    case 'deliver':
      return deliver(subject, action);
    case 'offer_services':
      return offerServices(subject);
    case 'create_invoice':
      return createInvoice(subject, action.attempt);
    case 'look_up':
      return lookUp(subject, action.attempt);
    case 'poll':
      return poll(subject, action);
    case 'ask_refund':
      return askRefund(subject, action);
    default:
      return assertNever(action);
  }
}

/** When a call that begins now is over, if nobody tells its end: within its time limit. */
const limitOf = ({ payment }: Subject): number => payment.clock + callMs;

const accountOf = ({ payment }: Subject): AccountId => payment.input.policy.account;

async function offerServices(subject: Subject): Promise<PaymentEvent> {
  const limit = limitOf(subject);
  const { terms, policy } = subject.payment.input;
  const { currency } = terms.amount;
  const options = { ...readOptions, summary: `services for ${currency}` };
  try {
    return {
      kind: 'services_offered',
      ...(await activities.offerServices.executeWithOptions(options, [currency, policy.account])),
    };
  } catch (error) {
    const { at, ...failure } = platformFailureOf(error, 'Unanswered');
    return { kind: 'offering_failed', at: at ?? limit, failure };
  }
}

/** An invoice that nobody can be sent to: what the platform has under the reference decides. */
const unusable: PlatformFailure = {
  type: 'ResultUnknown',
  answer: 'unreadable',
  messages: [],
  retryAfterMs: null,
  earlier: null,
};

const looksLikeService = (text: string): boolean => /^[a-z0-9]+(_[a-z0-9]+)+$/.test(text);

/** In clear: a service stands there where it looks like one of the platform's, and not like what somebody typed. */
const summaryOf = ({ referenceId, choice: { service } }: Attempt): string =>
  looksLikeService(service) ? `${referenceId}: ${service}` : referenceId;

/** Of metrics. */
export const serviceLabel = (service: string | undefined): string =>
  service === undefined ? 'none' : looksLikeService(service) ? service : 'other';

async function createInvoice(subject: Subject, attempt: Attempt): Promise<PaymentEvent> {
  const limit = limitOf(subject);
  const { input, deadlineAt } = subject.payment;
  const { account } = input.policy;
  const creation = { account, orderId: input.orderId, draft: draftOf(input, attempt), deadlineAt };
  const about = { attempt: attempt.number };
  const summary = summaryOf(attempt);
  try {
    if (input.terms.channel === 'form') {
      const form = await activities.prepareForm.executeWithOptions({ ...readOptions, summary }, [creation]);
      return { kind: 'form_handed_out', ...about, ...form };
    }
    const options = { ...effectOptions, summary };
    const made = await activities.createInvoice.executeWithOptions(options, [creation]);
    const isUsable = redirectFaultOf(made.invoice.redirect, input.policy.redirects) === null;
    if (!isUsable) return { kind: 'creation_failed', ...about, at: made.at, failure: unusable };
    if (attempt.number === 1) measures.redirected((made.at - subject.payment.openedAt) / 1000);
    return { kind: 'invoice_created', ...about, ...made };
  } catch (error) {
    const { at, ...failure } = platformFailureOf(error, 'ResultUnknown');
    return { kind: 'creation_failed', ...about, at: at ?? limit, failure };
  }
}

async function lookUp(subject: Subject, { number, referenceId }: Attempt): Promise<PaymentEvent> {
  const limit = limitOf(subject);
  const options = { ...readOptions, summary: `look for ${referenceId} before another create` };
  try {
    const found = await activities.findInvoice.executeWithOptions(options, [
      referenceId,
      accountOf(subject),
      true,
    ]);
    return { kind: 'looked_up', attempt: number, ...found };
  } catch (error) {
    const { at, ...failure } = platformFailureOf(error, 'Unanswered');
    const when = { attempt: number, at: at ?? limit };
    if (failure.type === 'NotFound')
      return { kind: 'looked_up', ...when, askedAt: subject.payment.clock, invoice: null };
    return { kind: 'look_up_failed', ...when, failure };
  }
}

type Poll = Extract<Action, { kind: 'poll' }>;
type PollResult = Omit<Extract<PaymentEvent, { kind: 'polled' }>, 'kind' | 'attempt' | 'source'>;

/** By id; a 404 for an invoice that was there is believed only where the reference is unknown, too. */
async function poll(subject: Subject, { watched, source }: Poll): Promise<PaymentEvent> {
  const came = watched.wakeUps.flatMap((wakeUp) => (wakeUp.source === 'callback' ? [wakeUp.at] : []));
  if (came.length > 0) subject.wokenAt = Math.min(...came);
  const byId = watched.seen && (await askById(subject, watched.seen.snapshot.invoiceId, source));
  const answer = byId && byId.answer.kind !== 'absent' ? byId : await askByReference(subject, watched);
  return { kind: 'polled', attempt: watched.number, source, ...answer };
}

async function askById(subject: Subject, invoiceId: InvoiceId, source: string): Promise<PollResult> {
  const limit = limitOf(subject);
  const options = { ...readOptions, summary: `${invoiceId}, by ${source}` };
  try {
    const { snapshot, ...times } = await activities.getInvoice.executeWithOptions(options, [
      invoiceId,
      accountOf(subject),
    ]);
    return { ...times, answer: { kind: 'seen', snapshot } };
  } catch (error) {
    return unanswered(limit, error);
  }
}

async function askByReference(subject: Subject, { referenceId }: Watched): Promise<PollResult> {
  const limit = limitOf(subject);
  const options = { ...readOptions, summary: `by reference ${referenceId}` };
  try {
    const { invoice, ...times } = await activities.findInvoice.executeWithOptions(options, [
      referenceId,
      accountOf(subject),
    ]);
    const answer: PollAnswer = invoice ? { kind: 'seen', snapshot: invoice.snapshot } : { kind: 'absent' };
    return { ...times, answer };
  } catch (error) {
    return unanswered(limit, error);
  }
}

function unanswered(limit: number, error: unknown): PollResult {
  const { at, ...failure } = platformFailureOf(error, 'Unanswered');
  const answeredAt = at ?? limit;
  const answer: PollAnswer = failure.type === 'NotFound' ? { kind: 'absent' } : { kind: 'failed', failure };
  return { askedAt: answeredAt, at: answeredAt, answer };
}

type AskRefund = Extract<Action, { kind: 'ask_refund' }>;

/** A refund whose answer was lost is asked for again under the same reference: 409 says that it exists. */
async function askRefund(subject: Subject, { refund, watched }: AskRefund): Promise<PaymentEvent> {
  const limit = limitOf(subject);
  const { refundId, amount, reason: description } = refund;
  if (!watched.seen) throw new Error('a refund of an invoice that was never seen');
  const { invoiceId } = watched.seen.snapshot;
  const draft = { invoiceId, amount, referenceId: refundReferenceFor(watched, refund), description };
  const options = { ...effectOptions, summary: `refund of ${watched.referenceId}` };
  try {
    const answer = await activities.refundInvoice.executeWithOptions(options, [draft, accountOf(subject)]);
    return { kind: 'refund_accepted', refundId, ...answer, isNew: true };
  } catch (error) {
    const { at, ...failure } = platformFailureOf(error, 'ResultUnknown');
    const when = { refundId, at: at ?? limit };
    if (failure.type === 'AlreadyExists')
      return {
        kind: 'refund_accepted',
        ...when,
        isNew: false,
        progress: failure.refundProgress ?? null,
      };
    return { kind: 'refund_unanswered', ...when, failure };
  }
}

type Deliver = Extract<Action, { kind: 'deliver' }>;

async function deliver(subject: Subject, { place, outcome, receivers }: Deliver): Promise<PaymentEvent> {
  const limit = limitOf(subject);
  const options = { ...effectOptions, summary: `${outcome.type} as ${outcome.id}` };
  try {
    const { at } = await activities.deliverOutcome.executeWithOptions(options, [outcome, receivers]);
    if (subject.wokenAt !== null) measures.told(Math.max(0, at - subject.wokenAt) / 1000);
    subject.wokenAt = null;
    return { kind: 'outcome_delivered', place, at };
  } catch (error) {
    const cause = causeOf(error);
    const gone = cause instanceof ApplicationFailure && cause.type === 'Gone';
    const why =
      cause instanceof ApplicationFailure ? cause.message : 'the worker that delivered it gave no answer';
    const at = failedAt(cause) ?? limit;
    return { kind: 'delivery_failed', place, at, why, gone, acceptedBy: acceptedBy(cause) };
  }
}
