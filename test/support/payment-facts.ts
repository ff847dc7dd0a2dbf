import {
  isInvoiceId,
  referenceIdFor,
  toAccountId,
  toOrderId,
  type InvoiceId,
} from '../../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../../src/domain/invoice/invoice.ts';
import type { PlatformFailure } from '../../src/domain/invoice/platform-failure.ts';
import { judgmentFor } from '../../src/domain/payment/resolve.ts';
import { apply } from '../../src/domain/payment/apply.ts';
import { decide, type Decision } from '../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../src/domain/payment/events.ts';
import {
  openPayment,
  type Judgment,
  type Payment,
  type PaymentInput,
} from '../../src/domain/payment/payment.ts';
import { remainderOf } from '../../src/domain/payment/refundable.ts';
import { refundFor } from '../../src/domain/payment/register-refund.ts';
import type { Source } from '../../src/domain/payment/statuses.ts';

const orderId = toOrderId('A1001');
export const startedAt = Date.UTC(2026, 10, 23, 10);
const second = 1_000;
/** When the first invoice is created, and until when it can be paid. */
export const createdAt = startedAt + second;
export const expiresAt = startedAt + 1_800 * second;

export function invoiceIdOf(text: string): InvoiceId {
  if (!isInvoiceId(text)) throw new Error(text);
  return text;
}

export const inputOf = (
  terms: Partial<PaymentInput['terms']> = {},
  policy: Partial<PaymentInput['policy']> = {},
): PaymentInput => ({
  orderId,
  owner: 'shop',
  requestId: 'r1',
  terms: {
    amount: { minor: 10_055, currency: 'USD' },
    service: 'payment_card_usd_hpp',
    flow: 'charge',
    channel: 'private',
    locale: 'en',
    ...terms,
  },
  policy: {
    account: toAccountId('coma_test'),
    ttlSeconds: 1800,
    maxAttempts: 3,
    pollPausesSeconds: [120, 300],
    testMode: true,
    latePayment: 'review',
    paidAfterCancel: 'refund',
    paidTwice: 'review',
    redirects: { httpsOnly: false, hosts: null },
    tellsOutcomes: true,
    ...policy,
  },
});

