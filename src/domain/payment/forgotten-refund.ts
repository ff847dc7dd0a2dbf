import type { Money } from '../money.ts';
import { successesOf } from './attempt-state.ts';
import { isOfEarlier } from './earlier.ts';
import type { Payment, Watched } from './payment.ts';
import { refundStatusOf, type Refund } from './refund.ts';
import { refundsOf, returnedOf, sumOf, type RefundAsking } from './refundable.ts';

/** Money of an attempt that a refund may be of. */
export interface Room {
  readonly watched: Watched;
  readonly amount: Money;
}

/** What went back of a payment that was forgotten may be this very refund: the platform knows its reference. */
export function forgottenRefund(payment: Payment, { amount }: RefundAsking): Room | null {
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
