import type { AnswerClass, Directive, Operation } from '../domain/invoice/directive-table.ts';
import type { FieldMessage, Invoice } from '../domain/invoice/invoice.ts';
import type { RefundState } from './refund-schema.ts';

/** What the directive table makes of an answer that is not a success, with all that may be kept of it. */
export interface PaytoneFailure {
  readonly operation: Operation;
  readonly answer: AnswerClass;
  readonly directive: Exclude<Directive, 'accept'>;
  /** Never sent: the platform rejects our credentials, and this call was not the one to ask it again. */
  readonly heldBack: boolean;
  readonly httpStatus: number | null;
  /** `Retry-After`, milliseconds, bounded to an hour. */
  readonly retryAfterMs: number | null;
  readonly messages: readonly FieldMessage[];
  /** The earlier transaction of a 409 whose body could be read. */
  readonly earlier: Invoice | null;
  /** The earlier refund of our reference, where that is what the 409 is about. */
  readonly earlierRefund: RefundState | null;
}

const texts: Readonly<Record<PaytoneFailure['directive'], string>> = {
  refuse: 'the platform refused it; nothing was created',
  absent: 'the platform does not know it',
  adopt: 'the platform has an earlier transaction of this reference',
  look_up: 'it is unknown whether the platform did it',
  park: 'the platform rejects our credentials for this call',
  back_off: 'the platform asks to come back later',
  retry: 'the platform did not answer',
};

const notSent = 'not sent, since the platform rejects our credentials';

/** A failed call. The message is a fixed text, since it ends in Temporal's history and in logs in clear. */
export class PaytoneError extends Error {
  override readonly name = 'PaytoneError';
  readonly failure: PaytoneFailure;

  constructor(failure: PaytoneFailure) {
    const { operation, directive, heldBack, httpStatus, answer } = failure;
    super(`${operation}: ${heldBack ? notSent : `${texts[directive]} (${httpStatus ?? answer})`}`);
    this.failure = failure;
  }
}
