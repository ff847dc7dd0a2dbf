import type { SandboxInvoice } from './invoice.ts';

/** How long answers stay behind: for so many of them, or for so long. */
export type Behind = { readonly looks: number } | { readonly seconds: number };

export interface LagRule {
  /** Of GET by id, private and public. */
  readonly get: Behind | null;
  /** Of the look-up by reference. */
  readonly lookup: Behind | null;
  /** Only invoices of this reference; null for all. */
  readonly referenceId: string | null;
}

const noLag: LagRule = { get: null, lookup: null, referenceId: null };

interface Past {
  /** Null: the invoice was not there. */
  readonly before: SandboxInvoice | null;
  readonly get: () => boolean;
  readonly lookup: () => boolean;
}

/** Reads that stay behind the writes, as from a replica: they answer the state before the last change. */
export class Lag {
  #rule = noLag;
  readonly #past = new Map<string, Past>();
  /** Epoch milliseconds. */
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** For changes from now on; what an earlier rule holds back is shown at once. */
  set rule(rule: LagRule) {
    this.#rule = rule;
    this.#past.clear();
  }

  changed(invoice: SandboxInvoice, before: SandboxInvoice | null): void {
    const { get, lookup, referenceId } = this.#rule;
    if (!get && !lookup) return;
    if (referenceId !== null && referenceId !== invoice.referenceId) return;
    this.#past.set(invoice.id, { before, get: this.#isBehind(get), lookup: this.#isBehind(lookup) });
  }

  /** Who has an invoice's id was told of its creation: that is never behind. */
  byId(invoice: SandboxInvoice): SandboxInvoice {
    const past = this.#past.get(invoice.id);
    return past?.before && past.get() ? past.before : invoice;
  }

  /** Null: not there yet. */
  byReference(invoice: SandboxInvoice): SandboxInvoice | null {
    const past = this.#past.get(invoice.id);
    return past?.lookup() ? past.before : invoice;
  }

  clear(): void {
    this.rule = noLag;
  }

  #isBehind(behind: Behind | null): () => boolean {
    if (!behind) return () => false;
    if ('looks' in behind) {
      let left = behind.looks;
      return () => left-- > 0;
    }
    const until = this.#now() + behind.seconds * 1000;
    return () => this.#now() < until;
  }
}
