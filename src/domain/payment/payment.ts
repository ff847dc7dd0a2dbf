import { referenceIdFor, type AccountId, type OrderId, type ReferenceId } from '../identity.ts';
import type { FieldMessage, InvoiceDraft, Redirect } from '../invoice/invoice.ts';
import type { Seen } from '../invoice/money-beats-none.ts';
import type { Trouble } from '../invoice/platform-failure.ts';
import type { RedirectRule } from '../invoice/redirect.ts';
import type { OperatorNote } from './operator-note.ts';
import type { Told } from './outcome.ts';
import type { Source } from './statuses.ts';
import type { Refund } from './refund.ts';
import type { Choice, Service } from './service.ts';
import type { Terms } from './terms.ts';
import { noTries, type Tries } from './tries.ts';

/** What was in force when the payment started; later changes of the settings do not touch it. */
export interface Policy {
  /** What is charged: the payment's invoices are there, and nowhere else. */
  readonly account: AccountId;
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
  /** The later payment of an order that is paid twice (`PAID_TWICE`). */
  readonly paidTwice: 'review' | 'refund';
  /** Whether the order service has an endpoint; without one, it reads by the client alone. */
  readonly tellsOutcomes: boolean;
}

export interface PaymentInput {
  readonly orderId: OrderId;
  /** Name of the order service that started it. */
  readonly owner: string;
  /** Of the request that started it, which so learns that it was the first. */
  readonly requestId: string;
  readonly terms: Terms;
  readonly policy: Policy;
}

/** How far an attempt's invoice has come to exist. */
type Creation =
  /** To be created, or to be looked for since a create's result is unknown. */
  | {
      readonly step: 'create';
      readonly tries: Tries;
      /** The platform is being asked: what comes of it is not known yet. */
      readonly isBegun: boolean;
    }
  | {
      readonly step: 'look_up';
      readonly tries: Tries;
      readonly lookUps: Tries;
      /** What the platform said to the create, where it said why. */
      readonly messages?: readonly FieldMessage[];
    }
  /** There is an invoice, or a form that makes one. */
  | { readonly step: 'made' }
  | { readonly step: 'refused'; readonly messages: readonly FieldMessage[] };

/** What the questions about one invoice have met; all times in epoch milliseconds. */
export interface Polls {
  readonly done: number;
  /** Since when there is something to ask about. */
  readonly since: number;
  /** When the last one began; null before the first. */
  readonly lastAt: number | null;
  /** In a row, without an answer, and with one that told nothing new. */
  readonly failed: number;
  readonly uneventful: number;
  /** The platform asked not to be asked before (Retry-After). */
  readonly notBefore: number;
  readonly trouble: Trouble | null;
}

export const noPolls = (since: number): Polls => ({
  done: 0,
  since,
  lastAt: null,
  failed: 0,
  uneventful: 0,
  notBefore: 0,
  trouble: null,
});

/** Something happened that the platform has not been asked about yet: it is owed a question that began after it. */
export interface WakeUp {
  readonly source: 'callback' | 'return' | 'operator' | 'sweep';
  /** What was claimed; null where nothing was. */
  readonly status: string | null;
  /** Unix seconds. */
  readonly updated: number | null;
  /** When it came, by the clock of whoever took it: epoch milliseconds. */
  readonly at: number;
  /** Of the daily reconciliation: `yyyy-mm-dd`. */
  readonly day?: string | undefined;
  /** The platform was asked for it, with or without an answer. */
  readonly isAsked: boolean;
  /** Answers since then that are older than what it claims, and when the first of them was asked for. */
  readonly contradicted: number;
  readonly firstAskedAt: number | null;
}

/** What is known of one reference at the platform. */
export interface Watched {
  readonly number: number;
  readonly referenceId: ReferenceId;
  /** The most that any authenticated answer said, whether or not it matches the order. */
  readonly seen: Seen | null;
  /** When the platform last said that there is no such invoice (epoch milliseconds). */
  readonly absentAt: number | null;
  readonly polls: Polls;
  readonly wakeUps: readonly WakeUp[];
  /** When a refund last failed, or a chargeback may have hidden that, as far as it was taken note of: unix seconds. */
  readonly setBackAt: number;
  /** Paid in another currency, and what went back has shown that the fee came on top. */
  readonly isFeeOnTop?: true;
  /** Since when none of its money has been left, as far as it was seen: unix seconds; 0 where some is, or none came. */
  readonly goneAt: number;
}

/** One choice of a method and what became of it. */
export interface Attempt extends Watched {
  readonly choice: Choice;
  readonly creation: Creation;
  /** Epoch milliseconds, of the invoice; null until it is created. */
  readonly expiresAt: number | null;
  readonly redirect: Redirect | null;
  /** Why nobody is sent to the invoice's page unless an operator accepts it; null where customers are, or there is none. */
  readonly redirectFault: string | null;
  /** An operator has it watched on until then, epoch milliseconds; 0 where none has. */
  readonly watchUntil: number;
}

