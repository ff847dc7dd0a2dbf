import type { OutcomeStatus } from './statuses.ts';
import type { PaymentView } from './payment-view.ts';

/** What an order service is told once; every delivery carries the same id (docs/contract.md §3 and §4). */
export interface Outcome {
  readonly id: string;
  readonly type: `payment.${OutcomeStatus}`;
  /** RFC 3339. */
  readonly timestamp: string;
  /** The `webhook-id` of the outcome that this one takes the place of. */
  readonly supersedes?: string;
  readonly data: PaymentView;
}

/** Who is to take an outcome: the endpoints of a payment's owner, save those that have accepted it, by their URLs. */
export interface Receivers {
  readonly owner: string;
  readonly acceptedBy: readonly string[];
  /** It was tried before, and nobody asks for it: an endpoint that is down is spared it. */
  readonly isRepeat?: true;
}

/** How an outcome's deliveries stand; times in epoch milliseconds. */
export type Delivery =
  | {
      readonly state: 'waiting';
      readonly since: number | null;
      readonly tries: number;
      /** 0 where it is new, or asked for. */
      readonly notBefore: number;
    }
  | { readonly state: 'delivered'; readonly at: number }
  /** Until an operator asks for it again. */
  | { readonly state: 'parked'; readonly at: number };

/** An outcome that was decided. */
export interface Told {
  /** The `webhook-id`. */
  readonly id: string;
  readonly status: OutcomeStatus;
  /** Of `movedOf`, by which each move of money is told once. */
  readonly moved: string;
  /** Minor units that had been charged back, of whichever currency; absent where none had. */
  readonly chargedBack?: number;
  /** As it is sent; null where nobody is told, and once it was taken. */
  readonly outcome: Outcome | null;
  readonly delivery: Delivery;
  /** URLs of the endpoints that accepted it while another did not; absent where there are none. */
  readonly acceptedBy?: readonly string[];
  /** What the order service answered to the last delivery, where it did not take it. */
  readonly refusal: string | null;
}

/** How long an order service is asked to take an outcome (docs/contract.md §7). */
export const deliveryMs = 78 * 60 * 60 * 1000;
