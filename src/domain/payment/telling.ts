import type { OrderId } from '../identity.ts';
import type { OutcomeStatus } from './payment-status.ts';
import type { Told } from './outcome.ts';
import type { Payment } from './payment.ts';

/**
 * The nth (from 1) outcome of a payment. An order that Temporal has forgotten may have another payment one day, which
 * counts anew: the time of its start tells them apart.
 */
export const outcomeIdFor = (
  { input, openedAt }: { readonly input: { readonly orderId: OrderId }; readonly openedAt: number },
  number: number,
): string => `out_${input.orderId}_${openedAt.toString(36)}_${number}`;

/** The last outcome that was one: a review is told as a state. */
export const lastEffective = ({
  told,
}: Pick<Payment, 'told'>): (Told & { readonly status: Exclude<OutcomeStatus, 'review'> }) | null =>
  told.findLast(
    (it): it is Told & { readonly status: Exclude<OutcomeStatus, 'review'> } => it.status !== 'review',
  ) ?? null;

export function lastEffectiveId(payment: Payment): string | null {
  const index = payment.told.findLastIndex(({ status }) => status !== 'review');
  return index === -1 ? null : outcomeIdFor(payment, index + 1);
}

/** Outcomes are delivered in their order: the place of the first that was not taken; -1 where all were. */
export const undelivered = ({ told }: Payment): number =>
  told.findIndex(({ delivery }) => delivery.state !== 'delivered');

export const isParked = (payment: Payment): boolean =>
  payment.told.some(({ delivery }) => delivery.state === 'parked');
