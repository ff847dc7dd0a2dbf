/** One thing that the sandbox saw or did: the witness of tests and of people at the control page. */
export interface JournalEntry {
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: 'request' | 'callback';
  readonly operation: string;
  readonly method?: string;
  readonly path?: string;
  readonly referenceId: string | null;
  readonly invoiceId: string | null;
  /** HTTP status answered (or received, for a callback); 0 where the connection was cut. */
  readonly status: number;
  readonly fault?: string;
  /** Whether the request made an invoice or a refund. */
  readonly created?: boolean;
  /** Of a request for a refund: its own reference and amount; `referenceId` is the invoice's. */
  readonly refundReference?: string;
  readonly amount?: number;
  /** Of a callback: the invoice's status it told, and the how many-th try it was. */
  readonly told?: string;
  readonly attempt?: number;
}

export interface JournalFilter {
  readonly kind?: string | undefined;
  readonly operation?: string | undefined;
  readonly referenceId?: string | undefined;
}

const most = 100_000;

export class Journal {
  #entries: JournalEntry[] = [];
  #seq = 0;

  add(entry: Omit<JournalEntry, 'seq'>): void {
    this.#entries.push({ seq: ++this.#seq, ...entry });
    if (this.#entries.length > most) this.#entries = this.#entries.slice(most / 2);
  }

  find({ kind, operation, referenceId }: JournalFilter): JournalEntry[] {
    return this.#entries.filter(
      (entry) =>
        (kind === undefined || entry.kind === kind) &&
        (operation === undefined || entry.operation === operation) &&
        (referenceId === undefined || entry.referenceId === referenceId),
    );
  }

  clear(): void {
    this.#entries = [];
  }
}
