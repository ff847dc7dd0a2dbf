import type { OrderId } from './identity.ts';
import type { FinalStatus, MoneyMovedStatus } from './payment.ts';
import type { PaymentView } from './view.ts';

export type OutcomeStatus = FinalStatus | Exclude<MoneyMovedStatus, 'refunding'> | 'review';

/** What an order service is told once; every delivery of it carries the same id (contract, sections 3 and 4). */
export interface Outcome {
  readonly id: string;
  readonly type: `payment.${OutcomeStatus}`;
  /** RFC 3339. */
  readonly timestamp: string;
  readonly data: PaymentView;
}

/** The nth (from 1) outcome of an order. */
export const outcomeIdFor = (orderId: OrderId, number: number): string => `out_${orderId}_${number}`;
