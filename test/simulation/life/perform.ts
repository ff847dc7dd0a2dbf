import type { Action } from '../../../src/domain/payment/agenda.ts';
import type { PaymentEvent, PollAnswer } from '../../../src/domain/payment/events.ts';
import { draftOf, type Attempt, type Watched } from '../../../src/domain/payment/payment.ts';
import { expiryFor } from '../../../src/domain/payment/expiry.ts';
import { refundReferenceFor } from '../../../src/domain/payment/refund.ts';
import type { Outcome } from '../evidence.ts';
import type { Shown } from '../platform/ledger.ts';
import type { Reply } from '../platform/platform.ts';
import type { Answered } from './caller.ts';
import type { Run } from './run.ts';
import { progressOf, servicesOf, toInvoice, toSnapshot } from './translate.ts';

type Done = (event: PaymentEvent) => void;

const timeLimitMs = 15_000;

/** What an action is known to have come to: at once, or by `done` later. */
export function perform(run: Run, action: Action, done: Done): PaymentEvent | null {
  const { evidence, now } = run.world;
  switch (action.kind) {
    case 'begin_creation':
      return { kind: 'creation_begun', attempt: action.attempt.number };
    case 'register_refund':
      return { kind: 'refund_registered', refund: action.refund };
    case 'decide_outcome': {
      evidence.decided.push({ at: now, type: `payment.${action.told.status}` });
      run.world.note('payment', () => `decides to tell ${action.told.status}`);
      return { kind: 'outcome_decided', told: action.told };
    }
    case 'deliver':
      deliver(run, action, done);
      return null;
    case 'offer_services':
      offerServices(run, done);
      return null;
    case 'create_invoice':
      createInvoice(run, action.attempt, done);
      return null;
    case 'look_up':
      lookUp(run, action.attempt, done);
      return null;
    case 'poll':
      poll(run, action, done);
      return null;
    case 'ask_refund':
      askRefund(run, action, done);
      return null;
  }
}

/** When a call that begins now is over, if nobody tells its end: within its time limit. */
const limitOf = (run: Run): number => run.payment.clock + timeLimitMs;

function offerServices(run: Run, done: Done): void {
  const limit = limitOf(run);
  const { currency } = run.world.plan;
  const ask = (): Reply<null> => ({ status: 200, body: null });
  run.caller.ask({ operation: 'services', reference: currency, ask }, (answer) =>
    done(
      answer.isOk
        ? { kind: 'services_offered', at: answer.at, services: servicesOf(currency) }
        : { kind: 'offering_failed', at: answer.at ?? limit, failure: answer.failure },
    ),
  );
}

function createInvoice(run: Run, attempt: Attempt, done: Done): void {
  const limit = limitOf(run);
  const { input, deadlineAt } = run.payment;
  const { referenceId: reference, amount, service, owner } = draftOf(input, attempt);
  const expiresAt = expiryFor(deadlineAt, run.world.workerClock);
  const request = { reference, amount: amount.minor, currency: amount.currency, service, owner, expiresAt };
  const about = { attempt: attempt.number };
  run.caller.ask(
    { operation: 'create', reference, ask: () => run.world.platform.create(request) },
    (answer) =>
      done(
        answer.isOk
          ? { kind: 'invoice_created', ...about, at: answer.at, invoice: toInvoice(answer.body), expiresAt }
          : { kind: 'creation_failed', ...about, at: answer.at ?? limit, failure: answer.failure },
      ),
  );
}

function askByReference(run: Run, reference: string, done: (answer: Answered<Shown | null>) => void): void {
  const ask = (lagMs: number): Reply<Shown | null> => ({
    status: 200,
    body: run.world.platform.read({ reference }, lagMs),
  });
  run.caller.ask({ operation: 'byReference', reference, ask }, done);
}

function lookUp(run: Run, { number, referenceId }: Attempt, done: Done): void {
  const limit = limitOf(run);
  askByReference(run, referenceId, (answer) => {
    const about = { attempt: number };
    if (answer.isOk) {
      const invoice = answer.body && toInvoice(answer.body);
      return done({ kind: 'looked_up', ...about, askedAt: answer.askedAt, at: answer.at, invoice });
    }
    const at = answer.at ?? limit;
    const { failure } = answer;
    if (failure.type === 'NotFound')
      return done({ kind: 'looked_up', ...about, askedAt: run.payment.clock, at, invoice: null });
    done({ kind: 'look_up_failed', ...about, at, failure });
  });
}

