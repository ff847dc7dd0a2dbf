import { setTimeout } from 'node:timers/promises';

/** So many reads of a key at once, then one a pause. */
const burst = 5;
const pauseMs = 1_000;
const mostKeys = 10_000;

/**
 * Any number of readers of a key share one read, which begins after each of them asked: nobody is told what was true
 * before. Many askers wait for each other rather than load the server: five reads at once, then one a second.
 */
export class SharedReads<Value> {
  readonly #running = new Map<string, Promise<Value>>();
  readonly #next = new Map<string, Promise<Value>>();
  /** When the reads made so far are paid off (epoch milliseconds): a token bucket. */
  readonly #paidAt = new Map<string, number>();

  read(key: string, ask: () => Promise<Value>): Promise<Value> {
    const waiting = this.#next.get(key);
    if (waiting) return waiting;
    const next = this.#turn(key).then(() => {
      this.#next.delete(key);
      const run = ask().finally(() => {
        if (this.#running.get(key) === run) this.#running.delete(key);
      });
      this.#running.set(key, run);
      return run;
    });
    this.#next.set(key, next);
    return next;
  }

  async #turn(key: string): Promise<void> {
    const now = Date.now();
    if (this.#paidAt.size >= mostKeys) this.#forget(now);
    const paidAt = Math.max(now, this.#paidAt.get(key) ?? 0) + pauseMs;
    this.#paidAt.set(key, paidAt);
    await this.#running.get(key)?.catch(() => undefined);
    const waitMs = paidAt - burst * pauseMs - Date.now();
    if (waitMs > 0) await setTimeout(waitMs);
  }

  #forget(now: number): void {
    for (const [key, paidAt] of this.#paidAt) if (paidAt <= now) this.#paidAt.delete(key);
  }
}
