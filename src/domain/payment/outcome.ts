import type { OrderId } from '../identity.ts';
import type { FinalStatus, MoneyMovedStatus, Payment, PaymentStatus } from './payment.ts';
import { paidAttempts, statusOf } from './status.ts';
import type { PaymentView } from './view.ts';

type OutcomeStatus = FinalStatus | Exclude<MoneyMovedStatus, 'refunding'> | 'review';

/** What an order service is told once; every delivery of it carries the same id (contract, sections 3 and 4). */
export interface Outcome {
  readonly id: string;
  readonly type: `payment.${OutcomeStatus}`;
  /** RFC 3339. */
  readonly timestamp: string;
  /** The `webhook-id` of the outcome that this one takes the place of, since money moved. */
  readonly supersedes?: string;
  readonly data: PaymentView;
}

/** The nth (from 1) outcome of an order. */
export const outcomeIdFor = (orderId: OrderId, number: number): string => `out_${orderId}_${number}`;

/** What was told of a payment: its status, and for returned money how much, so that each move is told once. */
export interface Told {
  readonly status: OutcomeStatus;
  readonly returned: string | null;
}

/** The last outcome of an order that was one: a review is told as a state. */
export function lastEffective(orderId: OrderId, told: readonly Told[]): string | null {
  const index = told.findLastIndex(({ status }) => status !== 'review');
  return index === -1 ? null : outcomeIdFor(orderId, index + 1);
}

const moves: readonly string[] = ['refunded', 'partially_refunded', 'charged_back', 'partially_charged_back'];

/** Money that moved since the last outcome, still to be told; null when nothing did. */
export function moveToTell(payment: Payment, told: readonly Told[]): Told | null {
  const status = statusOf(payment);
  if (payment.settled === null || !isMove(status)) return null;
  const returned = paidAttempts(payment)[0]?.seen?.refundedAmount ?? null;
  const last = told.findLast((it) => it.status !== 'review');
  return last?.status === status && last.returned === returned ? null : { status, returned };
}

const isMove = (status: PaymentStatus): status is Exclude<MoneyMovedStatus, 'refunding'> =>
  moves.includes(status);
