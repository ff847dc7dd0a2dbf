/** So many pass in one round of the event loop. */
const sliceSize = 10;

/** A crowd that was told the same at the same moment passes in slices, so that others are served in between. */
export class Slices {
  readonly #waiting: (() => void)[] = [];

  pass(): Promise<void> {
    return new Promise((go) => {
      if (this.#waiting.push(go) === 1) setImmediate(() => this.#release());
    });
  }

  #release(): void {
    for (const go of this.#waiting.splice(0, sliceSize)) go();
    if (this.#waiting.length > 0) setImmediate(() => this.#release());
  }
}
