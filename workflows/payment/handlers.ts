import { condition, setHandler } from '@temporalio/workflow';
import { attemptMadeBy } from '../../src/domain/payment/choice.ts';
import { toOperatorView } from '../../src/domain/payment/operator-view.ts';
import { owesDelivery } from '../../src/domain/payment/outcome-deliveries.ts';
import { currentAttempt } from '../../src/domain/payment/payment.ts';
import { toRecord, type PaymentRecord } from '../../src/domain/payment/payment-record.ts';
import { refundFor } from '../../src/domain/payment/register-refund.ts';
import { refusalTypes } from '../../src/domain/payment/refusal.ts';
import * as messages from '../messages.ts';
import { onceReady, guarded } from './update-answers.ts';
import { handleOperator } from './operator-handlers.ts';
import type { Run } from './run.ts';
import { isHint, isReturn } from './message-shapes.ts';
import { checkAwaiting, checkCancel, checkChoice, checkRefund, throwIfRefused } from './validators.ts';

/** Everything that may be said to a running payment. The descriptions are shown to operators in the Temporal UI. */
export function handleMessages(run: Run): void {
  setHandler(messages.paymentRecord, () => toRecord(run.payment), {
    description: 'The payment as it stands.',
  });
  setHandler(messages.paymentStory, () => toOperatorView(run.payment), {
    description: 'The payment as operators see it.',
  });
  handlePlatform(run);
  handleOrderService(run);
  handleOperator(run);
  setHandler(
    messages.deliverNow,
    () => {
      if (owesDelivery(run.payment)) run.apply({ kind: 'delivery_due' });
    },
    { description: 'The order service takes outcomes again, or may: one that waits is delivered now.' },
  );
}

function handlePlatform(run: Run): void {
  setHandler(
    messages.callbackReceived,
    (hint: unknown) => {
      // What cannot be read may have been a callback all the same: the platform is asked.
      const known = isHint(hint) ? hint : bareHint(run);
      const { attempt, status, updated, receivedAt, day } = known;
      const wakeUp = {
        source: known.source ?? ('callback' as const),
        status: status ?? null,
        updated: updated ?? null,
        at: receivedAt ?? run.payment.clock,
        ...(day !== undefined && { day }),
      };
      run.apply({ kind: 'woken', attempt, wakeUp });
    },
    {
      description:
        'A signed callback came, or the daily sweep found that one is missing; it only wakes the payment.',
    },
  );
  setHandler(
    messages.customerReturned,
    (visit: unknown) => {
      const attempt = currentAttempt(run.payment)?.number;
      if (!isReturn(visit) || attempt === undefined) return;
      const wakeUp = { source: 'return', status: null, updated: null, at: visit.at } as const;
      run.apply({ kind: 'woken', attempt, wakeUp });
    },
    {
      description: 'The customer came back from the payment page; it only wakes the payment.',
    },
  );
}

const bareHint = ({ payment }: Run): messages.CallbackHint => ({
  attempt: currentAttempt(payment)?.number ?? 1,
  status: null,
  updated: null,
});

/** Something to answer an order service with: a redirect, services to choose from, or the end. */
function hasAnswer({ payment, decision }: Run): boolean {
  const { status } = decision;
  return status !== 'creating' && (status !== 'choosing' || payment.services !== null);
}

function handleOrderService(run: Run): void {
  setHandler(messages.awaitRedirect, (asking) => onAwaitRedirect(run, asking), {
    validator: (asking: Parameters<typeof checkAwaiting>[1]) => checkAwaiting(run, asking),
    description: 'Waits for the redirect or the services to choose from.',
  });
  setHandler(messages.chooseMethod, (asking) => guarded(() => choose(run, asking)), {
    validator: (asking: Parameters<typeof checkChoice>[1]) => checkChoice(run, asking),
    description: "The customer's choice of a method.",
  });
  setHandler(
    messages.cancelPayment,
    ({ reason }) => {
      run.apply({ kind: 'cancel_requested', reason });
      return toRecord(run.payment);
    },
    {
      validator: (asking: Parameters<typeof checkCancel>[1]) => checkCancel(run, asking),
      description: 'The order service gives the order up.',
    },
  );
  setHandler(messages.refund, (asked) => guarded(() => giveBack(run, asked)), {
    validator: (asked: Parameters<typeof checkRefund>[1]) => checkRefund(run, asked),
    description: 'The order service gives money back, wholly or in part.',
  });
}

/** What its create met may show that the payment is another's, or has other terms. */
async function onAwaitRedirect(
  run: Run,
  asking: Parameters<typeof checkAwaiting>[1],
): Promise<PaymentRecord> {
  const record = await onceReady(run, () => hasAnswer(run));
  checkAwaiting(run, asking);
  return record;
}

async function choose(run: Run, asking: Parameters<typeof checkChoice>[1]): Promise<PaymentRecord> {
  // A choice may come before the platform has said what there is to choose from; then it is checked late.
  await condition(() => run.decision.status !== 'choosing' || run.payment.services !== null || run.isLong);
  checkChoice(run, asking);
  const { choice } = asking;
  if (!attemptMadeBy(run.payment, asking)) run.apply({ kind: 'method_chosen', choice });
  const number = attemptMadeBy(run.payment, asking)?.number;
  const record = await onceReady(run, () => hasAnswer(run));
  const creation = run.payment.attempts.find((attempt) => attempt.number === number)?.creation;
  if (creation?.step === 'refused')
    throwIfRefused({
      type: refusalTypes.input,
      detail: 'the platform refused the choice',
      errors: creation.messages,
    });
  return record;
}

async function giveBack(run: Run, asked: Parameters<typeof checkRefund>[1]): Promise<PaymentRecord> {
  checkRefund(run, asked);
  const refund = refundFor(run.payment, asked.asking);
  if (refund) run.apply({ kind: 'refund_registered', refund });
  const { refundId } = asked.asking;
  return onceReady(run, () =>
    run.payment.refunds.some((it) => it.refundId === refundId && it.life.state !== 'asked'),
  );
}
