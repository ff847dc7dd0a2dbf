import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { failureTypeFor } from '../src/domain/invoice/failure-type.ts';
import { PaytoneError } from '../src/paytone/paytone-error.ts';

/**
 * The only maker of Temporal failures for the platform. Messages are fixed texts: what is shown of a failure is its
 * message, and without `PAYLOAD_KEYS` it is stored in clear. What the platform said about the input travels in the
 * details. Any other error goes on, and the worker conceals it.
 */
export async function translated<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PaytoneError) throw toFailure(error);
    throw error;
  }
}

function toFailure(error: PaytoneError): ApplicationFailure {
  const { directive, answer, messages, retryAfterMs, earlier } = error.failure;
  return ApplicationFailure.create({
    message: error.message,
    type: failureTypeFor[directive],
    nonRetryable: directive !== 'retry' && directive !== 'back_off',
    details: [{ answer, messages, retryAfterMs, earlier }],
    ...(retryAfterMs !== null && { nextRetryDelay: retryAfterMs }),
    ...(directive === 'absent' && { category: ApplicationFailureCategory.BENIGN }),
  });
}
