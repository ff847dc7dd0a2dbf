import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { CancellationScope, condition } from '@temporalio/workflow';
import { toRecord, type PaymentRecord } from '../../src/domain/payment/payment-record.ts';
import type { Run } from './run.ts';

/** Waits and answers; a run that is long enough is answered from as it stands, since it has to make room. */
export const onceReady = (run: Run, isReady: () => boolean): Promise<PaymentRecord> =>
  guarded(async () => {
    await condition(() => isReady() || run.isLong);
    return toRecord(run.payment);
  });

/**
 * A canceled workflow cancels what its handlers wait for, and an error that Temporal does not know fails the task of
 * the whole payment: neither is the sender's doing.
 */
export async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await CancellationScope.nonCancellable(work);
  } catch (error) {
    if (error instanceof TemporalFailure) throw error;
    throw ApplicationFailure.create({
      type: 'Unexpected',
      message: 'The message could not be handled.',
      nonRetryable: true,
    });
  }
}
