/** Any number of callers at once share one call. */
export class SingleFlight<Value> {
  readonly #running = new Map<string, Promise<Value>>();
  readonly #next = new Map<string, Promise<Value>>();

  /** The call that is under way, if there is one. */
  join(key: string, call: () => Promise<Value>): Promise<Value> {
    return this.#running.get(key) ?? this.#start(key, call);
  }

  /** One that begins after each of its callers asked. */
  joinNext(key: string, call: () => Promise<Value>): Promise<Value> {
    const waiting = this.#next.get(key);
    if (waiting) return waiting;
    const next = this.#after(this.#running.get(key)).then(() => {
      this.#next.delete(key);
      return this.#start(key, call);
    });
    this.#next.set(key, next);
    return next;
  }

  #start(key: string, call: () => Promise<Value>): Promise<Value> {
    const run = call().finally(() => {
      if (this.#running.get(key) === run) this.#running.delete(key);
    });
    this.#running.set(key, run);
    return run;
  }

  #after(running: Promise<Value> | undefined): Promise<unknown> {
    return running ? running.catch(() => undefined) : Promise.resolve();
  }
}
