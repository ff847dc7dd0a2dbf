import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import { isFailureType, type FailureType } from '../src/domain/invoice/failure-type.ts';
import type { PlatformFailure } from '../src/domain/invoice/platform-failure.ts';

/** What an activity tells of a failed call, as the failure's only detail (payload: encrypted where keys are set). */
interface Detail extends Omit<PlatformFailure, 'type'> {
  readonly at: number;
  readonly acceptedBy?: readonly string[];
}

/** Why an activity failed. What is no activity's is thrown on. */
export function causeOf(error: unknown): unknown {
  if (error instanceof ActivityFailure) return error.cause;
  if (error instanceof ApplicationFailure || error instanceof TimeoutFailure) return error;
  throw error;
}

const detailOf = (cause: unknown): Partial<Detail> | undefined =>
  cause instanceof ApplicationFailure ? (cause.details?.[0] as Partial<Detail> | undefined) : undefined;

/** When a failed call was over (epoch milliseconds); null where nobody said, as of a worker that died. */
export function failedAt(cause: unknown): number | null {
  const at = detailOf(cause)?.at;
  return typeof at === 'number' ? at : null;
}

/** Endpoints that accepted an outcome while others did not, by their URLs. */
export const acceptedBy = (cause: unknown): readonly string[] => detailOf(cause)?.acceptedBy ?? [];

/** Reads a failed activity; a worker that died, or erred, on the way leaves the same as an answer that never came. */
export function platformFailureOf(
  error: unknown,
  lost: FailureType,
): PlatformFailure & { at: number | null } {
  const cause = causeOf(error);
  const nothing = { answer: 'no_answer', messages: [], retryAfterMs: null, earlier: null } as const;
  if (cause instanceof ApplicationFailure && isFailureType(cause.type)) {
    const detail = cause.details?.[0] as Detail | undefined;
    return { ...nothing, ...detail, type: cause.type, at: failedAt(cause) };
  }
  // A fault of ours in an activity must not end a payment whose invoice may be paid.
  return { ...nothing, type: lost, at: null };
}
