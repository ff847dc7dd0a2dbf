import { secondMs } from '../time.ts';
/** Pauses, seconds, between polls once an invoice's time is up and the platform has not said anything final. */
const pausesAfterExpiry: readonly number[] = [10, 30, 60, 120, 300, 900];
/** The same while a refund is under way. */
const pausesOfRefund: readonly number[] = [1, 10, 20, 40, 80, 160, 320, 600];

/** The first instant after `after` of a plan that begins at `start`, with pauses (seconds) of which the last repeats. */
function nextInstant(start: number, pausesSeconds: readonly number[], after: number): number {
  let at = start;
  for (const pause of pausesSeconds) {
    at += pause * secondMs;
    if (at > after) return at;
  }
  const last = (pausesSeconds.at(-1) ?? 60) * secondMs;
  return at + (Math.floor((after - at) / last) + 1) * last;
}

export interface Watch {
  /** Pauses while the invoice can be paid (`POLL_SCHEDULE_SECONDS`). */
  readonly pausesSeconds: readonly number[];
  readonly since: number;
  readonly lastAt: number | null;
  readonly expiresAt: number;
  readonly until: number;
}

/** When an open invoice is polled next if nothing wakes us before: by its plan, at its expiry, and ever after it. */
export function nextPollAt({ pausesSeconds, since, lastAt, expiresAt, until }: Watch): number | null {
  const after = lastAt ?? since;
  if (after < expiresAt) return Math.min(nextInstant(since, pausesSeconds, after), expiresAt);
  if (after >= until) return null;
  return Math.min(nextInstant(expiresAt, pausesAfterExpiry, after), until);
}

export const nextRefundPollAt = (since: number, lastAt: number | null): number =>
  nextInstant(since, pausesOfRefund, Math.max(since, lastAt ?? since));
