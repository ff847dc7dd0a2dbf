import { ApplicationFailure } from '@temporalio/workflow';
import { extensionHours, refusalOfExtension } from '../../src/domain/payment/extend-watch.ts';
import { refusalOfRedelivery } from '../../src/domain/payment/outcome-deliveries.ts';
import { refusalOfResolve } from '../../src/domain/payment/refusal-of-resolve.ts';
import { attemptMadeBy, faultsOfChoice, type ChoiceAsking } from '../../src/domain/payment/choice.ts';
import { faultOfOperator } from '../../src/domain/payment/operator-note.ts';
import { refusalOfOperatorRefund } from '../../src/domain/payment/operator-refund.ts';
import type { RefundAsking } from '../../src/domain/payment/refundable.ts';
import { unacknowledgedRefusals } from '../../src/domain/payment/unacknowledged-refusals.ts';
import { refusalOfCancel } from '../../src/domain/payment/refusal-of-cancel.ts';
import { refusalOfRefund } from '../../src/domain/payment/refusal-of-refund.ts';
import { refusal, refusalTypes, wrongState, type UpdateRefusal } from '../../src/domain/payment/refusal.ts';
import { mayChoose } from '../../src/domain/payment/may-choose-method.ts';
import { differingTerms, type Terms } from '../../src/domain/payment/terms.ts';
import type { ExtendAction, OperatorAction, RefundAction, ResolveAction } from '../messages.ts';
import { isChoice, isNamed, isRefundAsking, isObject, isText } from './message-shapes.ts';
import type { Run } from './run.ts';

/** Refused before anything is recorded. The message bypasses the codec, so what was refused is in the details. */
export function throwIfRefused(refused: UpdateRefusal | null): void {
  if (refused === null) return;
  const { type, detail } = refused;
  throw ApplicationFailure.create({ type, message: detail, nonRetryable: true, details: [refused] });
}

const refuseState = (detail: string): void => throwIfRefused(wrongState(detail));
const refuseInput = (detail: string): void => throwIfRefused(refusal(refusalTypes.input, detail));

function checkOwner(run: Run, owner: string): void {
  if (owner !== run.payment.input.owner)
    throwIfRefused(refusal(refusalTypes.owner, 'this payment is not there'));
}

export function checkAwaiting(run: Run, asking: { owner: string; terms: Terms }): void {
  if (!isNamed(asking) || !isObject(asking.terms)) return refuseInput('"owner" and "terms" are missing');
  checkOwner(run, asking.owner);
  const differing = differingTerms(run.payment.input.terms, asking.terms);
  if (differing.length === 0) return;
  const errors = differing.map((field) => ({ field, message: 'differs from the payment that is there' }));
  const detail = `the order has a payment with other terms: ${differing.join(', ')}`;
  throwIfRefused({ type: refusalTypes.terms, detail, errors });
}

export function checkChoice(run: Run, asking: { owner: string } & ChoiceAsking): void {
  if (!isNamed(asking) || !isChoice(asking)) return refuseInput('"choice" names no service');
  checkOwner(run, asking.owner);
  const { payment } = run;
  // The same choice sent again is answered with what it made.
  if (attemptMadeBy(payment, asking)) return;
  checkRoomForChoice(run, asking.attempt);
  if (!payment.services) return;
  const { amount, locale } = payment.input.terms;
  const errors = faultsOfChoice(payment.services, { choice: asking.choice, amount, locale });
  if (errors.length > 0)
    throwIfRefused({ type: refusalTypes.input, detail: 'the choice was refused', errors });
}

/** A customer who came back from the payment page may choose another method, while the earlier invoice is open. */
function checkRoomForChoice({ payment, decision }: Run, attempt: number | undefined): void {
  const { status } = decision;
  if (status !== 'choosing' && status !== 'awaiting_payment')
    refuseState(`the payment is ${status}: there is nothing to choose`);
  if (!mayChoose(payment)) refuseState('no other method can be chosen: no attempt, or no time, is left');
  const next = payment.attempts.length + 1;
  if (attempt !== undefined && attempt !== next)
    refuseState(`the next choice makes attempt ${next}, not ${attempt}`);
}

export function checkCancel(run: Run, asking: { owner: string; reason: string }): void {
  if (!isNamed(asking) || !isText(asking.reason))
    return refuseInput('"owner" and "reason" are missing, or too long');
  checkOwner(run, asking.owner);
  throwIfRefused(refusalOfCancel(run.payment, run.decision.status));
}

export function checkOperatorCancel(run: Run, action: OperatorAction): void {
  checkOperator(action);
  throwIfRefused(refusalOfCancel(run.payment, run.decision.status));
}

export function checkOperatorRefund(run: Run, action: RefundAction): void {
  checkOperator(action);
  throwIfRefused(refusalOfOperatorRefund(run.payment, action));
}

export function checkRefund(run: Run, asked: { owner: string; asking: RefundAsking }): void {
  if (!isNamed(asked) || !isRefundAsking(asked.asking)) return refuseInput('"asking" is no refund');
  checkOwner(run, asked.owner);
  throwIfRefused(refusalOfRefund(run.payment, run.decision.status, asked.asking));
}

export function checkOperator(action: OperatorAction): void {
  if (!isObject(action)) return refuseInput('send {"by": "who you are", "why": "what you found"}');
  const fault = faultOfOperator(action);
  if (fault !== null) refuseInput(fault);
}

export function checkRedelivery(run: Run, action: OperatorAction): void {
  checkOperator(action);
  throwIfRefused(refusalOfRedelivery(run.payment));
}

export function checkAcknowledgement(run: Run, action: OperatorAction): void {
  checkOperator(action);
  if (unacknowledgedRefusals(run.payment).length === 0)
    refuseState('no refused refund of the payment waits for a person');
}

export function checkExtension(run: Run, action: ExtendAction): void {
  checkOperator(action);
  const { hours = extensionHours.preset } = action;
  if (!Number.isInteger(hours) || hours < 1 || hours > extensionHours.most)
    refuseInput(`"hours" must be a whole number from 1 to ${extensionHours.most}`);
  throwIfRefused(refusalOfExtension(run.payment));
}

export function checkResolve(run: Run, action: ResolveAction): void {
  checkOperator(action);
  if (!['accept', 'reject', 'refund'].includes(action.decision))
    refuseInput('"decision" must be "accept", "reject" or "refund"');
  throwIfRefused(refusalOfResolve(run.payment, action.decision));
}
