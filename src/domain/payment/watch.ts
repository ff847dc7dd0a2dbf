import { currentAttempt, type Payment } from './payment.ts';
import { hourMs, watchEndsAt } from './polling.ts';
import { reviewReasonsOf, statusOf } from './status.ts';
import { nextDeadlineOf, toIso } from './view.ts';

/** Hours that a watch can be extended by at once. */
export const extensionHours = { preset: 24, most: 168 } as const;

const watched: readonly string[] = ['creating', 'awaiting_payment', 'canceling'];

/** When the platform is no longer asked and a person has to look, epoch milliseconds; null where nothing is watched. */
export function watchEndOf(payment: Payment): number | null {
  if (!watched.includes(statusOf(payment))) return null;
  return watchEndsAt(nextDeadlineOf(payment), currentAttempt(payment)?.watchUntil);
}

/** Why the watch cannot be extended, or null. `silent`: the platform left the last question unanswered. */
export function refusalOfExtension(
  payment: Payment,
  { now, silent }: { readonly now: number; readonly silent: boolean },
): string | null {
  const status = statusOf(payment);
  if (status === 'review') {
    const others = reviewReasonsOf({ ...payment, watchExhausted: false });
    return others.length === 0
      ? null
      : `the payment is in review for more than silence: ${others.join('; ')}`;
  }
  const end = watchEndOf(payment);
  if (end === null) return `the payment is ${status}: there is nothing to watch`;
  if (silent || now >= nextDeadlineOf(payment)) return null;
  return `the platform answers, and the payment is open until ${toIso(nextDeadlineOf(payment))}: it is watched until ${toIso(end)} anyway`;
}

/** Until when it is then watched: so many hours longer than without, and than from now. */
export function extendedUntil(payment: Payment, now: number, hours: number): number {
  const end = watchEndsAt(nextDeadlineOf(payment), currentAttempt(payment)?.watchUntil);
  return Math.max(end, now) + hours * hourMs;
}
