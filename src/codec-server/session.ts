import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** How long a browser may read on after its login. */
export const sessionSeconds = 4 * 60 * 60;

/**
 * Browsers that may read, each by a random value of its own. Kept in memory alone, so that a session is over for good
 * after its logout, its time or a restart.
 */
export class Sessions<Holder extends object> {
  readonly #holders = new LRUCache<string, Holder>({
    max: 10_000,
    ttl: sessionSeconds * 1000,
    perf: { now: () => Date.now() },
  });

  begin(holder: Holder): string {
    const value = randomBytes(32).toString('base64url');
    this.#holders.set(value, holder);
    return value;
  }

  holderOf(value: string): Holder | null {
    return this.#holders.get(value) ?? null;
  }

  end(value: string): void {
    this.#holders.delete(value);
  }
}
