import { ApplicationFailure, sleep } from '@temporalio/workflow';
import type { RepeatedOptions } from './activity-options.ts';
import { causeOf, platformFailureOf } from './failure.ts';

interface Call<Result> {
  readonly summary: string;
  /** The whole policy; the local try is the first of its tries. */
  readonly options: RepeatedOptions;
  readonly locally: () => Promise<Result>;
  readonly regularly: (options: RepeatedOptions) => Promise<Result>;
}

/**
 * A first, short try within the workflow task, which costs no task of its own. Where it fails, the regular activity
 * goes on after the pause of the same policy, so that an outage is seen and steered like any other.
 */
export async function tryLocallyFirst<Result>(call: Call<Result>): Promise<Result> {
  const { options, summary } = call;
  try {
    return await call.locally();
  } catch (error) {
    const pauseMs = pauseMsAfter(error, options.retry.initialInterval);
    if (pauseMs === null || pauseMs >= options.scheduleToCloseTimeout) throw error;
    await sleep(pauseMs, { summary: `${summary}: again after a first try without success` });
    return call.regularly(lessOneTry(options, pauseMs));
  }
}

/** What the platform asks for, else the policy's; null for what is not repeated. */
function pauseMsAfter(error: unknown, initialMs: number): number | null {
  const { retryAfterMs } = platformFailureOf(error, 'Unanswered');
  const cause = causeOf(error);
  return cause instanceof ApplicationFailure && cause.nonRetryable ? null : (retryAfterMs ?? initialMs);
}

const lessOneTry = (options: RepeatedOptions, pausedMs: number): RepeatedOptions => ({
  ...options,
  scheduleToCloseTimeout: options.scheduleToCloseTimeout - pausedMs,
  retry: {
    ...options.retry,
    initialInterval: options.retry.initialInterval * options.retry.backoffCoefficient,
  },
});
