import type { Client } from '@temporalio/client';

/** The answer did not come in time; what was asked may have happened all the same. */
export class DeadlineError extends Error {
  override readonly name: string = 'DeadlineError';
}

/** Temporal answers, and no worker does. */
export class NoWorkerError extends DeadlineError {
  constructor() {
    super('no worker answers');
  }
}

const open = new Set<Promise<unknown>>();

/** Resolves once the calls that nobody waits for any more are over: a connection must not be closed under them. */
export async function abandonedCalls(): Promise<void> {
  await Promise.allSettled(open);
}

/**
 * The result of a call, or a DeadlineError after `ms`. A gRPC deadline alone is no bound: the SDK repeats calls
 * that found no server beyond it.
 */
export async function within<Result>(ms: number, call: Promise<Result>): Promise<Result> {
  const settled = call.catch(() => undefined).finally(() => open.delete(settled));
  open.add(settled);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same of calls to Temporal, which give up by then, too. */
export const callWithin = <Result>(
  client: Client,
  ms: number,
  call: () => Promise<Result>,
): Promise<Result> => within(Math.max(0, ms), client.withDeadline(Date.now() + ms, call));
