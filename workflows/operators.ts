import { setHandler } from '@temporalio/workflow';
import { currentAttempt } from '../src/domain/payment/payment.ts';
import type { PaymentRecord } from '../src/domain/payment/record.ts';
import { refusalsInSight } from '../src/domain/payment/refund.ts';
import { reviewReasonsOf } from '../src/domain/payment/status.ts';
import { extendedUntil, extensionHours } from '../src/domain/payment/watch.ts';
import { workflowNow } from './clock.ts';
import { lookAndAnswer } from './looking.ts';
import * as messages from './messages.ts';
import type { PaymentRun } from './run.ts';
import {
  checkAcknowledgement,
  checkExtension,
  checkOperator,
  checkRedelivery,
  checkResolve,
} from './validators.ts';
import { showsExtendedWatch } from './versions.ts';

/** What a person may do to a payment; each act is kept with who, why and when. */
export function handleOperator(run: PaymentRun): void {
  setHandler(messages.resolve, (action) => resolve(run, action), {
    validator: (action: messages.ResolveAction) => checkResolve(run, action),
    description:
      'Ends a review: {"decision": "accept" | "reject" | "refund", "by": "who you are", "why": "what you found"}.',
  });
  setHandler(
    messages.reconcileNow,
    (action) => {
      note(run, action, 'reconcile-now');
      return lookAndAnswer(run, 'operator');
    },
    {
      validator: checkOperator,
      description: 'Asks the platform at once: {"by": "who you are", "why": "…"}.',
    },
  );
  setHandler(
    messages.redeliverOutcome,
    (action) => {
      note(run, action, 'redeliver-outcome');
      run.redeliveriesAsked += 1;
      return run.record();
    },
    {
      validator: (action: messages.OperatorAction) => checkRedelivery(run, action),
      description: 'Sends a parked outcome again: {"by": "who you are", "why": "…"}.',
    },
  );
  setHandler(messages.acknowledge, (action) => acknowledge(run, action), {
    validator: (action: messages.OperatorAction) => checkAcknowledgement(run, action),
    description: 'A refused refund is seen to: {"by": "who you are", "why": "what you did"}.',
  });
  setHandler(messages.extendWatch, (action) => extendWatch(run, action), {
    validator: (action: messages.ExtendAction) => checkExtension(run, action),
    description:
      'Asks a silent platform on for so many hours before a review, or again after it: {"hours": 24, "by": "who you are", "why": "…"}.',
  });
}

function resolve(run: PaymentRun, action: messages.ResolveAction): PaymentRecord {
  const { decision, by, why } = action;
  const reasons = reviewReasonsOf(run.payment);
  note(run, action, `resolve: ${decision}`);
  run.apply({ kind: 'resolved', resolution: { decision, by, why, reasons } });
  return run.record();
}

function acknowledge(run: PaymentRun, action: messages.OperatorAction): PaymentRecord {
  note(run, action, 'acknowledge');
  const refundIds = refusalsInSight(run.payment).map(({ refundId }) => refundId);
  run.apply({ kind: 'refusals_acknowledged', refundIds });
  return run.record();
}

function extendWatch(run: PaymentRun, action: messages.ExtendAction): PaymentRecord {
  const { hours = extensionHours.preset } = action;
  note(run, action, `extend-watch: ${hours} h`);
  const attempt = currentAttempt(run.payment)?.number ?? 1;
  const until = extendedUntil(run.payment, workflowNow(), hours);
  run.apply({ kind: 'watch_extended', attempt, until });
  if (showsExtendedWatch()) run.publish();
  return run.record();
}

const note = (run: PaymentRun, { by, why }: messages.OperatorAction, what: string): void =>
  run.note({ at: workflowNow(), by, what, why });
