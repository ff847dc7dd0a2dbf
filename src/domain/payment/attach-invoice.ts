import type { Invoice } from '../invoice/invoice.ts';
import { laterOf } from '../invoice/money-beats-none.ts';
import { checkedRedirect } from '../invoice/redirect.ts';
import { noPolls, type Attempt, type Payment } from './payment.ts';
import { expiryFor } from './expiry.ts';
import { unansweredBy } from './wake-ups.ts';

interface AttachedInvoice {
  readonly invoice: Invoice;
  readonly at: number;
  readonly expiresAt: number;
}

/** An invoice becomes the attempt's: one just created, one that was there (409), or one that a look-up found. */
export function attachInvoice(
  { input }: Payment,
  attempt: Attempt,
  { invoice, at, expiresAt }: AttachedInvoice,
): Attempt {
  const { snapshot, redirect } = invoice;
  return {
    ...attempt,
    creation: { step: 'made' },
    seen: laterOf(attempt.seen, { snapshot, askedAt: at }),
    ...checkedRedirect(redirect, input.policy.redirects),
    expiresAt,
    polls: { ...noPolls(at), done: attempt.polls.done },
    wakeUps: unansweredBy(attempt.wakeUps, { snapshot, askedAt: at }),
  };
}

export const foundInvoice = ({ deadlineAt }: Payment, invoice: Invoice, at: number): AttachedInvoice => ({
  invoice,
  at,
  expiresAt: expiryFor(deadlineAt, at),
});
