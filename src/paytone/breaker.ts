import { EventEmitter, once } from 'node:events';

/** What an answer says about our credentials. */
export type Verdict = 'accepted' | 'rejected' | 'silent';

/** A call that may go out now. Whoever sends it says how it was answered, in every case. */
export interface Permit {
  answered(verdict: Verdict): void;
}

/** A platform refuses single orders, too: for a service or a currency that the account may not use. */
const rejectionsToOpen = 3;
const firstPauseMs = 10_000;
const longestPauseMs = 600_000;
const longestWaitForOthersMs = 1_000;

/**
 * Keeps rejected credentials from hammering the platform (docs/contract.md §6). A rejected call concerns its own
 * reference. Once calls about three different references in a row were rejected and none was accepted in between, all
 * are held back, and one probe at a time goes out after 10 s, doubling to 10 min, until one is accepted. Two probes in
 * a row are never about the same reference, unless no other was asked about in the ten minutes after one was due.
 */
export class Breaker {
  /** Epoch milliseconds. */
  readonly #now: () => number;
  readonly #answers = new EventEmitter().setMaxListeners(0);
  /** References rejected in a row: three at most. */
  readonly #rejected = new Set<string>();
  #lastAbout: string | null = null;
  #isTrusted = false;
  #underWay = 0;
  #pauseMs = 0;
  #probeAt = 0;
  #probe: Permit | null = null;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#pauseMs > 0;
  }

  /** `about`: the reference, or whatever else the call is about. Null: the call is held back. */
  async admit(about: string): Promise<Permit | null> {
    const signal = AbortSignal.timeout(longestWaitForOthersMs);
    while (this.#isCrowded() && !signal.aborted) {
      await once(this.#answers, 'answer', { signal }).catch(() => undefined);
    }
    return this.isOpen && !this.#mayProbe(about) ? null : this.#permit(about);
  }

  /**
   * Unless the last word about the credentials was good, no more calls are under way than it takes to learn that they
   * are bad: a thousand payments at once would be a thousand rejections. The others wait for an answer, not for long.
   */
  #isCrowded(): boolean {
    return !this.isOpen && !this.#isTrusted && this.#underWay >= rejectionsToOpen - this.#rejected.size;
  }

  #mayProbe(about: string): boolean {
    if (this.#probe !== null || this.#now() < this.#probeAt) return false;
    return about !== this.#lastAbout || this.#now() >= this.#probeAt + longestPauseMs;
  }

  #permit(about: string): Permit {
    const permit = { answered: (verdict: Verdict) => this.#answered(permit, about, verdict) };
    if (this.isOpen) this.#probe = permit;
    this.#lastAbout = about;
    this.#underWay += 1;
    return permit;
  }

  #answered(permit: Permit, about: string, verdict: Verdict): void {
    this.#underWay -= 1;
    const wasProbe = this.#probe === permit;
    if (wasProbe) this.#probe = null;
    if (verdict === 'accepted') this.#close();
    else if (wasProbe) this.#pause(verdict === 'rejected' ? this.#pauseMs * 2 : this.#pauseMs);
    // Calls that were under way when it opened say nothing new.
    else if (verdict === 'rejected' && !this.isOpen) this.#suspect(about);
    this.#answers.emit('answer');
  }

  #suspect(about: string): void {
    this.#isTrusted = false;
    this.#rejected.add(about);
    if (this.#rejected.size >= rejectionsToOpen) this.#pause(firstPauseMs);
  }

  #pause(ms: number): void {
    this.#pauseMs = Math.min(ms, longestPauseMs);
    this.#probeAt = this.#now() + this.#pauseMs;
  }

  #close(): void {
    this.#isTrusted = true;
    this.#rejected.clear();
    this.#pauseMs = 0;
    this.#probe = null;
  }
}