/** An operator's decision about the reasons for review that were there to be seen; new facts make new ones. */
export interface Judgment {
  readonly decision: 'accept' | 'reject' | 'refund';
  readonly by: string;
  readonly why: string;
  /** Keys of the reasons for review. */
  readonly keys: readonly string[];
  /** References that they were about, with what each was worth by then (`worthOf`). */
  readonly about: readonly { readonly attempt: number; readonly worth: number }[];
}

/** What the platform said to a question of the daily reconciliation, and on which day's that was first. */
export interface Swept {
  readonly attempt: number;
  readonly day: string;
  /** Null: that there is no such invoice. */
  readonly status: string | null;
  readonly updated: number | null;
}

export interface Payment {
  readonly input: PaymentInput;
  /** Epoch milliseconds, as the other times here. */
  readonly openedAt: number;
  readonly deadlineAt: number;
  /** The latest time that any fact carried: it may lag behind the true time, and never leads. */
  readonly clock: number;
  /** What the customer may choose from; null until the platform was asked. */
  readonly services: readonly Service[] | null;
  readonly offering: Tries;
  readonly attempts: readonly Attempt[];
  /** References of this order that callbacks named and no attempt made. */
  readonly strays: readonly Watched[];
  readonly cancelReason: string | null;
  readonly judgments: readonly Judgment[];
  readonly refunds: readonly Refund[];
  /** Refused refunds that an operator has seen to, by their ids. */
  readonly acknowledged: readonly string[];
  /** Outcomes in the order in which they were decided. */
  readonly told: readonly Told[];
  readonly operators: readonly OperatorNote[];
  readonly swept: readonly Swept[];
  readonly decidedBy: Source | null;
}

export function openPayment(input: PaymentInput, now: number): Payment {
  const ttlSeconds = input.terms.ttlSeconds ?? input.policy.ttlSeconds;
  const payment: Payment = {
    input,
    openedAt: now,
    deadlineAt: now + ttlSeconds * 1000,
    clock: now,
    services: null,
    offering: noTries,
    attempts: [],
    strays: [],
    cancelReason: null,
    judgments: [],
    refunds: [],
    acknowledged: [],
    told: [],
    operators: [],
    swept: [],
    decidedBy: null,
  };
  const { service, serviceFields } = input.terms;
  return service === undefined
    ? payment
    : withAttempt(payment, { service, serviceFields: serviceFields ?? {} });
}

/** A stray of the new attempt's reference is what its create will meet. */
export function withAttempt(payment: Payment, choice: Choice): Payment {
  const number = payment.attempts.length + 1;
  const attempt: Attempt = {
    ...watched(payment, number),
    choice,
    creation: { step: 'create', tries: noTries, isBegun: false },
    expiresAt: null,
    redirect: null,
    redirectFault: null,
    watchUntil: 0,
  };
  return {
    ...payment,
    attempts: [...payment.attempts, attempt],
    strays: payment.strays.filter((stray) => stray.number !== number),
  };
}

export const watched = ({ input, clock }: Payment, number: number): Watched => ({
  number,
  referenceId: referenceIdFor(input.orderId, number),
  seen: null,
  absentAt: null,
  polls: noPolls(clock),
  wakeUps: [],
  setBackAt: 0,
  goneAt: 0,
});

/** With a change to everything that is watched for it: attempts and strays. */
export const withEachWatched = (
  payment: Payment,
  change: <Of extends Watched>(watched: Of) => Of,
): Payment => ({
  ...payment,
  attempts: payment.attempts.map((attempt) => change(attempt)),
  strays: payment.strays.map((stray) => change(stray)),
});

/** Whether reasons of this kind were among those it was about. */
export const isAboutReason = ({ keys }: Pick<Judgment, 'keys'>, kind: string): boolean =>
  keys.some((key) => key.startsWith(`${kind}/`));

export const currentAttempt = (payment: Payment): Attempt | null => payment.attempts.at(-1) ?? null;

export const attemptOf = ({ attempts }: Payment, number: number): Attempt | null =>
  attempts.find((attempt) => attempt.number === number) ?? null;

export const maxAttemptsOf = ({ terms, policy }: PaymentInput): number =>
  terms.maxAttempts ?? policy.maxAttempts;

/** What the platform is asked to create for an attempt. */
export function draftOf(
  { owner, terms, policy }: PaymentInput,
  { referenceId, choice }: Attempt,
): InvoiceDraft {
  const { channel, amount, flow, locale, description, customer, metadata, gatewayOptions } = terms;
  return {
    owner,
    channel,
    referenceId,
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
