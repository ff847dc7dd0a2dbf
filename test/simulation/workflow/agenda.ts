import { Clockwork } from '../clockwork.ts';

/** What is to happen around the payments, and when. */
export class Agenda {
  /** Told whenever something is to happen before anything that was known. */
  onSooner: (at: number) => void = () => undefined;
  readonly #time: { readonly now: number };
  readonly #clockwork: Clockwork;
  #doing: Promise<void> | void = undefined;

  constructor(time: { readonly now: number }) {
    this.#time = time;
    this.#clockwork = new Clockwork(time.now);
  }

  get nextAt(): number | null {
    return this.#clockwork.nextAt;
  }

  at(at: number, work: () => Promise<void> | void): void {
    const before = this.nextAt ?? Infinity;
    this.#clockwork.at(at, () => {
      this.#doing = work();
    });
    if (at < before) this.onSooner(at);
  }

  /** Does all that is due, one after another. */
  async doWhatIsDue(): Promise<void> {
    while ((this.nextAt ?? Infinity) <= this.#time.now) {
      this.#clockwork.turn();
      await this.#doing;
    }
  }
}
