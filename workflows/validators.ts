import { ApplicationFailure } from '@temporalio/workflow';
import { attemptMadeBy, faultsOfChoice, type ChoiceAsking } from '../src/domain/payment/choice.ts';
import type { FieldMessage } from '../src/domain/invoice/invoice.ts';
import { refusalsInSight } from '../src/domain/payment/refund.ts';
import { refusalOfRefund, type RefundAsking } from '../src/domain/payment/refunding.ts';
import { paidAttempts, statusOf } from '../src/domain/payment/status.ts';
import { differingTerms, type Terms } from '../src/domain/payment/terms.ts';
import { refusalTypes, type RefusalType, type UpdateRefusal } from '../src/domain/payment/refusal.ts';
import { extensionHours, refusalOfExtension } from '../src/domain/payment/watch.ts';
import { faultOfOperator } from '../src/domain/payment/operator.ts';
import { workflowNow } from './clock.ts';
import type { ExtendAction, OperatorAction, ResolveAction } from './messages.ts';
import type { PaymentRun } from './run.ts';

/** Refused before anything is recorded. The message bypasses the codec, so what was refused is in the details. */
export function refuse(type: RefusalType, detail: string, errors: readonly FieldMessage[] = []): never {
  const refusal: UpdateRefusal = { type, detail, errors };
  throw ApplicationFailure.create({ type, message: detail, nonRetryable: true, details: [refusal] });
}

function checkOwner(run: PaymentRun, owner: string): void {
  if (owner !== run.payment.input.owner) refuse(refusalTypes.owner, 'this payment is not there');
}

export function checkAwaiting(run: PaymentRun, { owner, terms }: { owner: string; terms: Terms }): void {
  checkOwner(run, owner);
  const differing = differingTerms(run.payment.input.terms, terms);
  if (differing.length === 0) return;
  const errors = differing.map((field) => ({ field, message: 'differs from the payment that is there' }));
  refuse(refusalTypes.terms, `the order has a payment with other terms: ${differing.join(', ')}`, errors);
}

export function checkChoice(run: PaymentRun, { owner, ...asking }: { owner: string } & ChoiceAsking): void {
  checkOwner(run, owner);
  const { payment } = run;
  const status = statusOf(payment);
  const { choice, attempt } = asking;
  // The same choice sent again is answered with what it made.
  if (attemptMadeBy(payment, asking)) return;
  if (status !== 'choosing')
    refuse(refusalTypes.state, `the payment is ${status}: there is nothing to choose`);
  const next = payment.attempts.length + 1;
  if (attempt !== undefined && attempt !== next)
    refuse(refusalTypes.state, `the next choice makes attempt ${next}, not ${attempt}`);
  if (!payment.services) return;
  const { amount, locale } = payment.input.terms;
  const faults = faultsOfChoice(payment.services, { choice, amount, locale });
  if (faults.length > 0) refuse(refusalTypes.input, 'the choice was refused', faults);
}

export function checkCancel(run: PaymentRun, { owner }: { owner: string }): void {
  checkOwner(run, owner);
  const status = statusOf(run.payment);
  if (run.isOver && run.payment.cancelReason === null) {
    refuse(refusalTypes.state, `the payment is ${status}: it cannot be canceled any more`);
  }
}

export function checkRefund(
  run: PaymentRun,
  { owner, asking }: { owner: string; asking: RefundAsking },
): void {
  checkOwner(run, owner);
  const refusal = refusalOfRefund(run.payment, asking);
  if (refusal) refuse(refusal.type, refusal.detail, refusal.errors);
}

export function checkOperator(action: OperatorAction): void {
  const fault = faultOfOperator(action);
  if (fault !== null) refuse(refusalTypes.input, fault);
}

export function checkRedelivery(run: PaymentRun, action: OperatorAction): void {
  checkOperator(action);
  if (!run.isParked) refuse(refusalTypes.state, 'no outcome of the payment is parked');
}

export function checkAcknowledgement(run: PaymentRun, action: OperatorAction): void {
  checkOperator(action);
  if (refusalsInSight(run.payment).length === 0)
    refuse(refusalTypes.state, 'no refused refund of the payment waits for a person');
}

export function checkExtension(run: PaymentRun, action: ExtendAction): void {
  checkOperator(action);
  const { hours = extensionHours.preset } = action;
  if (!Number.isInteger(hours) || hours < 1 || hours > extensionHours.most)
    refuse(refusalTypes.input, `"hours" must be a whole number from 1 to ${extensionHours.most}`);
  const refusal = refusalOfExtension(run.payment, { now: workflowNow(), silent: run.isSilent });
  if (refusal !== null) refuse(refusalTypes.state, refusal);
}

export function checkResolve(run: PaymentRun, action: ResolveAction): void {
  checkOperator(action);
  if (!['accept', 'reject', 'refund'].includes(action.decision)) {
    refuse(refusalTypes.input, '"decision" must be "accept", "reject" or "refund"');
  }
  const status = statusOf(run.payment);
  if (status !== 'review')
    refuse(refusalTypes.state, `the payment is ${status}: there is nothing to resolve`);
  if (action.decision === 'refund' && paidAttempts(run.payment).length === 0)
    refuse(
      refusalTypes.state,
      "what was paid is not the order's amount: refund it in Paytone's dashboard, then reject",
    );
}
