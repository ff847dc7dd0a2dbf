import type { Payment } from './payment.ts';
import { isPending, type Refund } from './refund.ts';

/** One refund at a time, the oldest first: the next one begins when this one has ended. */
export const isNextRefund = ({ refunds }: Payment, refund: Refund): boolean =>
  refunds.find(isPending) === refund;
