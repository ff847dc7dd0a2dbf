import type { Money } from '../money.ts';
import type { FieldMessage, InvoiceDraft, InvoiceSnapshot, Redirect } from '../invoice/invoice.ts';
import { referenceIdFor, type OrderId, type ReferenceId } from '../identity.ts';
import type { RedirectRule } from '../invoice/redirect.ts';
import type { Choice, Service } from './service.ts';
import type { Terms } from './terms.ts';

export type FinalStatus = 'paid' | 'verified' | 'failed' | 'expired' | 'canceled';
export type MoneyMovedStatus =
  'refunding' | 'refunded' | 'partially_refunded' | 'charged_back' | 'partially_charged_back';
export type PaymentStatus =
  'choosing' | 'creating' | 'awaiting_payment' | 'canceling' | 'review' | FinalStatus | MoneyMovedStatus;

/** Where the knowledge that decided a payment came from (contract, section 3, `decidedBy`). */
export type Source = 'callback' | 'return' | 'poll' | 'expiry' | 'operator' | 'sweep';

/** What was in force when the payment started; later changes of the settings do not touch it. */
export interface Policy {
  readonly ttlSeconds: number;
  readonly maxAttempts: number;
  readonly pollPausesSeconds: readonly number[];
  /** Mode of the account's keys; an invoice of the other mode is never ours. */
  readonly testMode: boolean;
  readonly redirects: RedirectRule;
  /** Money that comes after the order was told unpaid (`LATE_PAYMENT`). */
  readonly latePayment: 'review' | 'refund' | 'accept';
  /** Money that comes while the payment is being canceled (`PAID_AFTER_CANCEL`). */
  readonly paidAfterCancel: 'refund' | 'review';
  /** Whether there is an `OUTCOME_URL`; without one, order services read by the client alone. */
  readonly tellsOutcomes: boolean;
  /** What is first tried as a local activity (`LOCAL_ACTIVITIES`); absent where 0.1.0 started the payment. */
  readonly localActivities?: 'off' | 'looks' | 'all';
}

export interface PaymentInput {
  readonly orderId: OrderId;
  /** Name of the order service that started it (`ORDER_API_KEYS`). */
  readonly owner: string;
  /** Of the request that started it, which so learns that it was the first. */
  readonly requestId: string;
  readonly terms: Terms;
  readonly policy: Policy;
}

/** One choice of a method and what became of it. Everything in it only ever grows. */
export interface Attempt {
  readonly number: number;
  readonly referenceId: ReferenceId;
  readonly choice: Choice;
  /** Epoch milliseconds, of the invoice; null until it is created. */
  readonly expiresAt: number | null;
  readonly redirect: Redirect | null;
  /** The most that any authenticated answer said of this attempt's invoice. */
  readonly seen: InvoiceSnapshot | null;
  /** Ways in which some authenticated answer differed from the order: a person decides. */
  readonly differences: readonly string[];
  /** The platform refused to create it; its own field messages. */
  readonly refusal: readonly FieldMessage[] | null;
  /** The platform no longer knows an invoice that it created. */
  readonly missing: boolean;
  /** An operator has it watched on until then, epoch milliseconds. */
  readonly watchUntil?: number;
}

/** An operator's decision about the reasons for a review that were known then; new reasons open another. */
export interface Resolution {
  readonly decision: 'accept' | 'reject' | 'refund';
  readonly by: string;
  readonly why: string;
  readonly reasons: readonly string[];
}

/** Money given back, or asked to be: registered before the platform is called, and kept whatever comes of it. */
export interface Refund {
  /** The asker's idempotency key. */
  readonly refundId: string;
  readonly attempt: number;
  readonly amount: Money;
  readonly reason: string;
  readonly askedBy: 'order_service' | 'rule' | 'operator';
  readonly answer: 'none' | 'accepted' | 'refused';
  readonly messages: readonly FieldMessage[];
}

export interface Payment {
  readonly input: PaymentInput;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  readonly deadlineAt: number;
  /** What the customer may choose from; null until the platform was asked. */
  readonly services: readonly Service[] | null;
  readonly attempts: readonly Attempt[];
  /** The order's deadline passed while no invoice was open. */
  readonly timeIsUp: boolean;
  /** The platform said nothing final for a day after the invoice's expiry. */
  readonly watchExhausted: boolean;
  readonly cancelReason: string | null;
  readonly resolutions: readonly Resolution[];
  readonly refunds: readonly Refund[];
  /** Refused refunds that an operator has seen to, by their ids. */
  readonly acknowledged?: readonly string[];
  readonly decidedBy: Source | null;
  /** The effective outcome once it is told: from here on only money that moves can change the status. */
  readonly settled: FinalStatus | null;
}

export function openPayment(input: PaymentInput, now: number): Payment {
  const ttlSeconds = input.terms.ttlSeconds ?? input.policy.ttlSeconds;
  const payment: Payment = {
    input,
    openedAt: now,
    deadlineAt: now + ttlSeconds * 1000,
    services: null,
    attempts: [],
    timeIsUp: false,
    watchExhausted: false,
    cancelReason: null,
    resolutions: [],
    refunds: [],
    decidedBy: null,
    settled: null,
  };
  const { service, serviceFields } = input.terms;
  return service === undefined
    ? payment
    : withAttempt(payment, { service, serviceFields: serviceFields ?? {} });
}

export function withAttempt(payment: Payment, choice: Choice): Payment {
  const number = payment.attempts.length + 1;
  const attempt: Attempt = {
    number,
    referenceId: referenceIdFor(payment.input.orderId, number),
    choice,
    expiresAt: null,
    redirect: null,
    seen: null,
    differences: [],
    refusal: null,
    missing: false,
  };
  return { ...payment, attempts: [...payment.attempts, attempt] };
}

export const currentAttempt = (payment: Payment): Attempt | null => payment.attempts.at(-1) ?? null;

export const maxAttemptsOf = ({ terms, policy }: PaymentInput): number =>
  terms.maxAttempts ?? policy.maxAttempts;

/** What the platform is asked to create for an attempt. */
export function draftOf(
  { terms, policy, owner }: PaymentInput,
  { referenceId, choice }: Attempt,
): InvoiceDraft {
  const { channel, amount, flow, locale, description, customer, metadata, gatewayOptions } = terms;
  return {
    channel,
    referenceId,
    owner,
    amount,
    service: choice.service,
    serviceFields: choice.serviceFields,
    flow,
    testMode: policy.testMode,
    locale,
    ...(description !== undefined && { description }),
    ...(customer && { customer }),
    ...(metadata && { metadata }),
    ...(gatewayOptions && { gatewayOptions }),
  };
}
