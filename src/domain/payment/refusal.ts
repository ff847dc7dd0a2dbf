import type { FieldMessage } from '../invoice/invoice.ts';

/** Why a payment did not take a message; the type is what stands in Temporal's history. */
export const refusalTypes = {
  /** Another state than the message needs. */
  state: 'WrongState',
  /** The payment is over. */
  over: 'Over',
  /** The same order with other terms. */
  terms: 'TermsDiffer',
  /** The same refund with another amount. */
  refund: 'RefundDiffers',
  /** A payment that another order service started: for the asker it is not there. */
  owner: 'NotYours',
  /** Input that is well-formed and refused. */
  input: 'InputRefused',
} as const;

export type RefusalType = (typeof refusalTypes)[keyof typeof refusalTypes];

/** What an update's rejection carries; texts are for people and hold no customer data. */
export interface UpdateRefusal {
  readonly type: RefusalType;
  readonly detail: string;
  readonly errors: readonly FieldMessage[];
}

export const refusal = (type: RefusalType, detail: string, field?: string): UpdateRefusal => ({
  type,
  detail,
  errors: field === undefined ? [] : [{ field, message: detail }],
});

/** The payment is in another state than the message needs. */
export const wrongState = (detail: string): UpdateRefusal => refusal(refusalTypes.state, detail);
