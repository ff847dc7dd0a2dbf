import { setHandler } from '@temporalio/workflow';
import { extensionHours, judgmentFor } from '../../src/domain/payment/acting.ts';
import { currentAttempt } from '../../src/domain/payment/payment.ts';
import { dayMs } from '../../src/domain/time.ts';
import { toRecord, type PaymentRecord } from '../../src/domain/payment/record.ts';
import { refusalsInSight } from '../../src/domain/payment/refunding.ts';
import * as messages from '../messages.ts';
import { answered } from './answering.ts';
import type { Run } from './run.ts';
import {
  checkAcknowledgement,
  checkExtension,
  checkOperator,
  checkRedelivery,
  checkResolve,
} from './validators.ts';

/** What a person may do to a payment; each act is kept with who, why and when. */
export function handleOperator(run: Run): void {
  setHandler(
    messages.resolve,
    (action) => {
      note(run, action, `resolve: ${action.decision}`);
      run.apply({ kind: 'resolved', judgment: judgmentFor(run.payment, action) });
      return toRecord(run.payment);
    },
    {
      validator: (action: messages.ResolveAction) => checkResolve(run, action),
      description:
        'Ends a review: {"decision": "accept" | "reject" | "refund", "by": "who you are", "why": "what you found"}.',
    },
  );
  setHandler(messages.reconcileNow, (action) => reconcile(run, action), {
    validator: checkOperator,
    description: 'Asks the platform at once: {"by": "who you are", "why": "…"}.',
  });
  setHandler(
    messages.redeliverOutcome,
    (action) => {
      note(run, action, 'redeliver-outcome');
      run.apply({ kind: 'redelivery_asked' });
      return toRecord(run.payment);
    },
    {
      validator: (action: messages.OperatorAction) => checkRedelivery(run, action),
      description: 'Sends an outcome that was not taken again: {"by": "who you are", "why": "…"}.',
    },
  );
  setHandler(
    messages.acknowledge,
    (action) => {
      note(run, action, 'acknowledge');
      const refundIds = refusalsInSight(run.payment).map(({ refundId }) => refundId);
      run.apply({ kind: 'refusals_acknowledged', refundIds });
      return toRecord(run.payment);
    },
    {
      validator: (action: messages.OperatorAction) => checkAcknowledgement(run, action),
      description: 'A refused refund is seen to: {"by": "who you are", "why": "what you did"}.',
    },
  );
  setHandler(
    messages.extendWatch,
    (action) => {
      const { hours = extensionHours.preset } = action;
      note(run, action, `extend-watch: ${hours} h`);
      run.apply({ kind: 'watch_extended', hours, from: askedAt(run, action) });
      return toRecord(run.payment);
    },
    {
      validator: (action: messages.ExtendAction) => checkExtension(run, action),
      description:
        'Asks a silent platform on for so many hours before a review, or again after it: {"hours": 24, "by": "who you are", "why": "…"}.',
    },
  );
}

/** Answers once the platform was asked, however often others ask meanwhile. */
function reconcile(run: Run, action: messages.OperatorAction): Promise<PaymentRecord> {
  note(run, action, 'reconcile-now');
  const attempt = currentAttempt(run.payment);
  const asked = attempt?.polls.done ?? 0;
  if (attempt) {
    const at = action.at ?? run.payment.clock;
    const wakeUp = { source: 'operator', status: null, updated: null, at } as const;
    run.apply({ kind: 'woken', attempt: attempt.number, wakeUp });
  }
  return answered(run, () => {
    const now = currentAttempt(run.payment);
    return !now || now.creation.step === 'create' || now.polls.done > asked;
  });
}

/** While a person is to look, the clock lags by up to a day; more than that is no time of an operator's. */
function askedAt({ payment }: Run, { at }: messages.OperatorAction): number {
  const isSound = typeof at === 'number' && at > payment.clock && at < payment.clock + 2 * dayMs;
  return isSound ? at : payment.clock;
}

const note = (run: Run, { by, why, at }: messages.OperatorAction, what: string): void =>
  run.apply({ kind: 'noted', note: { at: at ?? run.payment.clock, by, what, why } });
