import { stateOf } from '../invoice/invoice-state.ts';
import { formatMoney, sameMoney, type Money } from '../money.ts';
import { judgmentOn, moneyOfAttempt, successesOf } from './attempt-state.ts';
import { isOfEarlier } from './earlier.ts';
import { isReturning } from './unwanted-money.ts';
import type { Payment, Watched } from './payment.ts';
import type { PaymentStatus } from './statuses.ts';
import { isPending, refundStatusOf, type Refund } from './refund.ts';
import { refusal, refusalTypes, wrongState, type UpdateRefusal } from './refusal.ts';
import { noTries } from './tries.ts';

const refundsOf = ({ refunds }: Payment, { number }: Watched): Refund[] =>
  refunds.filter(({ attempt }) => attempt === number);

export const pendingRefundsOf = (payment: Payment, watched: Watched): Refund[] =>
  refundsOf(payment, watched).filter(isPending);

const mayStillBeDone = (refund: Refund): boolean => isPending(refund) || refund.life.state === 'abandoned';

const sumOf = (refunds: readonly Refund[]): number =>
  refunds.reduce((sum, { amount }) => sum + amount.minor, 0);

/** Minor units of the invoice's currency that went back to the customer, by whomever. */
function returnedOf(watched: Watched): number {
  const money = moneyOfAttempt(watched);
  return money ? money.inOrder(money.refunded) : 0;
}

/** What can still be given back: neither returned, nor lost to a chargeback, nor on its way. */
export function remainderOf(payment: Payment, watched: Watched): Money {
  const money = moneyOfAttempt(watched);
  const { currency } = watched.seen?.snapshot ?? payment.input.terms.amount;
  if (!money) return { minor: 0, currency };
  const minor = money.left - sumOf(refundsOf(payment, watched).filter(mayStillBeDone));
  return { minor: Math.max(0, minor), currency };
}

/** What an order service asks: `amount` is the whole remainder when absent. */
export interface RefundAsking {
  readonly refundId: string;
  readonly amount?: Money | undefined;
  readonly reason: string;
}

/** Of several payments the first that nothing was returned of. */
const refundableOf = (payment: Payment): Watched | null =>
  successesOf(payment).find((watched) => remainderOf(payment, watched).minor > 0) ?? null;

/** Why a refund cannot be given, or null; the same refund asked for again can. */
export function refusalOfRefund(
  payment: Payment,
  status: PaymentStatus,
  asking: RefundAsking,
): UpdateRefusal | null {
  const earlier = payment.refunds.find(({ refundId }) => refundId === asking.refundId);
  if (earlier) {
    const same = asking.amount === undefined || sameMoney(asking.amount, earlier.amount);
    return same ? null : refusal(refusalTypes.refund, 'this refundId was used for another amount', 'amount');
  }
  const refused = refusalOfNew(payment, status, asking);
  return status !== 'review' && forgottenRefund(payment, asking) ? null : refused;
}

function refusalOfNew(payment: Payment, status: PaymentStatus, asking: RefundAsking): UpdateRefusal | null {
  const paid = successesOf(payment).find((watched) => moneyOfAttempt(watched) !== null);
  if (!paid || status === 'review' || status === 'charged_back')
    return wrongState(`the payment is ${status}: there is nothing to refund`);
  const left = remainderOf(payment, refundableOf(payment) ?? paid);
  return refusalOfAmount(asking.amount ?? left, left);
}

function refusalOfAmount(wanted: Money, left: Money): UpdateRefusal | null {
  if (wanted.currency !== left.currency)
    return refusal(refusalTypes.input, `the payment was made in ${left.currency}`, 'amount.currency');
  if (wanted.minor > 0 && wanted.minor <= left.minor) return null;
  const what = wanted.minor === 0 && left.minor > 0 ? 'the amount must be greater than 0, and ' : '';
  const most = `${formatMoney(left)} ${left.currency}`;
  return refusal(refusalTypes.input, `${what}at most ${most} can be refunded`, 'amount');
}

/** The refund to be registered for an asking that was not refused; null where it is registered already. */
export function refundFor(payment: Payment, asking: RefundAsking): Refund | null {
  const { refundId, reason } = asking;
  if (payment.refunds.some((it) => it.refundId === refundId)) return null;
  const made = roomFor(payment, asking) ?? forgottenRefund(payment, asking);
  return (
    made &&
    newRefund(payment, made.watched, { refundId, reason, amount: made.amount, askedBy: 'order_service' })
  );
}

interface Room {
  readonly watched: Watched;
  readonly amount: Money;
}

function roomFor(payment: Payment, { amount }: RefundAsking): Room | null {
  const watched = refundableOf(payment);
  const left = watched && remainderOf(payment, watched);
  if (!left || (amount && amount.minor > left.minor)) return null;
  return { watched, amount: amount ?? left };
}

