import { stateOf } from '../invoice/invoice-state.ts';
import { moneyOf, payCurrencyOf, type InvoiceMoney } from '../invoice/invoice-money.ts';
import { withEachWatched, type Payment, type Watched } from './payment.ts';
import type { Refund } from './refund.ts';
import { refundsOf } from './refundable.ts';

/**
 * Of money that was paid in another currency no figure says whether the fee came on top of it. What goes back does: of
 * that with the fee on top less goes back for the same refund.
 */
export function withFeeOnTop(payment: Payment): Payment {
  const learned = <Of extends Watched>(watched: Of): Of =>
    isShownOnTop(payment, watched) ? { ...watched, isFeeOnTop: true } : watched;
  return withEachWatched(payment, learned);
}

function isShownOnTop(payment: Payment, watched: Watched): boolean {
  if (!watched.seen || watched.isFeeOnTop) return false;
  const { snapshot } = watched.seen;
  if (payCurrencyOf(snapshot) === snapshot.currency) return false;
  const [inside, onTop] = [moneyOf(snapshot), moneyOf(snapshot, true)];
  if (!inside || !onTop || inside.base === onTop.base) return false;
  if (stateOf(snapshot) === 'refunded' && inside.left > 0 && onTop.left === 0) return true;
  return isExplainedOnTop(refundsOf(payment, watched), { inside, onTop });
}

/** By refunds that the platform may have made, one after another, and only with the fee on top. */
function isExplainedOnTop(
  refunds: readonly Refund[],
  { inside, onTop }: Readonly<Record<'inside' | 'onTop', InvoiceMoney>>,
): boolean {
  const made = refunds.filter(({ life }) => life.state !== 'refused' && life.state !== 'failed');
  const before = made[0]?.baseline ?? 0;
  const grown = inside.inOrder(inside.refunded) - before;
  const sums = made.map((_, index) => made.slice(0, index + 1).reduce((sum, it) => sum + it.amount.minor, 0));
  const offInside = (sum: number): number => Math.abs(grown - sum);
  const offOnTop = (sum: number): number => Math.abs((grown * inside.base) / onTop.base - sum);
  // Each refund is rounded once, and what had gone back before them, too.
  const mostOff = (index: number): number => inside.rounding * (index + (before > 0 ? 2 : 1));
  return (
    grown > inside.rounding &&
    sums.every((sum) => offInside(sum) > inside.rounding) &&
    sums.some((sum, index) => offOnTop(sum) <= Math.min(offInside(sum), mostOff(index)))
  );
}
