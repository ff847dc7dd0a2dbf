export const hourMs = 60 * 60 * 1000;
/** Pauses, seconds, between looks once an invoice's time is up and the platform has not said anything final. */
const pausesAfterExpiry: readonly number[] = [10, 30, 60, 120, 300, 900];
/** How long the platform is asked on after the deadline before a person has to look (contract, section 7). */
const watchAfterExpiryMs = 24 * hourMs;
/** The platform's bounds of `expires`, seconds from the invoice's creation (Via Private API, `expires`). */
const lifetimeBounds = { min: 14 * 60, max: 2 * 24 * 60 * 60 };
/** Room for the request's way and for clocks that differ, so that neither bound is missed on arrival. */
const clockMarginSeconds = 30;

export interface LookPlan {
  /** Pauses while the invoice can be paid; the last repeats (`POLL_SCHEDULE_SECONDS`). */
  readonly pausesSeconds: readonly number[];
  /** Looks taken so far on the schedule, of the part before and after the expiry. */
  readonly looksBefore: number;
  readonly looksAfter: number;
  /** Looks in a row that got no answer: they are repeated sooner than the schedule has it. */
  readonly failedLooks: number;
  /** When the platform was asked last, or the invoice was created: epoch milliseconds. */
  readonly lastLookAt: number;
  readonly expiresAt: number;
  /** How long an operator has it watched on, epoch milliseconds. */
  readonly watchUntil?: number | undefined;
}

const pauseMs = (pauses: readonly number[], index: number): number =>
  (pauses[Math.min(index, pauses.length - 1)] ?? 60) * 1000;

/** When to ask the platform next if nothing wakes us before; null once the watch is exhausted. */
export function nextLookAt(plan: LookPlan): number | null {
  const { lastLookAt, failedLooks, expiresAt } = plan;
  const repeated = failedLooks > 0 ? lastLookAt + pauseAfterRejection(failedLooks - 1) : Infinity;
  if (lastLookAt < expiresAt) {
    const planned = lastLookAt + pauseMs(plan.pausesSeconds, plan.looksBefore);
    return Math.min(planned, repeated, expiresAt);
  }
  const next = Math.min(lastLookAt + pauseMs(pausesAfterExpiry, plan.looksAfter), repeated);
  const end = watchEndsAt(expiresAt, plan.watchUntil);
  return lastLookAt < end ? Math.min(next, end) : null;
}

/** How long callbacks are gathered after so many looks in a row that learned nothing: none, 1 s, doubling to 1 min. */
export const pauseBetweenHints = (fruitless: number): number =>
  fruitless === 0 ? 0 : Math.min(1_000 * 2 ** (fruitless - 1), 60_000);

/** When asking on ends and a person has to look: epoch milliseconds. */
export const watchEndsAt = (expiresAt: number, watchUntil = 0): number =>
  Math.max(expiresAt + watchAfterExpiryMs, watchUntil);

/** An invoice's expiry, epoch milliseconds: the order's deadline, kept within what the platform accepts. */
export function expiryFor(deadlineAt: number, now: number): number {
  const seconds = Math.ceil((deadlineAt - now) / 1000);
  const bounded = Math.min(
    Math.max(seconds, lifetimeBounds.min + clockMarginSeconds),
    lifetimeBounds.max - clockMarginSeconds,
  );
  return now + bounded * 1000;
}

/** Doubling pauses; `spread` (0 to 1) makes each up to a fifth longer, so that many payments do not come at once. */
const growing =
  (firstMs: number, maxMs: number) =>
  (tries: number, spread = 0): number =>
    Math.min(Math.round(firstMs * 2 ** tries * (1 + spread / 5)), maxMs);

/** Pause before the nth (from 0) look-up after a create whose result is unknown (contract, section 7). */
export const pauseAfterUnknown = growing(1_000, 60_000);
/** Pause before the nth (from 0) try while the platform rejects our credentials (contract, section 7). */
export const pauseAfterRejection = growing(10_000, 600_000);
