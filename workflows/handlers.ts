import { condition, setHandler } from '@temporalio/workflow';
import { attemptMadeBy, type ChoiceAsking } from '../src/domain/payment/choice.ts';
import type { PaymentRecord } from '../src/domain/payment/record.ts';
import type { RefundAsking } from '../src/domain/payment/refunding.ts';
import { refundFor } from '../src/domain/payment/refunding.ts';
import { statusOf } from '../src/domain/payment/status.ts';
import type { Terms } from '../src/domain/payment/terms.ts';
import { refusalTypes } from '../src/domain/payment/refusal.ts';
import * as messages from './messages.ts';
import { handleOperator } from './operators.ts';
import { lookAndAnswer } from './looking.ts';
import type { PaymentRun } from './run.ts';
import { checkAwaiting, checkCancel, checkChoice, checkRefund, refuse } from './validators.ts';

/** Everything that may be said to a running payment. The descriptions are shown to operators in the Temporal UI. */
export function handleMessages(run: PaymentRun): void {
  setHandler(messages.paymentRecord, () => run.record(), { description: 'The payment as it stands.' });
  setHandler(messages.paymentStory, () => run.story(), {
    description: "The payment's story, for operators.",
  });
  handlePlatform(run);
  handleOrderService(run);
  handleRefund(run);
  handleOperator(run);
}

function handlePlatform(run: PaymentRun): void {
  setHandler(
    messages.callbackReceived,
    (hint) => {
      run.hint({ ...hint, source: hint.source ?? 'callback' });
    },
    {
      description:
        'A signed callback came, or the daily sweep found that one is missing; it only wakes the payment.',
    },
  );
  setHandler(messages.customerReturned, () => lookAndAnswer(run, 'return'), {
    description: 'The customer came back from the payment page; asks the platform and answers.',
  });
}

function handleOrderService(run: PaymentRun): void {
  setHandler(messages.awaitRedirect, () => answer(run), {
    validator: (asking: { owner: string; terms: Terms }) => checkAwaiting(run, asking),
    description: 'Waits for the redirect or the services to choose from.',
  });
  setHandler(
    messages.chooseMethod,
    async (asking) => {
      // A choice may come before the platform has said what there is to choose from; then it is checked late.
      await condition(() => statusOf(run.payment) !== 'choosing' || run.payment.services !== null);
      checkChoice(run, asking);
      const { choice } = asking;
      if (!attemptMadeBy(run.payment, asking)) run.apply({ kind: 'method_chosen', choice });
      const attempt = attemptMadeBy(run.payment, asking)?.number;
      const record = await answer(run);
      const refusal = run.payment.attempts.find(({ number }) => number === attempt)?.refusal;
      return refusal ? refuse(refusalTypes.input, 'the platform refused the choice', refusal) : record;
    },
    {
      validator: (asking: { owner: string } & ChoiceAsking) => checkChoice(run, asking),
      description: "The customer's choice of a method.",
    },
  );
  setHandler(
    messages.cancelPayment,
    ({ reason }) => {
      run.apply({ kind: 'cancel_requested', reason });
      return run.record();
    },
    {
      validator: (asking: { owner: string }) => checkCancel(run, asking),
      description: 'The order service gives the order up.',
    },
  );
}

function handleRefund(run: PaymentRun): void {
  setHandler(
    messages.refund,
    async ({ owner, asking }) => {
      checkRefund(run, { owner, asking });
      const refund = refundFor(run.payment, asking);
      if (refund) run.apply({ kind: 'refund_registered', refund });
      const isAnswered = (): boolean =>
        run.payment.refunds.some(
          ({ refundId, answer: given }) => refundId === asking.refundId && given !== 'none',
        );
      await condition(isAnswered);
      return run.record();
    },
    {
      validator: (asking: { owner: string; asking: RefundAsking }) => checkRefund(run, asking),
      description: 'The order service gives money back, wholly or in part.',
    },
  );
}

async function answer(run: PaymentRun): Promise<PaymentRecord> {
  await condition(() => run.hasAnswer);
  return run.record();
}
