import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { OrderId } from '../src/domain/identity.ts';
import type { PaymentRecord } from '../src/domain/record.ts';
import type { Choice } from '../src/domain/service.ts';
import type { Terms } from '../src/domain/terms.ts';
import type { PaymentView } from '../src/domain/view.ts';

export const paymentWorkflow = 'payment';
export const aftermathWorkflow = 'aftermath';

export interface AftermathInput {
  readonly orderId: OrderId;
  /** The payment as it ended, or null for a reference that no payment ever had. */
  readonly known: PaymentView | null;
}

/** What a signed callback is allowed to say: where to look, and whether looking can tell anything new. */
export interface CallbackHint {
  readonly attempt: number;
  readonly status: string | null;
  /** Unix seconds. */
  readonly updated: number | null;
}

export interface OperatorAction {
  /** Who acts: a person's name or address book id, kept in the history. */
  readonly by: string;
  readonly why: string;
}

export type ResolveAction = OperatorAction & { readonly decision: 'accept' | 'reject' };

export const callbackReceived = defineSignal<[CallbackHint]>('callbackReceived');

/** Answers once there is something to show: the redirect, the services to choose from, or the end. */
export const awaitRedirect = defineUpdate<PaymentRecord, [{ owner: string; terms: Terms }]>('awaitRedirect');
export const chooseMethod = defineUpdate<PaymentRecord, [{ owner: string; choice: Choice }]>('chooseMethod');
export const cancelPayment = defineUpdate<PaymentRecord, [{ owner: string; reason: string }]>(
  'cancelPayment',
);
/** Answers once the platform was asked after the customer's return. */
export const customerReturned = defineUpdate<PaymentRecord>('customerReturned');

export const resolve = defineUpdate<PaymentRecord, [ResolveAction]>('resolve');
export const reconcileNow = defineUpdate<PaymentRecord, [OperatorAction]>('reconcile-now');
export const redeliverOutcome = defineUpdate<PaymentRecord, [OperatorAction]>('redeliver-outcome');

export const paymentRecord = defineQuery<PaymentRecord>('payment');

export const resolveAftermath = defineUpdate<undefined, [OperatorAction]>('resolve');
