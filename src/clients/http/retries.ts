const firstRetryPauseMs = 500;
const lastPauseMs = 1_000;
/** A longer `Retry-After` is left to the caller. */
const longestRetryAfterMs = 10_000;

/** The order API or what stands before it is busy, starting or away. */
const passing: readonly number[] = [429, 502, 503, 504];

/**
 * `fetch`, and twice more where the connection failed or the answer is one that passes. Rejects as `fetch` does, with
 * the reason of `signal` where that aborts.
 */
export async function fetchWithRetries(request: Request, signal: AbortSignal): Promise<Response> {
  for (let pauseMs = firstRetryPauseMs; pauseMs <= lastPauseMs; pauseMs *= 2) {
    const answer = await fetch(request.clone(), { signal }).catch(() => undefined);
    signal.throwIfAborted();
    const askedMs = answer && askedPauseMs(answer);
    if (answer && !isToRepeat(answer.status, askedMs)) return answer;
    await answer?.body?.cancel();
    // Clients that failed together do not come back together.
    await pause((askedMs ?? pauseMs) * (1 + Math.random() / 2), signal);
    signal.throwIfAborted();
  }
  return fetch(request, { signal });
}

const isToRepeat = (status: number, askedMs = 0): boolean =>
  passing.includes(status) && askedMs <= longestRetryAfterMs;

/** Resolves after the time, or at once when `signal` aborts. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

function askedPauseMs({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
