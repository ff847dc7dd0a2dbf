import type { LedgerInvoice, Shown } from './platform/ledger.ts';
import type { Change } from './platform/platform.ts';
import type { Operation, Plan } from './plan.ts';

/** A payment as the order API answers it and outcomes carry it, as far as the checker reads it. */
export interface Answer {
  readonly status: string;
  readonly attempt: number;
  readonly refunds: readonly {
    readonly refundId: string;
    readonly amount: { readonly value: string; readonly currency: string };
    readonly status: string;
  }[];
  readonly money: {
    readonly currency: string;
    readonly paid: string;
    readonly fee: string;
    readonly refunded: string;
    readonly chargedBack: string;
  } | null;
}

/** One call that reached the platform; all times are true ones, epoch milliseconds. */
export interface Request {
  readonly operation: Operation;
  /** When the call began. */
  readonly begunAt: number;
  readonly at: number;
  readonly reference: string;
  readonly status: number | 'none';
  /** What a question was answered with; null where nothing was found or nothing was asked. */
  readonly shown: Shown | null;
  readonly refund: { readonly reference: string; readonly amount: number } | null;
  /** The answer reached the product. */
  isHeard: boolean;
}

export interface Outcome {
  readonly id: string;
  readonly type: string;
  readonly supersedes?: string;
  readonly data: Answer;
}

/** What an order service or an operator asked, and was not refused. */
export interface Act {
  readonly at: number;
  readonly kind: 'choose' | 'cancel' | 'refund' | 'accept' | 'reject' | 'give_back' | 'extend' | 'other';
  readonly refundId?: string;
  /** The answer that the asker had before his eyes. */
  readonly status: string;
}

/** What the order API answered with 2xx. */
export interface Answered {
  readonly askedAt: number;
  readonly at: number;
  readonly asked: string;
  readonly answer: Answer;
}

/** All that the checker knows: the platform's ledger and its log, the receiver's log, what the payment answered. */
export interface Evidence {
  readonly plan: Plan;
  readonly orderId: string;
  readonly invoices: readonly LedgerInvoice[];
  readonly requests: Request[];
  readonly callbacks: (Change & { readonly at: number })[];
  readonly received: { readonly at: number; readonly outcome: Outcome; readonly isTaken: boolean }[];
  readonly acts: Act[];
  /** Where there is an order API. */
  readonly answers: Answered[];
  /** Each time that the answer to `GET` had another status. */
  readonly statuses: { readonly at: number; readonly status: string }[];
  /** When an outcome was there to be delivered. */
  readonly decided: { readonly at: number; readonly type: string }[];
  /** Refunds as the answers first showed them. */
  readonly registered: { readonly at: number; readonly refundId: string; readonly amount: string }[];
  /** What no payment may do: stop, spin, throw. */
  readonly faults: string[];
  /** The answer at rest, and whether the payment then had closed. */
  rest: { readonly at: number; readonly answer: Answer; readonly isOver: boolean } | null;
}

export interface Violation {
  readonly rule: string;
  readonly text: string;
}
