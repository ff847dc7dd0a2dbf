import { isPastDeadline } from './expiry.ts';
import { maxAttemptsOf, type Payment } from './payment.ts';

/** Another method may be chosen: there is time, and an attempt left, and nobody has given the order up. */
export function mayChoose(payment: Payment): boolean {
  const { attempts, input, cancelReason, judgments } = payment;
  const isGivenUp = cancelReason !== null || judgments.some(({ decision }) => decision === 'reject');
  return !isGivenUp && !isPastDeadline(payment) && attempts.length < maxAttemptsOf(input);
}
