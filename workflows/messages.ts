import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { OrderId, ReferenceId } from '../src/domain/identity.ts';
import type { ChoiceAsking } from '../src/domain/payment/choice.ts';
import type { OperatorView } from '../src/domain/payment/operator-view.ts';
import type { Judgment, Payment } from '../src/domain/payment/payment.ts';
import type { PaymentRecord } from '../src/domain/payment/record.ts';
import type { RefundAsking } from '../src/domain/payment/refunding.ts';
import type { Terms } from '../src/domain/payment/terms.ts';
import type { Tally } from '../src/domain/reconciliation/report.ts';
import type { Edge } from '../src/domain/reconciliation/window.ts';

export const paymentWorkflow = 'payment';
export const aftermathWorkflow = 'aftermath';
export const unknownReferenceWorkflow = 'unknownReference';
export const redeliveryWorkflow = 'redelivery';
export const dailySweepWorkflow = 'dailySweep';
export const scheduledSweepWorkflow = 'scheduledSweep';

export const deliverOutcomeActivity = 'deliverOutcome' satisfies keyof Activities;
/** Its result is the first that a payment learns of its invoice. */
export const createInvoiceActivity = 'createInvoice' satisfies keyof Activities;

/** The sweep of a day and so its report (`{"day": "2026-11-23"}` is enough to run it by hand). */
export const sweepIdFor = (day: string): string => `sweep-${day}`;

export interface SweepInput {
  /** UTC, `yyyy-mm-dd`. */
  readonly day: string;
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

/** A reference that no payment ever had. */
export interface UnknownReferenceInput {
  /** Null for a reference that this product never makes. */
  readonly orderId: OrderId | null;
  readonly referenceId: ReferenceId;
}

export interface OperatorAction {
  /** Who acts: a person's name or address book id, kept in the history. */
  readonly by: string;
  readonly why: string;
  /** When, where the sender knows: epoch milliseconds. */
  readonly at?: number;
}

export type ResolveAction = OperatorAction & Pick<Judgment, 'decision'>;

/** `hours`: 24 where absent. */
export type ExtendAction = OperatorAction & { readonly hours?: number };

export const callbackReceived = defineSignal<[CallbackHint]>('callbackReceived');
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

export const resolve = defineUpdate<PaymentRecord, [ResolveAction]>('resolve');
export const reconcileNow = defineUpdate<PaymentRecord, [OperatorAction]>('reconcile-now');
/** A refused refund was seen to. */
export const acknowledge = defineUpdate<PaymentRecord, [OperatorAction]>('acknowledge');
export const redeliverOutcome = defineUpdate<PaymentRecord, [OperatorAction]>('redeliver-outcome');
export const extendWatch = defineUpdate<PaymentRecord, [ExtendAction]>('extend-watch');

export const paymentStory = defineQuery<OperatorView>('story');
export const paymentRecord = defineQuery<PaymentRecord>('payment');

export const resolveUnknown = defineUpdate<undefined, [OperatorAction]>('resolve');
