import { ApplicationFailure, CompleteAsyncError, TemporalFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** An error that nobody foresaw may quote a customer: Temporal is told its name and where it came from. */
export const concealErrors: ActivityInterceptorsFactory = ({ cancellationSignal }) => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        const isForTemporal = error instanceof TemporalFailure || error instanceof CompleteAsyncError;
        // Which the SDK tells as a cancellation, without a text.
        const isAbort = cancellationSignal.aborted && error instanceof Error && error.name === 'AbortError';
        throw isForTemporal || isAbort ? error : concealed(error);
      }
    },
  },
});

function concealed(error: unknown): ApplicationFailure {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
  const failure = ApplicationFailure.create({ type: 'Unexpected', message: `unexpected ${wordOf(name)}` });
  // A stack begins with the message, which may have many lines.
  const frames = (stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  failure.stack = [failure.message, ...frames].join('\n');
  return failure;
}

const wordOf = (name: string): string => (/^\w{1,50}$/.test(name) ? name : 'Error');
