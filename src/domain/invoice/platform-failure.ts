import type { AnswerClass } from './directive-table.ts';
import type { FailureType } from './failure-type.ts';
import type { FieldMessage, Invoice, RefundProgress } from './invoice.ts';

/** What a call of the platform met that did not succeed. */
export interface PlatformFailure {
  readonly type: FailureType;
  readonly answer: AnswerClass;
  readonly messages: readonly FieldMessage[];
  /** `Retry-After`, milliseconds. */
  readonly retryAfterMs: number | null;
  /** The earlier transaction of a 409 whose body could be read. */
  readonly earlier: Invoice | null;
  /** Of the earlier refund of a 409. */
  readonly refundProgress?: RefundProgress;
  /** Not sent: the platform rejects the account's credentials for everybody. */
  readonly heldBack?: boolean;
}

/** Why the platform does not answer as it should, for people. */
export type Trouble = 'credentials' | 'silent';

export const troubleOf = ({ type }: PlatformFailure): Trouble =>
  type === 'CredentialsRejected' ? 'credentials' : 'silent';

/** The platform would not do it, and repeating it changes nothing. */
export const isRefusal = ({ type }: PlatformFailure): boolean => type === 'Refused';

/** Nobody knows what became of it: it is looked for before it is repeated. */
export const isUnknown = ({ type }: PlatformFailure): boolean =>
  type === 'ResultUnknown' || type === 'AlreadyExists';
