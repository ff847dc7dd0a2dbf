import { maxAttemptsOf, type Payment } from './payment.ts';

/** Another method may be chosen: there is time, and an attempt left, and nobody has given the order up. */
export function mayChoose({ attempts, clock, deadlineAt, input, cancelReason, judgments }: Payment): boolean {
  const isGivenUp = cancelReason !== null || judgments.some(({ decision }) => decision === 'reject');
  return !isGivenUp && clock < deadlineAt && attempts.length < maxAttemptsOf(input);
}
