interface Entry {
  readonly at: number;
  readonly order: number;
  readonly work: () => void;
}

/** True time, which only the model knows: what is due next happens next. */
export class Clockwork {
  now: number;
  #order = 0;
  readonly #entries: Entry[] = [];

  constructor(now: number) {
    this.now = now;
  }

  get nextAt(): number | null {
    return this.#entries.at(-1)?.at ?? null;
  }

  /** What is due at the same time happens in the order in which it was asked for. */
  at(at: number, work: () => void): void {
    const entry = { at: Math.max(at, this.now), order: (this.#order += 1), work };
    let place = this.#entries.length;
    while (place > 0 && isBefore(this.#entries[place - 1], entry)) place -= 1;
    this.#entries.splice(place, 0, entry);
  }

  /** Does what is due next; false where there is nothing. */
  turn(): boolean {
    const entry = this.#entries.pop();
    if (!entry) return false;
    this.now = entry.at;
    entry.work();
    return true;
  }
}

const isBefore = (other: Entry | undefined, { at, order }: Entry): boolean =>
  other !== undefined && (other.at < at || (other.at === at && other.order < order));
