import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { AnswerClass } from '../src/domain/invoice/directive.ts';
import { isFailureType, type FailureType } from '../src/domain/invoice/failure-type.ts';
import type { FieldMessage, Invoice } from '../src/domain/invoice/invoice.ts';
import { pauseAfterRejection, pauseAfterUnknown } from '../src/domain/payment/polling.ts';
import { workflowRandom } from './clock.ts';

/** What an activity tells of a failed call, as the failure's only detail (payload: encrypted where keys are set). */
export interface PlatformFailure {
  readonly type: FailureType;
  readonly answer: AnswerClass;
  readonly messages: readonly FieldMessage[];
  readonly retryAfterMs: number | null;
  readonly earlier: Invoice | null;
}

/** Milliseconds before the nth (from 0) repetition: what the platform asked for, else growing. */
export const pauseMsAfter = (
  { type, retryAfterMs }: Pick<PlatformFailure, 'type' | 'retryAfterMs'>,
  tries: number,
): number => {
  const growing = type === 'CredentialsRejected' ? pauseAfterRejection : pauseAfterUnknown;
  return retryAfterMs ?? growing(tries, workflowRandom());
};

/** Why an activity failed: that of a local one comes bare. What is no activity's is thrown on. */
export function causeOf(error: unknown): unknown {
  if (error instanceof ActivityFailure) return error.cause;
  if (error instanceof ApplicationFailure || error instanceof TimeoutFailure) return error;
  throw error;
}

/** Reads a failed activity; a worker that died, or erred, on the way leaves the same as an answer that never came. */
export function platformFailureOf(error: unknown, lost: FailureType): PlatformFailure {
  const cause = causeOf(error);
  const nothing = { answer: 'no_answer', messages: [], retryAfterMs: null, earlier: null } as const;
  if (cause instanceof ApplicationFailure && isFailureType(cause.type)) {
    const detail = cause.details?.[0] as Omit<PlatformFailure, 'type'> | undefined;
    return { ...nothing, ...detail, type: cause.type };
  }
  // A fault of ours in an activity must not end a payment whose invoice may be paid.
  return { ...nothing, type: lost };
}
