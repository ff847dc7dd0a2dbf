import { stateOf } from '../invoice/invoice-state.ts';
import { judgmentOn, successesOf } from './attempt-state.ts';
import { isReturning, latenessOf } from './unwanted-money.ts';
import type { Payment, Watched } from './payment.ts';
import type { Refund } from './refund.ts';
import { noTries } from './tries.ts';
import { forgottenRefund, type Room } from './forgotten-refund.ts';
import { refundableOf, refundsOf, remainderOf, returnedOf, type RefundAsking } from './refundable.ts';

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

function roomFor(payment: Payment, { amount }: RefundAsking): Room | null {
  const watched = refundableOf(payment);
  const left = watched && remainderOf(payment, watched);
  if (!left || (amount && amount.minor > left.minor)) return null;
  return { watched, amount: amount ?? left };
}

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
export function automaticRefund(payment: Payment): Refund | null {
  for (const watched of successesOf(payment)) {
    const amount = remainderOf(payment, watched);
    if (!isReturning(payment, watched) || amount.minor === 0) continue;
    const judgment = judgmentOn(payment, watched);
    const isOperators = judgment?.decision === 'refund';
    return newRefund(payment, watched, {
      refundId: automaticId(payment, watched),
      amount,
      reason: isOperators ? judgment.why : reasonOfRule(payment),
      askedBy: isOperators ? 'operator' : 'rule',
    });
  }
  return null;
}

const reasonOfRule = (payment: Payment): string =>
  latenessOf(payment) === null ? 'the order was paid before' : 'paid after the order was given up';

/** A refund that was refused keeps its number: the next try is another refund. So does what an order service named so. */
function automaticId({ refunds }: Payment, { number }: Watched): string {
  const isTaken = (id: string): boolean => refunds.some(({ refundId }) => refundId === id);
  let id = `auto-${number}`;
  for (let next = 2; isTaken(id); next++) id = `auto-${number}-${next}`;
  return id;
}
