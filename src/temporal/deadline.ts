import { setTimeout } from 'node:timers/promises';

/** The answer did not come in time; what was asked may have happened all the same. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * The result of a call, or a DeadlineError after `ms`. A gRPC deadline alone is no bound: the SDK repeats calls
 * that found no server beyond it.
 */
export async function within<Result>(ms: number, call: Promise<Result>): Promise<Result> {
  const answered = new AbortController();
  const late = setTimeout(ms, undefined, { signal: answered.signal }).then(() => {
    throw new DeadlineError(`no answer within ${ms} ms`);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    answered.abort();
    late.catch(() => undefined);
  }
}
