import type { FieldMessage } from '../invoice/invoice.ts';
import type { Money } from '../money.ts';
import type { Tries } from './tries.ts';

/** Money given back, or asked to be: registered before the platform is called, and kept whatever comes of it. */
export interface Refund {
  /** The asker's idempotency key. */
  readonly refundId: string;
  readonly attempt: number;
  /** In the invoice's currency. */
  readonly amount: Money;
  readonly reason: string;
  readonly askedBy: 'order_service' | 'rule' | 'operator';
  /** Epoch milliseconds. */
  readonly registeredAt: number;
  /** What had gone back by then, minor units of the invoice's currency, and the refunds still on their way. */
  readonly baseline: number;
  readonly behind: readonly string[];
  /** The platform was at a refund of the dashboard then: its totals may count that one, done or not. */
  readonly isBeside: boolean;
  readonly life: RefundLife;
}

/** The platform may still do it. */
interface OwedLife {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Asked for again, it was said to exist, and nothing more (409). */
  readonly isUnsaid?: true;
}

/** An operator does not wait for it any longer; the platform may do it all the same. */
interface AbandonedLife extends OwedLife {
  readonly state: 'abandoned';
  readonly messages: readonly FieldMessage[];
}

/** The platform would not do it; or it was given up before any call can have made it, and one may be under way. */
interface RefusedLife {
  readonly state: 'refused';
  readonly messages: readonly FieldMessage[];
  readonly isGivenUp?: true;
}

export type GivenUpLife = AbandonedLife | (RefusedLife & { readonly isGivenUp: true });

export type RefundLife =
  /**
   * `isInDoubt`: it was accepted, and something has failed since: the platform is asked once more for the same refund.
   * `since`: when it was accepted, which its patience still counts from.
   * `givenUp`: what it had become before, where an operator waits for it no longer.
   * `mayExist`: not every call of it was answered so that nothing was made.
   */
  | {
      readonly state: 'asked';
      readonly tries: Tries;
      readonly isInDoubt?: true;
      readonly since?: number;
      readonly givenUp?: AbandonedLife;
      readonly mayExist?: true;
    }
  /** `isDone`: the platform has said so of this refund; its total may not show it yet. */
  | (OwedLife & { readonly state: 'accepted'; readonly isDone: boolean })
  | AbandonedLife
  | { readonly state: 'done' }
  | RefusedLife
  /** It could not; `isByAnswer`: it said so of this refund, and what it says of the invoice may follow. */
  | { readonly state: 'failed'; readonly messages: readonly FieldMessage[]; readonly isByAnswer?: true };

export const isGivenUp = (life: RefundLife): life is GivenUpLife =>
  life.state === 'abandoned' || (life.state === 'refused' && life.isGivenUp === true);

/** None of its calls that were answered can have made it. */
export const cannotExist = ({ life }: Refund): boolean => life.state === 'asked' && !life.mayExist;

/** What becomes of one that an operator gives up: what the platform cannot have leaves its money to be refunded. */
export const givenUp = (refund: Refund, messages: readonly FieldMessage[]): GivenUpLife =>
  cannotExist(refund)
    ? { state: 'refused', messages, isGivenUp: true }
    : { state: 'abandoned', at: refundSince(refund), messages };

export type RefundStatus = 'pending' | 'processed' | 'refused';

const statuses: Readonly<Record<RefundLife['state'], RefundStatus>> = {
  asked: 'pending',
  accepted: 'pending',
  abandoned: 'refused',
  done: 'processed',
  refused: 'refused',
  failed: 'refused',
};

export const refundStatusOf = ({ life }: Pick<Refund, 'life'>): RefundStatus => statuses[life.state];

export const isPending = (refund: Refund): boolean => refundStatusOf(refund) === 'pending';

/** What the platform's refund carries as its `reference_id`: unique, and the same on every try. */
export const refundReferenceFor = (
  { referenceId }: { readonly referenceId: string },
  { refundId }: Pick<Refund, 'refundId'>,
): string => `${referenceId}-r-${refundId}`;

/** Why a refund was refused; null where it was not. */
export function refusalTextOf({ life }: Pick<Refund, 'life'>): string | null {
  if (!('messages' in life)) return null;
  const said = life.messages.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  if (said.length > 0) return said.join('; ');
  return life.state === 'failed' ? 'the refund failed at the platform' : 'the platform refused the refund';
}

/** Since when the platform owes an end to it (epoch milliseconds). */
export function refundSince({ life, registeredAt }: Refund): number {
  if (life.state === 'accepted') return life.at;
  return (life.state === 'asked' && life.since) || registeredAt;
}
