import { toIso } from '../time.ts';
import { isOpen, watchEndOf } from './attempt-state.ts';
import { findingsOf } from './findings.ts';
import { currentAttempt, type Payment } from './payment.ts';
import { nextDeadlineOf } from './payment-view.ts';
import { refusal, refusalTypes, type UpdateRefusal } from './refusal.ts';
import { statusOf } from './status.ts';
import { isParked, undelivered } from './telling.ts';
import { troublesOf } from './attention.ts';

/** Hours that a watch can be extended by at once. */
export const extensionHours = { preset: 24, most: 168 } as const;

const refused = (detail: string): UpdateRefusal => refusal(refusalTypes.state, detail);

/** Why the watch cannot be extended, or null. */
export function refusalOfExtension(payment: Payment): UpdateRefusal | null {
  const status = statusOf(payment);
  const attempt = currentAttempt(payment);
  if (status === 'review') {
    const others = findingsOf(payment).filter(({ key }) => !key.startsWith('silence/'));
    const texts = others.map(({ text }) => text).join('; ');
    return others.length === 0 ? null : refused(`the payment is in review for more than silence: ${texts}`);
  }
  if (!attempt || !isOpen(payment, attempt))
    return refused(`the payment is ${status}: there is nothing to watch`);
  const deadline = nextDeadlineOf(payment);
  if (troublesOf(payment).length > 0 || payment.clock >= deadline) return null;
  const end = toIso(watchEndOf(payment, attempt));
  return refused(
    `the platform answers, and the payment is open until ${toIso(deadline)}: it is watched until ${end} anyway`,
  );
}

/** Why there is nothing to send again, or null. */
export const refusalOfRedelivery = (payment: Payment): UpdateRefusal | null =>
  isParked(payment) || undelivered(payment) !== -1
    ? null
    : refused('the order service has taken every outcome');
