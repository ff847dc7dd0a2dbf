import { heartbeat } from '@temporalio/activity';
import type { Timed } from './platform.ts';

export interface ReleasableOutcomes {
  /** Has a few of those that wait sent now. `isTaken`: the order service has taken one since it went down. */
  tryFew(owner: string, since: number): Promise<{ readonly waiting: number; readonly isTaken: boolean }>;
  /** Has all of them sent now. */
  release(owner: string, onProgress: () => void): Promise<number>;
}

/** What brings an order service up to date that took no outcomes. */
export const createRecoveryActivities = (outcomes: ReleasableOutcomes, now: () => number = Date.now) => ({
  async tryOutcomes(owner: string, since: number): Promise<Timed & { waiting: number; isTaken: boolean }> {
    return { ...(await outcomes.tryFew(owner, since)), at: now() };
  },

  releaseOutcomes: (owner: string): Promise<number> => outcomes.release(owner, heartbeat),
});
