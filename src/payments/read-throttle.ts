import { setTimeout } from 'node:timers/promises';

/** So many turns of a key at once, then one a pause. */
const burst = 10;
const pauseMs = 1_000;
const mostKeys = 10_000;

/**
 * Turns of a key: ten at once, then one a second (a token bucket). All who ask before a turn comes share it, so that
 * a crowd waits for up to a second instead of loading the server.
 */
export class ReadThrottle {
  readonly #next = new Map<string, Promise<void>>();
  /** When the turns taken so far are paid off (epoch milliseconds). */
  readonly #paidAt = new Map<string, number>();

  take(key: string): Promise<void> {
    const waiting = this.#next.get(key);
    if (waiting) return waiting;
    const next = setTimeout(this.#waitMs(key)).then(() => void this.#next.delete(key));
    this.#next.set(key, next);
    return next;
  }

  #waitMs(key: string): number {
    const now = Date.now();
    if (this.#paidAt.size >= mostKeys) this.#forget(now);
    const paidAt = Math.max(now, this.#paidAt.get(key) ?? 0) + pauseMs;
    this.#paidAt.set(key, paidAt);
    return Math.max(0, paidAt - burst * pauseMs - now);
  }

  #forget(now: number): void {
    for (const [key, paidAt] of this.#paidAt) if (paidAt <= now) this.#paidAt.delete(key);
  }
}
