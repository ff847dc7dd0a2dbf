type Branded<Name extends string> = string & { readonly '~brand': Name };

/** The merchant's order: `^[A-Za-z0-9_-]{1,64}$` (docs/contract.md §3). */
export type OrderId = Branded<'OrderId'>;
/** The platform's `reference_id` of one attempt: `{orderId}` or `{orderId}.{n}` (docs/contract.md §4). */
export type ReferenceId = Branded<'ReferenceId'>;
/** A merchant's account at the platform, `coma_…`. */
export type AccountId = Branded<'AccountId'>;
/** The platform's invoice, `cpi_…`. */
export type InvoiceId = Branded<'InvoiceId'>;

const orderIdPattern = /^[A-Za-z0-9_-]{1,64}$/;
const referencePattern = /^([A-Za-z0-9_-]{1,64})(?:\.([1-9][0-9]{0,3}))?$/;
const accountIdPattern = /^[A-Za-z0-9_-]{1,128}$/;
const invoiceIdPattern = /^[A-Za-z0-9_-]{1,128}$/;

export const isOrderId = (text: string): text is OrderId => orderIdPattern.test(text);
export const isAccountId = (text: string): text is AccountId => accountIdPattern.test(text);
export const isInvoiceId = (text: string): text is InvoiceId => invoiceIdPattern.test(text);

/** @throws when the text is not an order id; callers at the edge ask `isOrderId` first. */
export function toOrderId(text: string): OrderId {
  if (!isOrderId(text)) throw new Error('not an order id');
  return text;
}

/** @throws when the text is not an account's id; settings are asked first. */
export function toAccountId(text: string): AccountId {
  if (!isAccountId(text)) throw new Error('not the id of an account');
  return text;
}

export const workflowIdFor = (orderId: OrderId): string => `payment-${orderId}`;
export const aftermathIdFor = (orderId: OrderId): string => `aftermath-${orderId}`;

/** The inverse of both; null for a workflow that is no order's. */
export function orderOfWorkflow(workflowId: string): OrderId | null {
  const orderId = /^(?:payment|aftermath)-(.*)$/.exec(workflowId)?.[1];
  return orderId !== undefined && isOrderId(orderId) ? orderId : null;
}

/** The order id itself for the first attempt, so that people find an order at the platform by its own number. */
export function referenceIdFor(orderId: OrderId, attempt: number): ReferenceId {
  return (attempt === 1 ? orderId : `${orderId}.${attempt}`) as ReferenceId;
}

/**
 * The `webhook-id` of the nth (from 1) outcome of a payment, decided at an instant (epoch milliseconds). The number alone would name two: an
 * order that Temporal has forgotten counts anew, and so does a run that an operator has reset.
 */
export const outcomeIdFor = (
  { input }: { readonly input: { readonly orderId: OrderId } },
  number: number,
  decidedAt: number,
): string => `out_${input.orderId}_${decidedAt.toString(36)}_${number}`;

/** A reference taken apart. */
export interface Reference {
  readonly orderId: OrderId;
  readonly attempt: number;
}

/** A reference that this product never makes, to ask the platform about. */
export const toForeignReference = (reference: string): ReferenceId => reference as ReferenceId;

/** The inverse of `referenceIdFor`; null for a reference that this product never makes. */
export function orderOfReference(reference: string): Reference | null {
  const match = referencePattern.exec(reference);
  const orderId = match?.[1];
  if (orderId === undefined || !isOrderId(orderId)) return null;
  const attempt = match?.[2] === undefined ? 1 : Number(match[2]);
  return referenceIdFor(orderId, attempt) === reference ? { orderId, attempt } : null;
}