/** What went back of a payment that was forgotten may be this very refund: the platform knows its reference. */
function forgottenRefund(payment: Payment, { amount }: RefundAsking): Room | null {
  for (const watched of successesOf(payment)) {
    const back = forgottenReturn(payment, watched);
    const wanted = amount ?? back;
    const isIn = wanted.currency === back.currency && wanted.minor > 0 && wanted.minor <= back.minor;
    if (isIn) return { watched, amount: wanted };
  }
  return null;
}

/** What went back before anything of the payment that is remembered; 0 where it was not forgotten. */
function forgottenReturn(payment: Payment, watched: Watched, besides?: Refund): Money {
  const { seen } = watched;
  const { currency } = seen?.snapshot ?? payment.input.terms.amount;
  if (!seen || !isOfEarlier(seen, payment.openedAt)) return { minor: 0, currency };
  const known = refundsOf(payment, watched).filter(
    (it) => it !== besides && refundStatusOf(it) !== 'refused',
  );
  return { minor: returnedOf(watched) - sumOf(known), currency };
}

/** Whether what went back before anything that is remembered can have been this refund. */
export const isBackBefore = (payment: Payment, refund: Refund, watched: Watched): boolean =>
  forgottenReturn(payment, watched, refund).minor >= refund.amount.minor;

/** What it is on top of, where the total that was seen may count it already. */
export const baselineBefore = (refund: Refund, watched: Watched): ReturnType<typeof baselineOf> => ({
  baseline: Math.max(0, returnedOf(watched) - refund.amount.minor),
  behind: [],
  isBeside: false,
});

const newRefund = (
  payment: Payment,
  watched: Watched,
  asked: Pick<Refund, 'refundId' | 'amount' | 'reason' | 'askedBy'>,
): Refund => ({
  ...asked,
  attempt: watched.number,
  registeredAt: payment.clock,
  ...baselineOf(payment, watched),
  life: { state: 'asked', tries: noTries },
});

/** What the next refund of an attempt would be on top of. */
export function baselineOf(
  payment: Payment,
  watched: Watched,
): Pick<Refund, 'baseline' | 'behind' | 'isBeside'> {
  const behind = refundsOf(payment, watched).filter(({ life }) => 'at' in life);
  const isMoving = watched.seen !== null && stateOf(watched.seen.snapshot) === 'refunding';
  return {
    baseline: returnedOf(watched),
    behind: behind.map(({ refundId }) => refundId),
    isBeside: isMoving && behind.length === 0,
  };
}

/** The next refund that a rule or an operator has decided and nobody registered yet: all that is left of an attempt. */
export function dueRefund(payment: Payment): Refund | null {
  for (const watched of successesOf(payment)) {
    const amount = remainderOf(payment, watched);
    if (!isReturning(payment, watched) || amount.minor === 0) continue;
    const judgment = judgmentOn(payment, watched);
    const isOperators = judgment?.decision === 'refund';
    return newRefund(payment, watched, {
      refundId: automaticId(payment, watched),
      amount,
      reason: isOperators ? judgment.why : 'paid after the order was given up',
      askedBy: isOperators ? 'operator' : 'rule',
    });
  }
  return null;
}

/** A refund that was refused keeps its number: the next try is another refund. */
function automaticId(payment: Payment, watched: Watched): string {
  const earlier = refundsOf(payment, watched).filter(({ askedBy }) => askedBy !== 'order_service').length;
  return earlier === 0 ? `auto-${watched.number}` : `auto-${watched.number}-${earlier + 1}`;
}

/** Accepted refunds whose money the platform's total shows, above what had gone back before them. */
export function isShown(payment: Payment, refund: Refund, watched: Watched): boolean {
  const ahead = payment.refunds.filter(
    ({ refundId, life }) =>
      refund.behind.includes(refundId) && life.state !== 'refused' && life.state !== 'failed',
  );
  const rounding = moneyOfAttempt(watched)?.rounding ?? 0;
  return returnedOf(watched) + rounding >= refund.baseline + sumOf(ahead) + refund.amount.minor;
}

/**
 * Refused refunds of the order service that nobody has seen to, and whose money did not go back in another way.
 * Those of a rule or an operator are findings instead.
 */
export function refusalsInSight(payment: Payment): Refund[] {
  return payment.refunds.filter((refund, index) => {
    if (refund.askedBy !== 'order_service' || refundStatusOf(refund) !== 'refused') return false;
    if (payment.acknowledged.includes(refund.refundId)) return false;
    const later = payment.refunds.slice(index + 1).filter(({ attempt }) => attempt === refund.attempt);
    return later.every((it) => refundStatusOf(it) === 'refused') && !isGoneOtherwise(payment, refund);
  });
}

/** A refund's money went back in another way, or there is none left. */
export function isGoneOtherwise(payment: Payment, refund: Refund): boolean {
  const watched = successesOf(payment).find(({ number }) => number === refund.attempt);
  if (!watched || remainderOf(payment, watched).minor === 0) return true;
  return isShown(payment, refund, watched);
}
