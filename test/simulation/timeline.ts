const columns = ['platform', 'receiver', 'order API'] as const;
const width = 58;

/** Where a line stands: what the platform saw, what the order service was told, what the payment answered. */
const columnOf = {
  platform: 'platform',
  callback: 'platform',
  receiver: 'receiver',
  payment: 'order API',
  person: 'order API',
  return: 'order API',
  sweep: 'order API',
  operator: 'order API',
  worker: 'order API',
  process: 'order API',
} as const satisfies Record<string, (typeof columns)[number]>;

export type Witness = keyof typeof columnOf;

/** What happened, with the three witnesses side by side. */
export class Timeline {
  readonly #startsAt: number;
  readonly #lines: { readonly at: number; readonly who: Witness; readonly what: string }[] = [];

  constructor(startsAt: number) {
    this.#startsAt = startsAt;
  }

  note(at: number, who: Witness, what: string): void {
    this.#lines.push({ at, who, what });
  }

  get lines(): string[] {
    if (this.#lines.length === 0) return [];
    const head = ['', ...columns].map((name, index) => name.padEnd(index === 0 ? 16 : width));
    return [head.join(''), ...this.#lines.map((line) => this.#lineOf(line))].map((line) => line.trimEnd());
  }

  #lineOf({ at, who, what }: { readonly at: number; readonly who: Witness; readonly what: string }): string {
    const place = columns.indexOf(columnOf[who]);
    const isNamed = who !== 'platform' && who !== 'receiver' && who !== 'payment';
    const text = isNamed ? `${who}: ${what}` : what;
    return `${sinceStart(at - this.#startsAt).padEnd(16)}${' '.repeat(place * width)}${text}`;
  }
}

function sinceStart(ms: number): string {
  const part = (value: number, digits = 2): string => String(Math.floor(value)).padStart(digits, '0');
  const days = Math.floor(ms / 86_400_000);
  const clock = `${part((ms / 3_600_000) % 24)}:${part((ms / 60_000) % 60)}:${part((ms / 1_000) % 60)}`;
  return `${days}d ${clock}.${part(ms % 1_000, 3)}`;
}
