import type { RetryPolicy } from '@temporalio/common';
import { proxyActivities, proxyLocalActivities, type ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { directiveTable, type Directive, type Operation } from '../src/domain/invoice/directive.ts';
import { failureTypeFor } from '../src/domain/invoice/failure-type.ts';
import { triesOfPage } from '../src/domain/reconciliation/compare.ts';

const sameAgain: ReadonlySet<Directive> = new Set<Directive>(['retry', 'back_off']);

/** Failure types of an operation that Temporal must not repeat by itself: all whose directive is not "ask again". */
function finalTypesOf(operation: Operation): string[] {
  const directives = new Set<Directive>(Object.values(directiveTable[operation]));
  return Object.entries(failureTypeFor)
    .filter(([directive]) => [...directives].some((it) => it === directive && !sameAgain.has(it)))
    .map(([, type]) => type);
}

// The whole call takes 10 s at most; what is over that is a worker that died.
const startToCloseTimeout = '15 seconds';

/** In milliseconds where a first try of another kind has to be counted in. */
export interface RepeatedOptions extends Omit<ActivityOptions, 'scheduleToCloseTimeout' | 'retry'> {
  readonly scheduleToCloseTimeout: number;
  readonly retry: Omit<RetryPolicy, 'initialInterval' | 'backoffCoefficient'> & {
    readonly initialInterval: number;
    readonly backoffCoefficient: number;
  };
}

const retriesRead = {
  initialInterval: 1_000,
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  nonRetryableErrorTypes: finalTypesOf('statusById'),
} as const;

/** A read may be repeated as it is, for a minute; then the payment's own schedule asks again. */
export const readOptions = {
  startToCloseTimeout,
  scheduleToCloseTimeout: 60_000,
  retry: retriesRead,
} as const satisfies RepeatedOptions;

/** A create is never repeated by Temporal: only the workflow knows whether it was looked for first. */
export const createOptions: ActivityOptions = { startToCloseTimeout, retry: { maximumAttempts: 1 } };

/** How long an order service is asked to take an outcome (contract, section 7). */
export const deliveryMs = 78 * 60 * 60 * 1000;

/** 5 s doubling to 12 h, for 78 h (contract, section 7); 410 ends it at once. */
export const outcomeOptions = {
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: deliveryMs,
  retry: {
    initialInterval: 5_000,
    backoffCoefficient: 2,
    maximumInterval: '12 hours',
    nonRetryableErrorTypes: ['Gone'],
  },
} as const satisfies RepeatedOptions;

/** A page with its payments: repeated as it is a few times, then the sweep itself tries again later. */
export const pageOptions: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { ...readOptions.retry, maximumAttempts: triesOfPage },
};

export const tellOptions: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  scheduleToCloseTimeout: '12 hours',
  retry: { maximumInterval: '1 minute' },
};

export const activities = proxyActivities<Activities>(readOptions);

/** Signals and updates wait behind a local activity: one short try, and whatever fails is a regular activity's. */
export const localActivities = proxyLocalActivities<Pick<Activities, 'getInvoice' | 'deliverOutcome'>>({
  startToCloseTimeout: '2 seconds',
  retry: { maximumAttempts: 1 },
});
