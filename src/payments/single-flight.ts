/** Any number of readers at once share one read, which begins after each of them asked. */
export class SingleFlight<Value> {
  readonly #running = new Map<string, Promise<Value>>();
  readonly #next = new Map<string, Promise<Value>>();

  read(key: string, ask: () => Promise<Value>): Promise<Value> {
    const waiting = this.#next.get(key);
    if (waiting) return waiting;
    const next = this.#after(this.#running.get(key)).then(() => {
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

  #after(running: Promise<Value> | undefined): Promise<unknown> {
    return running ? running.catch(() => undefined) : Promise.resolve();
  }
}
