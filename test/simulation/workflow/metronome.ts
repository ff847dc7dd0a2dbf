import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

/** What happens around the payments, done by the process that plays it; `at` of what is next, null where nothing is. */
interface Beats {
  beat(): Promise<{ readonly next: number | null }>;
}

export const sooner = defineSignal<[number]>('sooner');

const { beat } = proxyActivities<Beats>({ startToCloseTimeout: '10 minutes', retry: { maximumAttempts: 1 } });

/**
 * Holds the skipped time still whenever something happens around the payments: a server skips to the next of its own
 * timers, and only while nothing is under way, so that what is not one of its timers would be skipped over.
 */
export async function metronome(first: number): Promise<void> {
  let due = first;
  setHandler(sooner, (at) => void (due = Math.min(due, at)));
  for (;;) {
    while (Date.now() < due) {
      const target = due;
      await condition(() => due < target, target - Date.now());
    }
    due = Infinity;
    const { next } = await beat();
    if (next === null) return;
    due = Math.min(due, next);
  }
}
