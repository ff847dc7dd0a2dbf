import { createHash } from 'node:crypto';
import { TypedSearchAttributes } from '@temporalio/common';
import { aftermathIdFor, workflowIdFor } from '../domain/identity.ts';
import { formatMoney } from '../domain/money.ts';
import type { Payment, PaymentInput } from '../domain/payment/payment.ts';
import type { Continuation } from '../../workflows/messages.ts';
import { initialAttributes, initialMemo, lifelongAttributes } from '../../workflows/search-attributes.ts';

/** Temporal takes no longer one: bytes. */
const longestFairnessKey = 64;

/** Each order service has its share of the workers, whatever the others do, where the server is told to be fair. */
function shareOf({ owner }: Pick<PaymentInput, 'owner'>) {
  const isShort = Buffer.byteLength(owner) <= longestFairnessKey;
  return { fairnessKey: isShort ? owner : createHash('sha256').update(owner).digest('hex') };
}

/** How the aftermath of a payment is started: found as the payment itself is. */
export function aftermathOptions(taskQueue: string, { input, ...ended }: Payment) {
  return {
    workflowId: aftermathIdFor(input.orderId),
    args: [input, ended] as [PaymentInput, Continuation],
    taskQueue,
    typedSearchAttributes: new TypedSearchAttributes(lifelongAttributes({ ...ended, input })),
    memo: initialMemo(input),
    priority: shareOf(input),
  } as const;
}

/** How a payment's workflow is started: once an order, for as long as the namespace remembers it. */
export function startOptions(taskQueue: string, input: PaymentInput) {
  const { orderId, terms } = input;
  return {
    workflowId: workflowIdFor(orderId),
    args: [input] as [PaymentInput],
    taskQueue,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `Order ${orderId}: ${formatMoney(terms.amount)} ${terms.amount.currency}`,
    typedSearchAttributes: new TypedSearchAttributes(initialAttributes(input, Date.now())),
    memo: initialMemo(input),
    priority: shareOf(input),
  } as const;
}
