import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { DeadlineError } from './deadline.ts';
import { FeedStopped } from './feed-stopped.ts';
import { refusalTypes, type UpdateRefusal } from '../domain/payment/refusal.ts';

const refusals: readonly string[] = Object.values(refusalTypes);

/** What a payment's validator refused, or null where something else went wrong. */
export function refusalOf(error: unknown): UpdateRefusal | null {
  if (!(error instanceof WorkflowUpdateFailedError)) return null;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || !refusals.includes(cause.type ?? '')) return null;
  // Written by our own validators and read through the same converter.
  return (cause.details?.[0] as UpdateRefusal | undefined) ?? null;
}

const innerErrorOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);

/** Nothing wrong is known: the answer did not come in time. */
export const isDeadline = (error: unknown): boolean =>
  error instanceof DeadlineError ||
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  isGrpcDeadlineError(error) ||
  isGrpcDeadlineError(innerErrorOf(error));

/** Temporal, every worker, or a process that drains is out of reach: the asker should try again. */
export const isUnavailable = (error: unknown): boolean =>
  isDeadline(error) ||
  error instanceof FeedStopped ||
  error instanceof ServiceError ||
  isGrpcServiceError(error);
