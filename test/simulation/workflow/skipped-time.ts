const real = Date.now.bind(Date);

/** The time of a skipping server as this process knows it: it flows, and leaps when the server is known to have leapt. */
export class SkippedTime {
  #aheadMs = 0;

  get now(): number {
    return real() + this.#aheadMs;
  }

  /** It is at least so late by now. */
  reach(at: number): void {
    this.#aheadMs = Math.max(this.#aheadMs, at - real());
  }

  /** Has the whole process live in it, so that the ingress needs no clock of its own; `aheadMs` is how wrong that is. */
  rule(aheadMs: number): void {
    Date.now = () => this.now + aheadMs;
  }
}
