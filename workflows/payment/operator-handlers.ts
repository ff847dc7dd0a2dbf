import { condition, setHandler } from '@temporalio/workflow';
import { extensionHours } from '../../src/domain/payment/extend-watch.ts';
import { judgmentFor } from '../../src/domain/payment/resolve.ts';
import * as became from '../../src/domain/payment/act-result.ts';
import type { ActResult } from '../../src/domain/payment/act-result.ts';
import { refundAskingOf } from '../../src/domain/payment/operator-refund.ts';
import { currentAttempt } from '../../src/domain/payment/payment.ts';
import { toRecord } from '../../src/domain/payment/payment-record.ts';
import { unacknowledgedRefusals } from '../../src/domain/payment/unacknowledged-refusals.ts';
import { refundFor } from '../../src/domain/payment/register-refund.ts';
import * as messages from '../messages.ts';
import { guarded } from './update-answers.ts';
import type { Run } from './run.ts';
import { soundTime } from './message-shapes.ts';
import {
  checkAcknowledgement,
  checkExtension,
  checkOperator,
  checkOperatorCancel,
  checkOperatorRefund,
  checkRedelivery,
  checkResolve,
} from './validators.ts';

/** What a person may do to a payment; each act is kept with who, why and when, and answers with what became of it. */
export function handleOperator(run: Run): void {
  handleDecisions(run);
  handleHurrying(run);
  handleOrders(run);
}

/** What an order service may do, too. */
function handleOrders(run: Run): void {
  setHandler(messages.operatorRefund, (action) => guarded(() => onRefund(run, action)), {
    validator: (action: messages.RefundAction) => checkOperatorRefund(run, action),
    description:
      'Gives money back: {"refundId": "r1", "amount": "10.00", "by": "who you are", "why": "…"}; without "amount", all that is left.',
  });
  setHandler(
    messages.operatorCancel,
    (action) => {
      note(run, action, 'operator-cancel');
      run.apply({ kind: 'cancel_requested', reason: 'canceled by an operator' });
      return recordWith(run, became.resultOfCancel(run.decision.status));
    },
    {
      validator: (action: messages.OperatorAction) => checkOperatorCancel(run, action),
      description: 'Gives the order up: {"by": "who you are", "why": "…"}.',
    },
  );
  setHandler(
    messages.operatorNote,
    (action) => {
      note(run, action, 'note');
      return recordWith(run, became.noted);
    },
    {
      validator: checkOperator,
      description: 'Kept on this page for whoever looks next: {"by": "who you are", "why": "what to know"}.',
    },
  );
}

function handleDecisions(run: Run): void {
  setHandler(messages.resolve, (action) => guarded(() => onResolve(run, action)), {
    validator: (action: messages.ResolveAction) => checkResolve(run, action),
    description:
      'Ends a review: {"decision": "accept" | "reject" | "refund", "by": "who you are", "why": "what you found"}.',
  });
  setHandler(
    messages.acknowledge,
    (action) => {
      note(run, action, 'acknowledge');
      const refundIds = unacknowledgedRefusals(run.payment).map(({ refundId }) => refundId);
      run.apply({ kind: 'refusals_acknowledged', refundIds });
      return recordWith(run, became.resultOfAcknowledgement(refundIds));
    },
    {
      validator: (action: messages.OperatorAction) => checkAcknowledgement(run, action),
      description: 'A refused refund is seen to: {"by": "who you are", "why": "what you did"}.',
    },
  );
}

function handleHurrying(run: Run): void {
  setHandler(messages.reconcileNow, (action) => guarded(() => reconcile(run, action)), {
    validator: checkOperator,
    description: 'Asks the platform at once: {"by": "who you are", "why": "…"}.',
  });
  setHandler(messages.redeliverOutcome, (action) => guarded(() => onRedeliver(run, action)), {
    validator: (action: messages.OperatorAction) => checkRedelivery(run, action),
    description: 'Sends an outcome that was not taken again: {"by": "who you are", "why": "…"}.',
  });
  setHandler(
    messages.extendWatch,
    (action) => {
      const { hours = extensionHours.preset } = action;
      note(run, action, `extend-watch: ${hours} h`);
      run.apply({ kind: 'watch_extended', hours, from: askedAt(run, action) });
      return recordWith(run, became.resultOfExtension(run.payment));
    },
    {
      validator: (action: messages.ExtendAction) => checkExtension(run, action),
      description:
        'Asks a silent platform on for so many hours before a review, or again after it: {"hours": 24, "by": "who you are", "why": "…"}.',
    },
  );
}

const recordWith = ({ payment }: Run, said: ActResult): messages.ActAnswer => ({
  ...toRecord(payment),
  ...said,
});

/** Answers once a refund that it led to has its answer. */
async function onResolve(run: Run, action: messages.ResolveAction): Promise<messages.ActAnswer> {
  const { decision } = action;
  note(run, action, `resolve: ${decision}`);
  run.apply({ kind: 'resolved', judgment: judgmentFor(run.payment, action) });
  await until(
    run,
    () => decision !== 'refund' || became.areDecidedRefundsAnswered(run.payment) || run.isIdle,
  );
  return recordWith(run, became.resultOfResolve(run.payment, run.decision.status, decision));
}

/** Answers once the platform was asked, however often others ask meanwhile. */
async function reconcile(run: Run, action: messages.OperatorAction): Promise<messages.ActAnswer> {
  note(run, action, 'reconcile-now');
  const attempt = currentAttempt(run.payment);
  const asked = attempt?.polls.done ?? 0;
  if (attempt) {
    const wakeUp = { source: 'operator', status: null, updated: null, at: askedAt(run, action) } as const;
    run.apply({ kind: 'woken', attempt: attempt.number, wakeUp });
  }
  await until(run, () => {
    const now = currentAttempt(run.payment);
    return now?.creation.step !== 'made' || now.polls.done > asked;
  });
  return recordWith(run, became.resultOfPoll(run.payment, run.decision.status));
}

/** Answers once the platform has accepted or refused it, or has said nothing. */
async function onRefund(run: Run, action: messages.RefundAction): Promise<messages.ActAnswer> {
  const { refundId } = action;
  note(run, action, `operator-refund: ${refundId}`);
  const asking = refundAskingOf(run.payment, action);
  const registered = asking && refundFor(run.payment, asking);
  if (registered) run.apply({ kind: 'refund_registered', refund: registered });
  await until(run, () => became.isRefundAnswered(run.payment, refundId));
  return recordWith(run, became.resultOfRefund(run.payment, refundId));
}

/** Answers once the order service did, or did not. */
async function onRedeliver(run: Run, action: messages.OperatorAction): Promise<messages.ActAnswer> {
  const id = became.nextUntold(run.payment) ?? '';
  note(run, action, 'redeliver-outcome');
  run.apply({ kind: 'redelivery_asked' });
  await until(run, () => became.isRedelivered(run.payment, id));
  return recordWith(run, became.resultOfRedelivery(run.payment, id));
}

/** A run that is long enough is answered from as it stands, since it has to make room. */
const until = (run: Run, isReady: () => boolean): Promise<void> => condition(() => isReady() || run.isLong);

const askedAt = ({ payment }: Run, { at }: messages.OperatorAction): number => soundTime(payment.clock, at);

const note = (run: Run, action: messages.OperatorAction, what: string): void => {
  const { by, why } = action;
  run.apply({ kind: 'noted', note: { at: askedAt(run, action), by, what, why } });
};
