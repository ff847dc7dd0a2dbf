import { dayMs } from '../src/domain/time.ts';

/**
 * A run is continued as new after so many facts, of which one costs up to eight events and some 2 KB of history, and
 * after a day, so that a wait of months does not stay with the workers of the version it began with.
 */
const mostOfARun = { facts: 150, ms: dayMs };

export const isLongRun = ({ facts, ms }: { readonly facts: number; readonly ms: number }): boolean =>
  facts >= mostOfARun.facts || ms >= mostOfARun.ms;

/** Where workers are versioned, a new run is taken up by the newest of them. */
export const toNewestVersion = { initialVersioningBehavior: 'AUTO_UPGRADE' } as const;
