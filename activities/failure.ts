import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { failureTypeFor } from '../src/domain/invoice/failure-type.ts';
import { PaytoneError } from '../src/paytone/paytone-error.ts';
import { progressOf } from '../src/paytone/refund-schema.ts';

/**
 * The only maker of Temporal failures for the platform. Messages are fixed texts: what is shown of a failure is its
 * message, and without `PAYLOAD_KEYS` it is stored in clear. What the platform said about the input travels in the
 * details, with when it was said. Any other error goes on, and the worker conceals it.
 */
export async function translated<Result>(call: () => Promise<Result>, now: () => number): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PaytoneError) throw toFailure(error, now());
    throw error;
  }
}

function toFailure(error: PaytoneError, at: number): ApplicationFailure {
  const { directive, answer, messages, retryAfterMs, earlier, earlierRefund, heldBack } = error.failure;
  return ApplicationFailure.create({
    message: error.message,
    type: failureTypeFor[directive],
    // When to come back (Retry-After) is for the payment to decide, which may have other things to ask.
    nonRetryable: directive !== 'retry',
    details: [
      {
        at,
        answer,
        messages,
        retryAfterMs,
        earlier,
        heldBack,
        ...(earlierRefund && { refundProgress: progressOf(earlierRefund) }),
      },
    ],
    ...(directive === 'absent' && { category: ApplicationFailureCategory.BENIGN }),
  });
}
