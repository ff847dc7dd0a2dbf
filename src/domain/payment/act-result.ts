import { formatMoney } from '../money.ts';
import { toIso } from '../time.ts';
import { watchEndOfPayment, lastLookOf } from './operator-view.ts';
import type { Payment } from './payment.ts';
import type { PaymentStatus } from './statuses.ts';
import { isPending, refundStatusOf, refusalTextOf, type Refund } from './refund.ts';
import { undelivered } from './outcome-deliveries.ts';
import { shownAttempt } from './to-payment-view.ts';

/** What became of an operator's act by the time at which it is answered, for people. */
export interface ActResult {
  readonly became: string;
  /** What was asked for is done, or on its way. */
  readonly isFulfilled: boolean;
}

const fulfilled = (became: string): ActResult => ({ became, isFulfilled: true });

/** The refunds that a decision of an operator, or a rule's, has led to: the last of each attempt. */
const decidedRefunds = ({ refunds }: Payment): Refund[] =>
  refunds.filter(
    ({ askedBy, attempt }, index) =>
      askedBy !== 'order_service' &&
      !refunds.some((it, at) => at > index && it.askedBy !== 'order_service' && it.attempt === attempt),
  );

/** Whether the platform has said what becomes of each refund that was decided on, or once that it does not. */
const isAskedOnce = ({ life }: Refund): boolean => life.state !== 'asked' || life.tries.count > 0;

export const areDecidedRefundsAnswered = (payment: Payment): boolean =>
  decidedRefunds(payment).length > 0 && decidedRefunds(payment).every(isAskedOnce);

export const isRefundAnswered = ({ refunds }: Payment, refundId: string): boolean =>
  refunds.filter((it) => it.refundId === refundId).every(isAskedOnce);

export function resultOfRefund({ refunds }: Payment, refundId: string): ActResult {
  const refund = refunds.find((it) => it.refundId === refundId);
  return refund ? refundResultOf(refund) : { became: 'there is nothing to refund', isFulfilled: false };
}

export const resultOfCancel = (status: PaymentStatus): ActResult => fulfilled(`the payment is ${status}`);

export const noted: ActResult = fulfilled('noted');

function refundResultOf(refund: Refund): ActResult {
  const what = `the refund of ${formatMoney(refund.amount)} ${refund.amount.currency}`;
  if (refundStatusOf(refund) === 'processed') return fulfilled(`${what} is done`);
  if (!isPending(refund))
    return { became: `${what} was refused: ${refusalTextOf(refund)}`, isFulfilled: false };
  if (refund.life.state === 'accepted') return fulfilled(`${what} is under way`);
  const isUnanswered = refund.life.state === 'asked' && refund.life.tries.count > 0;
  return isUnanswered
    ? { became: `${what} is not confirmed by the platform yet; it is asked again`, isFulfilled: true }
    : fulfilled(`${what} is asked for`);
}

export function resultOfResolve(payment: Payment, status: PaymentStatus, decision: string): ActResult {
  const known = `the payment is ${status}`;
  const refunds = decision === 'refund' ? decidedRefunds(payment).map(refundResultOf) : [];
  return {
    became: [...refunds.map(({ became }) => became), known].join('; '),
    isFulfilled: refunds.every(({ isFulfilled }) => isFulfilled),
  };
}

export function resultOfPoll(payment: Payment, status: PaymentStatus): ActResult {
  const attempt = shownAttempt(payment, status);
  const creation = attempt?.creation.step;
  const known = `the payment is ${status}`;
  if (creation === 'create' || creation === 'look_up')
    return fulfilled(`${known}: the platform has not said yet whether there is an invoice`);
  return fulfilled(`${known}; last poll ${lastLookOf(attempt) ?? 'never'}`);
}

export function resultOfRedelivery(payment: Payment, id: string): ActResult {
  const told = payment.told.find((it) => it.id === id);
  if (!told) return { became: `there is no outcome ${id}`, isFulfilled: false };
  const what = `the outcome ${told.status} (${told.id})`;
  const { delivery, refusal } = told;
  if (delivery.state === 'delivered') return fulfilled(`${what} was taken`);
  const next =
    delivery.state === 'parked'
      ? 'it waits for a person'
      : `it is tried again${delivery.tries > 0 ? ` at ${toIso(delivery.notBefore)}` : ''}`;
  return { became: `${what} was not taken: ${refusal ?? 'no answer yet'}; ${next}`, isFulfilled: false };
}

/** The outcome that the next delivery is of; null where all were taken. */
export const nextUntold = (payment: Payment): string | null => payment.told[undelivered(payment)]?.id ?? null;

/** Whether a delivery of it was answered since it was asked for. */
export function isRedelivered({ told }: Payment, id: string): boolean {
  const delivery = told.find((it) => it.id === id)?.delivery;
  return delivery?.state !== 'waiting' || delivery.tries > 0;
}

export function resultOfExtension(payment: Payment): ActResult {
  const end = watchEndOfPayment(payment);
  return fulfilled(end === null ? 'nothing is watched' : `the platform is asked until ${toIso(end)}`);
}

export const resultOfAcknowledgement = (refundIds: readonly string[]): ActResult =>
  fulfilled(`seen to: the refused refund ${refundIds.join(', ')}`);
