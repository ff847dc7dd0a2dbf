import { isPastDeadline } from './expiry.ts';
import { currentAttempt, isAboutReason, maxAttemptsOf, type Payment } from './payment.ts';

/** Another method may be chosen: there is time, and an attempt left, and nobody has given the order up. */
export function mayChoose(payment: Payment): boolean {
  const { attempts, input, cancelReason } = payment;
  const isGivenUp = cancelReason !== null || isRejected(payment);
  return !isGivenUp && !isPastDeadline(payment) && attempts.length < maxAttemptsOf(input);
}

/** An operator has rejected the present attempt for its money, or for what it is about; others are no end of the order. */
function isRejected(payment: Payment): boolean {
  const current = currentAttempt(payment);
  return payment.judgments.some(
    (judgment) =>
      judgment.decision === 'reject' &&
      judgment.about.some(
        ({ attempt, worth }) =>
          attempt === current?.number &&
          (worth >= 0 || isAboutReason(judgment, `mismatch/${current.referenceId}`)),
      ),
  );
}
