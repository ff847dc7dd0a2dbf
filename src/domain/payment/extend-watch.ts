import { hourMs, toIso } from '../time.ts';
import { isOpen } from './attempt-state.ts';
import { troublesOf } from './attention.ts';
import { reviewReasonsOf } from './review-reasons.ts';
import { currentAttempt, type Payment } from './payment.ts';
import { watchEndsAt, nextDeadlineOf, watchEndOf } from './expiry.ts';
import { wrongState, type UpdateRefusal } from './refusal.ts';
import { statusOf } from './derive-status.ts';

/** Hours that a watch can be extended by at once. */
export const extensionHours = { preset: 24, most: 168 } as const;

/** Why the watch cannot be extended, or null. */
export function refusalOfExtension(payment: Payment): UpdateRefusal | null {
  const status = statusOf(payment);
  const attempt = currentAttempt(payment);
  if (status === 'review') {
    const others = reviewReasonsOf(payment).filter(({ key }) => !key.startsWith('silence/'));
    const texts = others.map(({ text }) => text).join('; ');
    return others.length === 0
      ? null
      : wrongState(`the payment is in review for more than silence: ${texts}`);
  }
  if (!attempt || !isOpen(payment, attempt))
    return wrongState(`the payment is ${status}: there is nothing to watch`);
  const deadline = nextDeadlineOf(payment);
  if (troublesOf(payment).length > 0 || payment.clock >= deadline) return null;
  const end = toIso(watchEndOf(payment, attempt));
  return wrongState(
    `the platform answers, and the payment is open until ${toIso(deadline)}: it is watched until ${end} anyway`,
  );
}

export function withWatchExtended(
  payment: Payment,
  { hours, from }: { hours: number; from: number },
): Payment {
  const attempts = payment.attempts.map((attempt, index) => {
    if (index < payment.attempts.length - 1) return attempt;
    const end = watchEndsAt(attempt.expiresAt ?? payment.deadlineAt, attempt.watchUntil);
    return { ...attempt, watchUntil: Math.max(end, payment.clock, from) + hours * hourMs };
  });
  return { ...payment, attempts };
}
