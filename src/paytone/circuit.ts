const firstPauseMs = 10_000;
const longestPauseMs = 600_000;

/**
 * Keeps rejected credentials from hammering the platform: once one call was rejected, the others are held back,
 * and a single probe goes through after 10 s, doubling to 10 min, until one is accepted. Clock in epoch ms.
 */
export class Circuit {
  readonly #now: () => number;
  #pauseMs = 0;
  #probeAt = 0;
  #probing = false;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#pauseMs > 0;
  }

  /** Whether a call may go out now; while open, one probe at a time. */
  admits(): boolean {
    if (!this.isOpen) return true;
    if (this.#probing || this.#now() < this.#probeAt) return false;
    this.#probing = true;
    return true;
  }

  /** What became of a call that was admitted. Silence proves nothing about the credentials. */
  record(answer: 'accepted' | 'rejected' | 'silent'): void {
    const wasProbe = this.#probing;
    this.#probing = false;
    if (answer === 'accepted') this.#pauseMs = 0;
    // Calls that were under way when it opened are rejected too: only a probe makes the pause longer.
    else if (!this.isOpen) this.#wait(answer === 'rejected' ? firstPauseMs : 0);
    else if (wasProbe) this.#wait(Math.min(this.#pauseMs * 2, longestPauseMs));
  }

  #wait(ms: number): void {
    this.#pauseMs = ms;
    this.#probeAt = this.#now() + ms;
  }
}
