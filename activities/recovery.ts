import { heartbeat } from '@temporalio/activity';
import type { Timed } from './platform.ts';

export interface ReleasableOutcomes {
  /** Has a few of those that wait sent now. `isTaken`: the order service took one. */
  tryFew(owner: string): Promise<{ readonly waiting: number; readonly isTaken: boolean }>;
  /** Has all of them sent now. */
  release(owner: string, onProgress: () => void): Promise<number>;
}

/** What brings an order service up to date that took no outcomes. */
export const createRecoveryActivities = (outcomes: ReleasableOutcomes, now: () => number = Date.now) => ({
  async tryOutcomes(owner: string): Promise<Timed & { waiting: number; isTaken: boolean }> {
    return { ...(await outcomes.tryFew(owner)), at: now() };
  },

  releaseOutcomes: (owner: string): Promise<number> => outcomes.release(owner, heartbeat),
});
