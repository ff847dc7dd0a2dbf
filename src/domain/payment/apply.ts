import { assertNever } from '../assert-never.ts';
import type { FieldMessage, Invoice, InvoiceSnapshot } from '../invoice/invoice.ts';
import { adoptionDifferencesOf, differencesOf } from '../invoice/matching.ts';
import {
  withAttempt,
  type Attempt,
  type FinalStatus,
  type Payment,
  type Refund,
  type Resolution,
  type Source,
} from './payment.ts';
import { redirectFaultOf } from '../invoice/redirect.ts';
import type { Choice, Service } from './service.ts';
import { laterOf } from '../invoice/invoice-state.ts';
import { statusOf } from './status.ts';

/** Everything that can become known of a payment. */
export type PaymentEvent =
  | { readonly kind: 'services_offered'; readonly services: readonly Service[] }
  | { readonly kind: 'method_chosen'; readonly choice: Choice }
  | {
      readonly kind: 'invoice_created';
      readonly attempt: number;
      readonly invoice: Invoice;
      /** Epoch milliseconds. */
      readonly expiresAt: number;
    }
  | {
      readonly kind: 'form_handed_out';
      readonly attempt: number;
      readonly redirect: Attempt['redirect'];
      readonly expiresAt: number;
    }
  | {
      readonly kind: 'creation_refused';
      readonly attempt: number;
      readonly messages: readonly FieldMessage[];
    }
  | {
      readonly kind: 'observed';
      readonly attempt: number;
      readonly snapshot: InvoiceSnapshot;
      readonly source: Source;
    }
  | { readonly kind: 'invoice_missing'; readonly attempt: number }
  | { readonly kind: 'order_time_up' }
  | { readonly kind: 'watch_exhausted' }
  | { readonly kind: 'watch_extended'; readonly attempt: number; readonly until: number }
  | { readonly kind: 'cancel_requested'; readonly reason: string }
  | { readonly kind: 'resolved'; readonly resolution: Resolution }
  | { readonly kind: 'refund_registered'; readonly refund: Refund }
  | {
      readonly kind: 'refund_answered';
      readonly refundId: string;
      readonly answer: 'accepted' | 'refused';
      readonly messages: readonly FieldMessage[];
    }
  | { readonly kind: 'refusals_acknowledged'; readonly refundIds: readonly string[] }
  | { readonly kind: 'settled'; readonly status: FinalStatus };

/**
 * The one place where what is known changes. Total; observations only ever add knowledge (the most that was said
 * wins, differences and flags accumulate), so any order of the same observations ends in the same state. Only
 * `decidedBy`, which tells who brought the last change of status, depends on the order.
 */
export function reduce(payment: Payment, event: PaymentEvent): Payment {
  const next = learn(payment, event);
  if (statusOf(next) === statusOf(payment)) return next;
  return { ...next, decidedBy: sourceOf(event) ?? next.decidedBy };
}

function learn(payment: Payment, event: PaymentEvent): Payment {
  switch (event.kind) {
    case 'services_offered':
      return { ...payment, services: event.services };
    case 'method_chosen':
      return withAttempt(payment, event.choice);
    case 'order_time_up':
      return { ...payment, timeIsUp: true };
    case 'watch_exhausted':
      return { ...payment, watchExhausted: true };
    case 'cancel_requested':
      return { ...payment, cancelReason: payment.cancelReason ?? event.reason };
    case 'resolved':
      return { ...payment, resolutions: [...payment.resolutions, event.resolution] };
    case 'refund_registered':
      return { ...payment, refunds: [...payment.refunds, event.refund] };
    case 'refund_answered':
      return { ...payment, refunds: payment.refunds.map((refund) => answered(refund, event)) };
    case 'refusals_acknowledged':
      return { ...payment, acknowledged: [...(payment.acknowledged ?? []), ...event.refundIds] };
    case 'settled':
      return { ...payment, settled: event.status };
    case 'watch_extended':
      return { ...changeAttempt(payment, event), watchExhausted: false };
    default:
      return changeAttempt(payment, event);
  }
}

const answered = (
  refund: Refund,
  { refundId, answer, messages }: Extract<PaymentEvent, { readonly kind: 'refund_answered' }>,
): Refund => (refund.refundId === refundId ? { ...refund, answer, messages } : refund);

type AttemptEvent = Extract<PaymentEvent, { readonly attempt: number }>;

function changeAttempt(payment: Payment, event: AttemptEvent): Payment {
  const attempts = payment.attempts.map((attempt) =>
    attempt.number === event.attempt ? learnOfAttempt(payment, attempt, event) : attempt,
  );
  return { ...payment, attempts };
}

function learnOfAttempt({ input }: Payment, attempt: Attempt, event: AttemptEvent): Attempt {
  switch (event.kind) {
    case 'invoice_created': {
      const { snapshot, redirect } = event.invoice;
      const fault = redirectFaultOf(redirect, input.policy.redirects);
      const differences = adoptionDifferencesOf(input, attempt, snapshot);
      return {
        ...saw(attempt, snapshot, fault === null ? differences : [...differences, fault]),
        redirect: fault === null ? redirect : null,
        expiresAt: event.expiresAt,
      };
    }
    case 'form_handed_out':
      return { ...attempt, redirect: event.redirect, expiresAt: event.expiresAt };
    case 'creation_refused':
      return { ...attempt, refusal: event.messages };
    case 'observed':
      return saw(attempt, event.snapshot, differencesOf(input, attempt, event.snapshot));
    case 'invoice_missing':
      return { ...attempt, missing: true };
    case 'watch_extended':
      return { ...attempt, watchUntil: Math.max(attempt.watchUntil ?? 0, event.until) };
    default:
      return assertNever(event);
  }
}

const saw = (attempt: Attempt, snapshot: InvoiceSnapshot, differences: readonly string[]): Attempt => ({
  ...attempt,
  seen: differences.length === 0 ? laterOf(attempt.seen, snapshot) : attempt.seen,
  differences: [...new Set([...attempt.differences, ...differences])].sort(),
});

function sourceOf(event: PaymentEvent): Source | null {
  switch (event.kind) {
    case 'observed':
      return event.source;
    case 'order_time_up':
      return 'expiry';
    case 'resolved':
      return 'operator';
    default:
      return null;
  }
}
