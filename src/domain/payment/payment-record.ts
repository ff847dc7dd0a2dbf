import type { AccountId } from '../identity.ts';
import type { Payment, Swept } from './payment.ts';
import { toPaymentView } from './to-payment-view.ts';
import type { Terms } from './terms.ts';
import type { PaymentView } from './payment-view.ts';

/** What a payment tells of itself to our own client. */
export interface PaymentRecord {
  readonly owner: string;
  readonly account: AccountId;
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
  readonly swept: readonly Swept[];
  /** Questions that the platform was asked about its invoices. */
  readonly polls: number;
}

export function toRecord(payment: Payment): PaymentRecord {
  const { input, attempts, swept } = payment;
  const { owner, requestId, terms, policy } = input;
  const { account } = policy;
  const seen = attempts.flatMap(({ number, seen: answer }) =>
    answer ? [{ attempt: number, status: answer.snapshot.status, updated: answer.snapshot.updated }] : [],
  );
  const polls = attempts.reduce((sum, attempt) => sum + attempt.polls.done, 0);
  return { owner, account, requestId, terms, payment: toPaymentView(payment), seen, swept, polls };
}
