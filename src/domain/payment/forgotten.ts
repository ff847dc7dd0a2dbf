import type { OrderId } from '../identity.ts';
import type { Invoice, InvoiceSnapshot } from '../invoice/invoice.ts';
import { meaningOf, stateOf } from '../invoice/invoice-state.ts';
import { checkedRedirect } from '../invoice/redirect.ts';
import { parseMoney } from '../money.ts';
import { dayMs, secondMs } from '../time.ts';
import { isSuccess, moneyOfAttempt, successesOf, worthOf } from './attempt-state.ts';
import { decide } from './decide.ts';
import { isOfEarlier } from './earlier.ts';
import type { PaymentEvent } from './events.ts';
import { owedOutcome } from './owed-outcome.ts';
import {
  noPolls,
  openPayment,
  watched,
  type Attempt,
  type Payment,
  type PaymentInput,
  type Policy,
} from './payment.ts';
import { reviewReasonsOf } from './review-reasons.ts';
import type { OutcomeStatus } from './statuses.ts';
import { differingTerms, type InvoiceTerms, type Terms } from './terms.ts';

// Payments that Temporal has forgotten, as the platform's invoices tell of them (docs/payment.md, "Old orders").

/** Null where the amount is none of its currency. */
function termsOf(invoices: readonly InvoiceSnapshot[], flow: Terms['flow']): InvoiceTerms | null {
  const [first] = invoices;
  if (!first) return null;
  const parsed = parseMoney(first.amount, first.currency);
  if (!parsed.ok) return null;
  const success = invoices.map((it) => meaningOf(stateOf(it))).find(({ rank }) => rank === 2);
  return {
    amount: parsed.money,
    ...(first.service !== '' && { service: first.service }),
    flow: success ? flowOf(success.money) : flow,
    channel: 'private',
    locale: 'en',
    fromInvoice: true,
  };
}

const flowOf = (hasMoney: boolean): Terms['flow'] => (hasMoney ? 'charge' : 'verify');

/** Who asks about an order, with which terms where there are any. */
export interface Recalling {
  readonly orderId: OrderId;
  readonly requestId: string;
  readonly policyFor: (owner: string) => Policy;
  readonly asked: Pick<PaymentInput, 'owner' | 'terms'> | null;
}

/**
 * The payment that an order's invoices tell of, as it stands now (epoch milliseconds). It is owned by whom the first
 * one names; null where that names nobody. Terms that were asked for are kept where they do not differ.
 */
export function recalled(
  { asked, policyFor, ...rest }: Recalling,
  invoices: readonly Invoice[],
  now: number,
): Payment | null {
  const snapshots = invoices.map(({ snapshot }) => snapshot);
  const owner = snapshots[0]?.owner ?? null;
  const known = termsOf(snapshots, asked?.terms.flow ?? 'charge');
  if (owner === null || !known) return null;
  const isSame = asked?.owner === owner && differingTerms(known, asked.terms).length === 0;
  const terms = isSame ? asked.terms : known;
  const input: PaymentInput = { ...rest, owner, terms, policy: policyFor(owner) };
  return withToldBefore(withDecidedBefore(withInvoices(openPayment(input, now), invoices)));
}

function withInvoices(payment: Payment, invoices: readonly Invoice[]): Payment {
  const { input, deadlineAt, openedAt } = payment;
  const lifetimeMs = deadlineAt - openedAt;
  const endOf = ({ created }: InvoiceSnapshot): number => created * secondMs + lifetimeMs;
  const attempts = invoices.map(({ snapshot, redirect }, index): Attempt => {
    return {
      ...watched(payment, index + 1),
      choice: { service: snapshot.service, serviceFields: {} },
      creation: { step: 'made' },
      seen: { snapshot, askedAt: openedAt },
      polls: { ...noPolls(openedAt), done: 1, lastAt: openedAt },
      expiresAt: endOf(snapshot),
      ...checkedRedirect(redirect, input.policy.redirects),
      watchUntil: 0,
    };
  });
  const ends = invoices.map(({ snapshot }) => endOf(snapshot));
  return { ...payment, attempts, deadlineAt: Math.min(deadlineAt, ...ends), decidedBy: 'poll' };
}

