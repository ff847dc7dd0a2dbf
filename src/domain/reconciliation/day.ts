import { toIso } from '../time.ts';

export const daySeconds = 24 * 60 * 60;
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
