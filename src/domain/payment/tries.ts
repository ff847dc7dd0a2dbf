import { isRefusal, troubleOf, type PlatformFailure, type Trouble } from '../invoice/platform-failure.ts';
import { pauseAfterRejection, pauseAfterUnknown } from './pauses.ts';

/** How often the platform was asked in vain for one thing, and when it may be asked again. */
export interface Tries {
  readonly count: number;
  readonly badRequests: number;
  /** Epoch milliseconds. */
  readonly notBefore: number;
  /** The platform itself named that time (Retry-After): nothing wakes us earlier. */
  readonly isBidden: boolean;
  /** Of the last answer; null while none was trouble. */
  readonly trouble: Trouble | null;
}

export const noTries: Tries = { count: 0, badRequests: 0, notBefore: 0, isBidden: false, trouble: null };

/** "A 400 again after a clean look-up: unsuccessful" (docs/contract.md §6). */
export const isBadRequestAgain = ({ badRequests }: Tries): boolean => badRequests > 1;

/** It is not asked for again. */
export const isRefusedForGood = (failure: PlatformFailure, tries: Tries): boolean =>
  isRefusal(failure) || isBadRequestAgain(tries);

interface Failing {
  readonly at: number;
  /** From 0 to 1, the order's own. */
  readonly spread: number;
  /** Before the nth (from 0) repetition, unless the credentials were rejected: milliseconds. */
  readonly pause?: (tries: number, spread: number) => number;
}

/** Milliseconds before the platform is asked again: what it named itself (Retry-After), else ours. */
export const pauseBefore = ({ retryAfterMs }: PlatformFailure, ours: number): number => retryAfterMs ?? ours;

/** One more try that failed at an instant (epoch milliseconds): when the next one is due. */
export function afterFailure(
  { count, badRequests }: Tries,
  failure: PlatformFailure,
  { at, spread, pause = pauseAfterUnknown }: Failing,
): Tries {
  const { type, answer, retryAfterMs } = failure;
  const growing = type === 'CredentialsRejected' ? pauseAfterRejection : pause;
  return {
    count: count + 1,
    badRequests: badRequests + (answer === 'bad_request' ? 1 : 0),
    notBefore: at + pauseBefore(failure, growing(count, spread)),
    isBidden: retryAfterMs !== null,
    trouble: troubleOf(failure),
  };
}