type Polled = Omit<Extract<PaymentEvent, { kind: 'polled' }>, 'kind' | 'attempt' | 'source'>;

function toPolled(limit: number, answer: Answered<Shown | null>): Polled {
  if (!answer.isOk) {
    const at = answer.at ?? limit;
    const { failure } = answer;
    const said: PollAnswer = failure.type === 'NotFound' ? { kind: 'absent' } : { kind: 'failed', failure };
    return { askedAt: at, at, answer: said };
  }
  const { askedAt, at, body } = answer;
  return { askedAt, at, answer: body ? { kind: 'seen', snapshot: toSnapshot(body) } : { kind: 'absent' } };
}

/** By id; a 404 for an invoice that was there is believed only where the reference is unknown, too. */
function poll(run: Run, { watched, source }: Extract<Action, { kind: 'poll' }>, done: Done): void {
  const limit = limitOf(run);
  const end = (answer: Answered<Shown | null>): Polled => toPolled(limit, answer);
  const finish = (polled: Polled): void =>
    done({ kind: 'polled', attempt: watched.number, source, ...polled });
  const byReference = (): void => askByReference(run, watched.referenceId, (answer) => finish(end(answer)));
  if (!watched.seen) return byReference();
  askById(run, watched, watched.seen.snapshot.invoiceId, (answer) => {
    const polled = end(answer);
    if (polled.answer.kind === 'absent') byReference();
    else finish(polled);
  });
}

function askById(run: Run, watched: Watched, id: string, done: (answer: Answered<Shown>) => void): void {
  const ask = (lagMs: number): Reply<Shown> => {
    const body = run.world.platform.read({ id }, lagMs);
    return body ? { status: 200, body } : { status: 404 };
  };
  run.caller.ask({ operation: 'byId', reference: watched.referenceId, ask }, done);
}

function askRefund(run: Run, { refund, watched }: Extract<Action, { kind: 'ask_refund' }>, done: Done): void {
  const limit = limitOf(run);
  const { refundId, amount } = refund;
  if (!watched.seen) throw new Error('a refund of an invoice that was never seen');
  const request = {
    invoiceId: watched.seen.snapshot.invoiceId,
    reference: refundReferenceFor(watched, refund),
    amount: amount.minor,
  };
  const call = {
    operation: 'refund' as const,
    reference: watched.referenceId,
    refund: request,
    ask: () => run.world.platform.refund(request),
  };
  run.caller.ask(call, (answer) => {
    const at = answer.at ?? limit;
    const about = { kind: 'refund_accepted', refundId, at } as const;
    if (answer.isOk) return done({ ...about, isNew: true, progress: progressOf(answer.body) });
    const { type, refundProgress: progress = null } = answer.failure;
    if (type === 'AlreadyExists') return done({ ...about, isNew: false, progress });
    done({ kind: 'refund_unanswered', refundId, at, failure: answer.failure });
  });
}

function deliver(run: Run, { place, outcome }: Extract<Action, { kind: 'deliver' }>, done: Done): void {
  const limit = limitOf(run);
  const { world } = run;
  const body: Outcome = outcome;
  run.caller.work<{ answer: 200 | 500 | 410 | 'lost' }>(
    () => {
      const answer = world.receiverAnswer;
      const isTaken = answer === 200 || answer === 'lost';
      world.evidence.received.push({ at: world.now, outcome: body, isTaken });
      world.note('receiver', () => `${body.type} as ${body.id} -> ${answer}${moneyLineOf(body)}`);
      return { result: { answer }, tookMs: answer === 'lost' ? timeLimitMs : world.plan.latencyMs };
    },
    (result) => {
      const at = result ? world.workerClock : limit;
      if (result?.answer === 200) return done({ kind: 'outcome_delivered', place, at });
      const why = result ? `answered ${result.answer}` : 'the worker that delivered it gave no answer';
      done({ kind: 'delivery_failed', place, at, why, gone: result?.answer === 410, acceptedBy: [] });
    },
  );
}

const moneyLineOf = ({ supersedes, data: { money } }: Outcome): string =>
  (money ? `, paid ${money.paid}, returned ${money.refunded}, charged back ${money.chargedBack}` : '') +
  (supersedes === undefined ? '' : `, supersedes ${supersedes}`);