/** What happened before then was decided, and told when it happened: deliveries end after 78 hours. */
const toldAfterMs = 7 * dayMs;

/** Money that is there after so long was kept: neither a rule nor a review is to begin anew. */
function withDecidedBefore(payment: Payment): Payment {
  const old = payment.attempts.filter(
    (it) => moneyOfAttempt(it) !== null && payment.clock - paidAtOf(it) >= toldAfterMs,
  );
  if (old.length === 0) return payment;
  const isOld = (number: number): boolean => old.some((it) => it.number === number);
  const keys = reviewReasonsOf(payment)
    .filter(({ attempts }) => attempts.length > 0 && attempts.every(isOld))
    .map(({ key }) => key);
  const about = old.map((it) => ({ attempt: it.number, worth: worthOf(it) }));
  const judgment = { decision: 'accept', by: 'retention', why: 'decided before', keys, about } as const;
  return { ...payment, judgments: [judgment] };
}

/** Epoch milliseconds. */
const paidAtOf = ({ seen }: Attempt): number =>
  seen ? (seen.snapshot.processed ?? seen.snapshot.updated) * secondMs : Infinity;

function withToldBefore(payment: Payment): Payment {
  const owed = owedOutcome(payment, decide(payment));
  const at = owed && happenedAt(payment, owed.status);
  if (!owed || at === null || payment.clock - at < toldAfterMs) return payment;
  const told = { ...owed, outcome: null, delivery: { state: 'delivered', at } } as const;
  return withToldBefore({ ...payment, told: [...payment.told, told] });
}

function happenedAt(payment: Payment, status: OutcomeStatus): number | null {
  const isFirst = status === 'paid' || status === 'verified';
  const of = isFirst ? successesOf(payment) : payment.attempts;
  const times = of.flatMap(({ seen }) => {
    if (!seen) return [];
    const { processed, updated } = seen.snapshot;
    return [isFirst ? (processed ?? updated) : updated];
  });
  return times.length > 0 ? Math.max(...times) * secondMs : null;
}

/** Whether an order had a payment before the one that was opened at an instant (epoch milliseconds). */
export const isEarlier = ({ attempts }: Payment, openedAt: number): boolean =>
  attempts.some(({ seen }) => seen !== null && isOfEarlier(seen, openedAt));

/** Money came of it, so that what comes later is worth telling. */
export const isWorthRecalling = ({ attempts }: Payment): boolean => attempts.some(isSuccess);

/**
 * The forgotten payment that the first create of an order has met at the platform; null where it met none. An invoice
 * of another order service is that one's, however young.
 */
export function recalledBy(payment: Payment, event: PaymentEvent): Payment | null {
  const { input, attempts, openedAt, clock } = payment;
  const invoice = metBy(event);
  const [first, another] = attempts;
  if (!invoice || !first || another || first.seen) return null;
  const { owner } = invoice.snapshot;
  const isOthers = owner !== null && owner !== input.owner;
  if (!isOthers && !isOfEarlier(invoice, openedAt)) return null;
  const { orderId, requestId, policy } = input;
  const asking = { orderId, requestId, policyFor: () => policy, asked: input };
  const earlier = recalled(asking, [invoice, ...(invoice.later ?? [])], openedAt);
  return earlier && { ...earlier, clock, ...stillOwed(payment, earlier) };
}

/** What woke the payment meanwhile still has to be asked about. */
function stillOwed({ attempts, strays }: Payment, earlier: Payment): Pick<Payment, 'attempts' | 'strays'> {
  const before = [...attempts, ...strays];
  const wakeUpsOf = (number: number) => before.find((it) => it.number === number)?.wakeUps ?? [];
  return {
    attempts: earlier.attempts.map((it) => ({ ...it, wakeUps: wakeUpsOf(it.number) })),
    strays: strays.filter(({ number }) => number > earlier.attempts.length),
  };
}

function metBy(event: PaymentEvent): Invoice | null {
  if (event.kind === 'creation_failed') return event.failure.earlier;
  return event.kind === 'looked_up' ? event.invoice : null;
}
