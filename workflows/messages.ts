import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type {
  UnmatchedDecision,
  UnmatchedMoney,
  UnknownReference,
} from '../src/domain/unmatched-money/unmatched-money.ts';
import type { UnmatchedMoneyView } from '../src/domain/unmatched-money/unmatched-view.ts';
import type { AccountId } from '../src/domain/identity.ts';
import type { ActResult } from '../src/domain/payment/act-result.ts';
import type { ChoiceAsking } from '../src/domain/payment/choice.ts';
import type { OperatorRefund } from '../src/domain/payment/operator-refund.ts';
import type { OperatorView } from '../src/domain/payment/operator-view.ts';
import type { Judgment, Payment } from '../src/domain/payment/payment.ts';
import type { PaymentRecord } from '../src/domain/payment/payment-record.ts';
import type { RefundAsking } from '../src/domain/payment/refundable.ts';
import type { Terms } from '../src/domain/payment/terms.ts';
import type { Tally } from '../src/domain/reconciliation/report.ts';
import type { Edge } from '../src/domain/reconciliation/page-window.ts';

export const paymentWorkflow = 'payment';
export const aftermathWorkflow = 'aftermath';
export const unknownReferenceWorkflow = 'unknownReference';
export const redeliveryWorkflow = 'redelivery';
export const dailySweepWorkflow = 'dailySweep';
export const scheduledSweepWorkflow = 'scheduledSweep';
export const recoveryWorkflow = 'recovery';

/** The watch over an order service that takes no outcomes. */
export const recoveryIdFor = (owner: string): string => `recovery-${owner}`;

export interface RecoveryInput {
  /** The order service's name. */
  readonly owner: string;
  /** Since when it takes nothing: epoch milliseconds. */
  readonly since: number;
  /** Tries before this run, where it is continued as new. */
  readonly tries?: number;
}

/** How an order service stands that takes no outcomes; times are RFC 3339. */
export interface RecoveryView {
  readonly owner: string;
  readonly failingSince: string;
  readonly tries: number;
  readonly nextTryAt: string;
  /** Payments that wait with an outcome; null before the first try. */
  readonly waiting: number | null;
}

/** The header in which Temporal's own tracing interceptors put the W3C trace context. */
export const traceHeader = '_tracer-data';

export const deliverOutcomeActivity = 'deliverOutcome' satisfies keyof Activities;
/** Its result is the first that a payment learns of its invoice. */
export const createInvoiceActivity = 'createInvoice' satisfies keyof Activities;

/**
 * The sweep of a day and so its report (`{"day": "2026-11-23"}` is enough to run it by hand): of the account of the
 * environment, or of another one.
 */
export const sweepIdFor = (day: string, account?: AccountId): string =>
  account === undefined ? `sweep-${day}` : `sweep-${day}-${account}`;

export interface SweepInput {
  /** UTC, `yyyy-mm-dd`. */
  readonly day: string;
  /** Absent for that of the environment. */
  readonly account?: AccountId;
  /** Changes younger than this are left to the callback that may be on its way; 600 where absent. */
  readonly graceSeconds?: number;
  /** What is carried over when a long history is continued as new. */
  readonly state?: SweepState;
}

export interface SweepState {
  /** Epoch milliseconds; `clock` is the latest time that any page carried. */
  readonly startedAt: number;
  readonly clock: number;
  readonly cursor: string | null;
  readonly edge: Edge | null;
  readonly tally: Tally;
}

/** What a signed callback is allowed to say: where to look, and whether looking can tell anything new. */
export interface CallbackHint {
  readonly attempt: number;
  readonly status: string | null;
  /** Unix seconds. */
  readonly updated: number | null;
  /** When the ingress took it: epoch milliseconds. */
  readonly receivedAt?: number;
  /** Absent for a callback; the daily sweep says where one was missing. */
  readonly source?: 'sweep';
  /** Of the sweep: `yyyy-mm-dd`. */
  readonly day?: string;
}

/** When the customer came back, by the ingress's clock: epoch milliseconds. */
export interface CustomerReturn {
  readonly at: number;
}

/** A payment without what its run is started with anyway. */
export type Continuation = Omit<Payment, 'input'>;

export interface UnknownReferenceInput extends UnknownReference {
  /** What is carried over when a long history is continued as new. */
  readonly state?: UnmatchedMoney;
}

export interface OperatorAction {
  /** Who acts: a person's name or address book id, kept in the history. */
  readonly by: string;
  readonly why: string;
  /** When, where the sender knows: epoch milliseconds. */
  readonly at?: number;
}

export type ResolveAction = OperatorAction & Pick<Judgment, 'decision'>;

export type UnmatchedResolveAction = OperatorAction & { readonly decision: UnmatchedDecision };

export type RefundAction = OperatorAction & OperatorRefund;

/** `hours`: 24 where absent. */
export type ExtendAction = OperatorAction & { readonly hours?: number };

export const callbackReceived = defineSignal<[CallbackHint]>('callbackReceived');
/** The order service takes outcomes again, or may: one that waits is delivered now. */
export const deliverNow = defineSignal('deliverNow');
/** Claims nothing: the platform is asked, and the answer is there to be read. */
export const customerReturned = defineSignal<[CustomerReturn]>('customerReturned');

/** Answers once there is something to show: the redirect, the services to choose from, or the end. */
export const awaitRedirect = defineUpdate<PaymentRecord, [{ owner: string; terms: Terms }]>('awaitRedirect');
export const chooseMethod = defineUpdate<PaymentRecord, [{ owner: string } & ChoiceAsking]>('chooseMethod');
export const cancelPayment = defineUpdate<PaymentRecord, [{ owner: string; reason: string }]>(
  'cancelPayment',
);
/** Answers once the platform has accepted or refused it. */
export const refund = defineUpdate<PaymentRecord, [{ owner: string; asking: RefundAsking }]>('refund');

/** Operators' acts: each answers with what became of it. */
export type ActAnswer = PaymentRecord & ActResult;
export const resolve = defineUpdate<ActAnswer, [ResolveAction]>('resolve');
export const reconcileNow = defineUpdate<ActAnswer, [OperatorAction]>('reconcile-now');
/** A refused refund was seen to. */
export const acknowledge = defineUpdate<ActAnswer, [OperatorAction]>('acknowledge');
export const redeliverOutcome = defineUpdate<ActAnswer, [OperatorAction]>('redeliver-outcome');
export const extendWatch = defineUpdate<ActAnswer, [ExtendAction]>('extend-watch');

/** As the order service's own, with a person's name to it. */
export const operatorRefund = defineUpdate<ActAnswer, [RefundAction]>('operator-refund');
export const operatorCancel = defineUpdate<ActAnswer, [OperatorAction]>('operator-cancel');
/** Kept on the payment's page, for whoever looks next. */
export const operatorNote = defineUpdate<ActAnswer, [OperatorAction]>('note');

export const paymentStory = defineQuery<OperatorView>('story');
export const recoveryState = defineQuery<RecoveryView>('recovery');
export const paymentRecord = defineQuery<PaymentRecord>('payment');

/** Answers once the platform has said what becomes of a refund, or that it does not. */
export const resolveUnknown = defineUpdate<UnmatchedMoneyView & ActResult, [UnmatchedResolveAction]>(
  'resolve',
);
export const unmatchedMoneyStory = defineQuery<UnmatchedMoneyView>('late-money');
