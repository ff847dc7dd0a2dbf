import type { FieldMessage } from '../invoice/invoice.ts';
import type { Money } from '../money.ts';
import type { Tries } from './retry-after.ts';

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

export type RefundLife =
  /**
   * `isInDoubt`: it was accepted, and something has failed since: the platform is asked once more for the same refund.
   * `givenUp`: what it had become before, where an operator waits for it no longer.
   */
  | {
      readonly state: 'asked';
      readonly tries: Tries;
      readonly isInDoubt?: true;
      readonly givenUp?: AbandonedLife;
    }
  /** `isDone`: the platform has said so of this refund; its total may not show it yet. */
  | (OwedLife & { readonly state: 'accepted'; readonly isDone: boolean })
  | AbandonedLife
  | { readonly state: 'done' }
  /** The platform would not do it. */
  | { readonly state: 'refused'; readonly messages: readonly FieldMessage[] }
  /** It could not; `isByAnswer`: it said so of this refund, and what it says of the invoice may follow. */
  | { readonly state: 'failed'; readonly messages: readonly FieldMessage[]; readonly isByAnswer?: true };

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
export const refundSince = ({ life, registeredAt }: Refund): number =>
  life.state === 'accepted' ? life.at : registeredAt;
