import { proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { directiveTable, type Directive, type Operation } from '../src/domain/invoice/directive-table.ts';
import { failureTypeFor } from '../src/domain/invoice/failure-type.ts';
import { triesOfPage } from '../src/domain/reconciliation/compare.ts';

/** Failure types of an operation that Temporal must not repeat by itself: all whose directive is not "ask again". */
function finalTypesOf(operation: Operation): string[] {
  const directives = new Set<Directive>(Object.values(directiveTable[operation]));
  return Object.entries(failureTypeFor)
    .filter(([directive]) => [...directives].some((it) => it === directive && it !== 'retry'))
    .map(([, type]) => type);
}

/** The whole call takes 10 s at most; what is over that is a worker that died. Milliseconds. */
export const callMs = 15_000;

const retriesRead = {
  initialInterval: 1_000,
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  nonRetryableErrorTypes: finalTypesOf('statusById'),
} as const;

/** A read that got no answer is repeated as it is, twice; then the payment decides when it is asked again. */
export const readOptions: ActivityOptions = {
  startToCloseTimeout: callMs,
  retry: { ...retriesRead, maximumAttempts: 3 },
};

/** What has an effect is never repeated by Temporal: only the payment knows what has to come before. */
export const effectOptions: ActivityOptions = { startToCloseTimeout: callMs, retry: { maximumAttempts: 1 } };

/** A page with its payments: repeated as it is a few times, then the reconciliation itself tries again later. */
export const pageOptions: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { ...retriesRead, maximumAttempts: triesOfPage },
};

export const tellOptions: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  scheduleToCloseTimeout: '12 hours',
  retry: { maximumInterval: '1 minute' },
};

/** A try of an order service that takes no outcomes; repeated until Temporal can say how it went. */
export const tryOptions: ActivityOptions = {
  startToCloseTimeout: '1 minute',
  retry: { maximumInterval: '1 minute' },
  summary: 'a few of those that wait',
};

export const releaseOptions: ActivityOptions = {
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'all that wait',
};

export const activities = proxyActivities<Activities>(readOptions);