export const snapshotOf = (more: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot => ({
  invoiceId: invoiceIdOf('cpi_1'),
  referenceId: 'A1001',
  status: 'process_pending',
  resolution: 'ok',
  amount: '100.55',
  currency: 'USD',
  paymentAmount: null,
  processedAmount: null,
  fee: null,
  refundedAmount: null,
  chargedBackAmount: null,
  serviceCurrency: null,
  service: 'payment_card_usd_hpp',
  testMode: true,
  created: createdAt / second,
  updated: createdAt / second,
  processed: null,
  owner: null,
  ...more,
});

type Snapshot = Partial<InvoiceSnapshot>;

/** Of an attempt, when it was asked for (epoch milliseconds), and because of what. */
interface About {
  readonly attempt?: number;
  readonly at?: number;
  readonly source?: Source;
}

const ofAttempt = (attempt: number): Snapshot => ({
  referenceId: referenceIdFor(orderId, attempt),
  invoiceId: invoiceIdOf(`cpi_${attempt}`),
});

export const created = (more: Snapshot = {}, { attempt = 1, at = createdAt }: About = {}): PaymentEvent => ({
  kind: 'invoice_created',
  attempt,
  at,
  expiresAt: Math.max(expiresAt, at + 900 * second),
  invoice: {
    snapshot: snapshotOf({ ...ofAttempt(attempt), ...more }),
    redirect: { url: 'https://p', method: 'GET', fields: {}, hppUrl: null },
  },
});

/** The platform's answer to a question; a change of the second in which it was asked, where `updated` is not said. */
export const polled = (
  more: Snapshot,
  { attempt = 1, at = createdAt + 100 * second, source = 'poll' }: About = {},
): PaymentEvent => {
  const snapshot = snapshotOf({ ...ofAttempt(attempt), updated: Math.floor(at / second), ...more });
  return { kind: 'polled', attempt, askedAt: at, at, source, answer: { kind: 'seen', snapshot } };
};

export const absent = ({ attempt = 1, at = createdAt, source = 'poll' }: About = {}): PaymentEvent => ({
  kind: 'polled',
  attempt,
  askedAt: at,
  at,
  source,
  answer: { kind: 'absent' },
});

export const failureOf = (more: Partial<PlatformFailure> = {}): PlatformFailure => ({
  type: 'Unanswered',
  answer: 'no_answer',
  messages: [],
  retryAfterMs: null,
  earlier: null,
  ...more,
});

export const unanswered = (
  { attempt = 1, at = createdAt, source = 'poll' }: About = {},
  failure: Partial<PlatformFailure> = {},
): PaymentEvent => ({
  kind: 'polled',
  attempt,
  askedAt: at,
  at,
  source,
  answer: { kind: 'failed', failure: failureOf(failure) },
});

export const passed = (at: number): PaymentEvent => ({ kind: 'time_passed', at });

/** The platform takes a refund, or says something of one that it has. */
export const refundAccepted = (
  refundId: string,
  at: number,
  more: Partial<Extract<PaymentEvent, { kind: 'refund_accepted' }>> = {},
): PaymentEvent => ({ kind: 'refund_accepted', refundId, at, isNew: true, progress: 'under_way', ...more });

/** The platform would not do it, and says that repeating it changes nothing. */
export const refundRefused = (
  refundId: string,
  at = createdAt,
  messages: PlatformFailure['messages'] = [],
): PaymentEvent => ({
  kind: 'refund_unanswered',
  refundId,
  at,
  failure: failureOf({ type: 'Refused', answer: 'unprocessable', messages }),
});

/** A payment whose first invoice was created, and what became known of it since. */
export const after = (...events: readonly PaymentEvent[]): Payment => afterIn(inputOf(), ...events);

export const afterIn = (input: PaymentInput, ...events: readonly PaymentEvent[]): Payment =>
  [created(), ...events].reduce(apply, openPayment(input, startedAt));

/** The same, each fact followed by what the payment does by itself: refunds registered, outcomes told and taken. */
export const lived = (input: PaymentInput, ...events: readonly PaymentEvent[]): Payment =>
  met(openPayment(input, startedAt), created(), ...events);

/** What becomes of one that meets more. */
export const met = (payment: Payment, ...events: readonly PaymentEvent[]): Payment =>
  events.reduce((now, event) => atRest(apply(now, event)), payment);

/** By an operator. */
export const resolved = (payment: Payment, decision: Judgment['decision'], why = 'seen'): Payment =>
  met(payment, { kind: 'resolved', judgment: judgmentFor(payment, { decision, by: 'ann', why }) });

/** An order service asks for some of its money back: minor units of USD. */
export function withRefund(payment: Payment, refundId: string, minor: number): Payment {
  const refund = refundFor(payment, { refundId, amount: { minor, currency: 'USD' }, reason: 'returned' });
  if (!refund) throw new Error('there is nothing to refund');
  return met(payment, { kind: 'refund_registered', refund });
}

/** What can still be refunded of the first attempt, in minor units. */
export function remainder(payment: Payment): number {
  const [attempt] = payment.attempts;
  return attempt ? remainderOf(payment, attempt).minor : NaN;
}

export function atRest(payment: Payment): Payment {
  let next = payment;
  for (let steps = 0; steps < 50; steps++) {
    const event = ownEventOf(next, decide(next));
    if (!event) return next;
    next = apply(next, event);
  }
  throw new Error('it never comes to rest');
}

function ownEventOf({ clock }: Payment, { action }: Decision): PaymentEvent | null {
  switch (action?.kind) {
    case 'register_refund':
      return { kind: 'refund_registered', refund: action.refund };
    case 'decide_outcome':
      return { kind: 'outcome_decided', told: action.told };
    case 'deliver':
      return { kind: 'outcome_delivered', place: action.place, at: clock };
    default:
      return null;
  }
}
