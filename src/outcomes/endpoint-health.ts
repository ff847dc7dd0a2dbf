/** So many different outcomes in a row are no trouble of one order. */
const mostRefused = 5;
const shortestHoldMs = 10_000;
const longestHoldMs = 300_000;

/**
 * Whether an endpoint takes anything. Once five different outcomes in a row were not taken it is down: of what was tried
 * before, one passes after 10 s, and then one after as long as it has been down, at most 5 min, until something is taken.
 * What is new passes always: five orders with trouble of their own delay no other.
 */
export class EndpointHealth {
  readonly #now: () => number;
  readonly #refused = new Set<string>();
  #downSince: number | null = null;
  #nextTryAt = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Epoch milliseconds; null while it takes outcomes. */
  get downSince(): number | null {
    return this.#downSince;
  }

  /** Whether what was tried before may be tried again; the next has to wait. */
  admits(): boolean {
    if (this.#downSince === null) return true;
    if (this.#now() < this.#nextTryAt) return false;
    this.#pause(this.#downSince);
    return true;
  }

  /** It answered: that it takes the outcome, or wants no more of it. */
  answered(): void {
    this.#refused.clear();
    this.#downSince = null;
  }

  refused(outcomeId: string): void {
    if (this.#downSince !== null) return;
    this.#refused.add(outcomeId);
    if (this.#refused.size < mostRefused) return;
    this.#downSince = this.#now();
    this.#pause(this.#downSince);
  }

  #pause(downSince: number): void {
    const now = this.#now();
    this.#nextTryAt = now + Math.min(Math.max(now - downSince, shortestHoldMs), longestHoldMs);
  }
}
