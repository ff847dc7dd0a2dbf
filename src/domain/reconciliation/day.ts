import { toIso } from '../time.ts';

const daySeconds = 24 * 60 * 60;
const pattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** The UTC day of an instant, `yyyy-mm-dd`. */
export const dayOf = (epochSeconds: number): string => toIso(epochSeconds * 1000).slice(0, 10);

/** Unix seconds of the day's first instant. @throws where `isDay` says no. */
export function startOf(day: string): number {
  // A pure conversion of a given day: the same at every replay.
  // eslint-disable-next-line no-restricted-globals
  const ms = pattern.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(ms)) throw new Error('not a day, yyyy-mm-dd');
  return ms / 1000;
}

/** Whether it is a day of the calendar, `yyyy-mm-dd`. */
export function isDay(text: string): boolean {
  try {
    return dayOf(startOf(text)) === text;
  } catch {
    return false;
  }
}

/** The day so many days later, or earlier where negative. */
export const dayAfter = (day: string, days: number): string => dayOf(startOf(day) + days * daySeconds);

export const endOf = (day: string): number => startOf(day) + daySeconds;

/** The hour (UTC) from which a day is over for good and the sweep of it is due. */
export const sweepHour = 3;
const mostDays = 31;

/**
 * The days to be swept by a start of the schedule: the day before the time it was meant for, and all days since
 * the last one done that are due by now. Instants in epoch milliseconds.
 */
export function daysDue(at: { nominal: number; startedAt: number; last: string | null }): string[] {
  const meant = dayAfter(dayOf(at.nominal / 1000), -1);
  // By hand for an earlier day (a backfill), or for the first time.
  if (at.last === null || meant <= at.last) return [meant];
  const due = dayAfter(dayOf(at.startedAt / 1000 - sweepHour * 60 * 60), -1);
  const until = meant > due ? meant : due;
  const days: string[] = [];
  for (let day = dayAfter(at.last, 1); day <= until; day = dayAfter(day, 1)) days.push(day);
  return days.slice(-mostDays);
}
