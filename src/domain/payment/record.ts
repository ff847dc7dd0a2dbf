import type { Terms } from './terms.ts';
import type { PaymentView } from './view.ts';

/** What the platform said when a sweep had found a difference, and on which day's sweep that was first. */
export interface Swept {
  readonly attempt: number;
  readonly day: string;
  /** Null: that there is no such invoice. */
  readonly status: string | null;
  readonly updated: number | null;
}

/** What a payment tells of itself to our own client: while it runs by query and update, afterwards as its result. */
export interface PaymentRecord {
  readonly owner: string;
  /** Of the request that started the payment. */
  readonly requestId: string;
  readonly terms: Terms;
  readonly payment: PaymentView;
  /** The most that the platform said of each attempt: what a late callback must go beyond to matter. */
  readonly seen: readonly {
    readonly attempt: number;
    readonly status: string;
    readonly updated: number;
  }[];
  readonly swept?: readonly Swept[];
}
