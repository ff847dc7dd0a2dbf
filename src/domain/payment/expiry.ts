import { dayMs, secondMs } from '../time.ts';
import { currentAttempt, type Attempt, type Payment } from './payment.ts';

/** How long the platform is asked on after an invoice's expiry before a person has to look (docs/contract.md §7). */
const watchAfterExpiryMs = dayMs;

/** The platform's bounds of `expires`, seconds from the invoice's creation (Via Private API, `expires`). */
const lifetimeBounds = { min: 14 * 60, max: 2 * 24 * 60 * 60 };

/** Room for the request's way and for clocks that differ, so that neither bound is missed on arrival. */
const clockMarginSeconds = 30;

/** The order's time is up. An invoice expires only when the platform says so, never by our clock (`stateOfAttempt`). */
export const isPastDeadline = ({ clock, deadlineAt }: Payment): boolean => clock >= deadlineAt;

/** When asking on ends and a person has to look: epoch milliseconds. */
export const watchEndsAt = (expiresAt: number, watchUntil = 0): number =>
  Math.max(expiresAt + watchAfterExpiryMs, watchUntil);

/** An invoice's expiry: the order's deadline, kept within what the platform accepts (both epoch milliseconds). */
export const expiryFor = (deadlineAt: number, now: number): number =>
  Math.min(
    Math.max(deadlineAt, now + (lifetimeBounds.min + clockMarginSeconds) * secondMs),
    now + (lifetimeBounds.max - clockMarginSeconds) * secondMs,
  );

/** Epoch milliseconds: the invoice's expiry while one is open, else the order's deadline. */
export const nextDeadlineOf = (payment: Payment): number =>
  currentAttempt(payment)?.expiresAt ?? payment.deadlineAt;

/** Nothing was created by then, and nobody wants it any more. */
export const isOutOfTime = (payment: Payment, { creation }: Attempt): boolean =>
  creation.step === 'create' &&
  !creation.isBegun &&
  (isPastDeadline(payment) || payment.cancelReason !== null);

/** When a person has to look at an attempt of which nothing final is known: epoch milliseconds. */
export const watchEndOf = ({ deadlineAt }: Payment, { expiresAt, watchUntil }: Attempt): number =>
  watchEndsAt(expiresAt ?? deadlineAt, watchUntil);
