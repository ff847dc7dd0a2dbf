import type { Payment } from './payment.ts';
import { wrongState, type UpdateRefusal } from './refusal.ts';

/** Outcomes are delivered in their order: the place of the first that was not taken; -1 where all were. */
export const undelivered = ({ told }: Payment): number =>
  told.findIndex(({ delivery }) => delivery.state !== 'delivered');

/** The order service did not take it when it was tried last. */
export function owesDelivery(payment: Payment): boolean {
  const delivery = payment.told[undelivered(payment)]?.delivery;
  return delivery?.state === 'waiting' && delivery.tries > 0;
}

/** So many tries in a row, within half a minute, are no hiccup. */
const mostHiccups = 2;

/** The order service does not take what it is told, and is told again. */
export const isFailing = (payment: Payment): boolean =>
  payment.told.some(({ delivery }) => delivery.state === 'waiting' && delivery.tries > mostHiccups);

export const isParked = (payment: Payment): boolean =>
  payment.told.some(({ delivery }) => delivery.state === 'parked');

/** Why there is nothing to send again, or null. */
export const refusalOfRedelivery = (payment: Payment): UpdateRefusal | null =>
  isParked(payment) || undelivered(payment) !== -1
    ? null
    : wrongState('the order service has taken every outcome');
