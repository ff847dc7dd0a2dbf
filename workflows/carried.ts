import type { Told } from '../src/domain/payment/outcome.ts';
import type { OperatorNote } from '../src/domain/payment/operator.ts';
import type { Swept } from '../src/domain/payment/record.ts';
import type { Payment } from '../src/domain/payment/payment.ts';
import type { Attention } from './visibility.ts';

/** What a signed callback is allowed to say: where to look, and whether looking can tell anything new. */
export interface CallbackHint {
  readonly attempt: number;
  readonly status: string | null;
  /** Unix seconds. */
  readonly updated: number | null;
  /** When the ingress took it: epoch milliseconds; measured, and nothing is decided by it. */
  readonly receivedAt?: number;
  /** Absent for a callback; the daily sweep says where one was missing. */
  readonly source?: 'sweep';
  /** Of the sweep: `yyyy-mm-dd`. */
  readonly day?: string;
}

export type Hint = Omit<CallbackHint, 'source'> & {
  readonly source: 'callback' | 'return' | 'operator' | 'sweep';
};

/** What is carried over when a long history is continued as new. */
export interface Carried {
  readonly payment: Payment;
  readonly told: readonly Told[];
  readonly looks: Looks;
  readonly hints: readonly Hint[];
  readonly operators?: readonly OperatorNote[];
  readonly attention?: Attention | null;
  /** When the platform was asked last and what it said, for people. */
  readonly lastLook?: string | null;
  readonly swept?: readonly Swept[];
}

export interface Looks {
  readonly before: number;
  readonly after: number;
  readonly done: number;
  readonly lastAt: number;
  /** In a row, without an answer. */
  readonly failed: number;
  /** In a row, without anything new. */
  readonly fruitless: number;
  /** The platform asked not to be asked before (Retry-After): epoch milliseconds. */
  readonly notBefore: number;
}
