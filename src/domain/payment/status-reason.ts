import { isDisowned } from './attempt-state.ts';
import type { ReviewReason } from './review-reasons.ts';
import { currentAttempt, type Attempt, type Payment } from './payment.ts';
import type { PaymentStatus } from './statuses.ts';

/** Why the status is what it is, for people; null where it speaks for itself. */
export function reasonOf(
  payment: Payment,
  status: PaymentStatus,
  reviewReasons: readonly ReviewReason[],
): string | null {
  const attempt = currentAttempt(payment);
  switch (status) {
    case 'review':
      return reviewReasons.map(({ text }) => text).join('; ');
    case 'choosing':
    case 'failed':
      return (
        (attempt && isDisowned(payment, attempt) && lastWhy(payment)) ||
        (attempt && attemptFailureOf(attempt))
      );
    case 'canceled':
    case 'canceling':
      return payment.cancelReason;
    default:
      return null;
  }
}

const lastWhy = ({ judgments }: Payment): string | null => judgments.at(-1)?.why ?? null;

const notInTime = 'The platform did not create the invoice in time.';

function attemptFailureOf({ creation, seen }: Attempt): string | null {
  if (seen) return isOk(seen.snapshot.resolution) ? seen.snapshot.status : seen.snapshot.resolution;
  if (creation.step === 'create') return notInTime;
  if (creation.step !== 'refused') return null;
  const { messages } = creation;
  return (
    messages.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ') || 'refused'
  );
}

const isOk = (resolution: string | null): boolean => resolution === null || resolution.toLowerCase() === 'ok';

/** The code of the last refusal by a bank: the platform's resolution, which is none of ours to word. */
export function declineOf({ attempts }: Payment): string | null {
  const declined = attempts.findLast(({ seen }) =>
    /^(process|verify)_failed$/.test(seen?.snapshot.status ?? ''),
  );
  const resolution = declined?.seen?.snapshot.resolution ?? null;
  const code = resolution?.toLowerCase() ?? null;
  return code === null || code === 'ok' || code === 'expired' ? null : code;
}
