import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { ChoiceAsking } from '../src/domain/payment/choice.ts';
import type { OrderId, ReferenceId } from '../src/domain/identity.ts';
import type { PaymentRecord } from '../src/domain/payment/record.ts';
import type { Tally } from '../src/domain/reconciliation/report.ts';
import type { Story } from '../src/domain/payment/operator-view.ts';
import type { Edge } from '../src/domain/reconciliation/window.ts';
import type { Terms } from '../src/domain/payment/terms.ts';
import type { RefundAsking } from '../src/domain/payment/refunding.ts';
import type { CallbackHint, Carried } from './carried.ts';

export type { CallbackHint } from './carried.ts';

export const paymentWorkflow = 'payment';
export const aftermathWorkflow = 'aftermath';
export const dailySweepWorkflow = 'dailySweep';
export const scheduledSweepWorkflow = 'scheduledSweep';

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
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly cursor: string | null;
  readonly edge: Edge | null;
  readonly tally: Tally;
}

/** What an aftermath goes on with: a payment as it ended, or a reference that no payment ever had. */
export type AftermathInput =
  | { readonly kind: 'ended'; readonly state: Carried }
  | {
      readonly kind: 'unknown';
      /** Null for a reference that this product never makes. */
      readonly orderId: OrderId | null;
      readonly referenceId: ReferenceId;
    };

export interface OperatorAction {
  /** Who acts: a person's name or address book id, kept in the history. */
  readonly by: string;
  readonly why: string;
}

export type ResolveAction = OperatorAction & { readonly decision: 'accept' | 'reject' | 'refund' };

/** `hours`: 24 where absent. */
export type ExtendAction = OperatorAction & { readonly hours?: number };

/** What a payment ends with: its record, and all that its aftermath goes on with. */
export type EndedPayment = PaymentRecord & { readonly state: Carried };

export const callbackReceived = defineSignal<[CallbackHint]>('callbackReceived');

/** Answers once there is something to show: the redirect, the services to choose from, or the end. */
export const awaitRedirect = defineUpdate<PaymentRecord, [{ owner: string; terms: Terms }]>('awaitRedirect');
export const chooseMethod = defineUpdate<PaymentRecord, [{ owner: string } & ChoiceAsking]>('chooseMethod');
export const cancelPayment = defineUpdate<PaymentRecord, [{ owner: string; reason: string }]>(
  'cancelPayment',
);
/** Answers once the platform has accepted or refused it. */
export const refund = defineUpdate<PaymentRecord, [{ owner: string; asking: RefundAsking }]>('refund');
/** Answers once the platform was asked after the customer's return. */
export const customerReturned = defineUpdate<PaymentRecord>('customerReturned');

export const resolve = defineUpdate<PaymentRecord, [ResolveAction]>('resolve');
export const reconcileNow = defineUpdate<PaymentRecord, [OperatorAction]>('reconcile-now');
/** A refused refund was seen to. */
export const acknowledge = defineUpdate<PaymentRecord, [OperatorAction]>('acknowledge');
export const redeliverOutcome = defineUpdate<PaymentRecord, [OperatorAction]>('redeliver-outcome');
export const extendWatch = defineUpdate<PaymentRecord, [ExtendAction]>('extend-watch');

export const paymentStory = defineQuery<Story>('story');
export const paymentRecord = defineQuery<PaymentRecord>('payment');

export const resolveAftermath = defineUpdate<undefined, [OperatorAction]>('resolve');
