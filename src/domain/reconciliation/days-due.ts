import { dayAfter, dayOf } from './day.ts';

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
