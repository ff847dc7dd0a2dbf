import type { Money } from '../money.ts';
import { moneyOfAttempt, successesOf } from './attempt-state.ts';
import type { Payment, Watched } from './payment.ts';
import { isPending, type Refund } from './refund.ts';

export const refundsOf = ({ refunds }: Payment, { number }: Watched): Refund[] =>
  refunds.filter(({ attempt }) => attempt === number);

export const pendingRefundsOf = (payment: Payment, watched: Watched): Refund[] =>
  refundsOf(payment, watched).filter(isPending);

const mayStillBeDone = (refund: Refund): boolean => isPending(refund) || refund.life.state === 'abandoned';

export const sumOf = (refunds: readonly Refund[]): number =>
  refunds.reduce((sum, { amount }) => sum + amount.minor, 0);

/** Minor units of the invoice's currency that went back to the customer, by whomever. */
export function returnedOf(watched: Watched): number {
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
export const refundableOf = (payment: Payment): Watched | null =>
  successesOf(payment).find((watched) => remainderOf(payment, watched).minor > 0) ?? null;
