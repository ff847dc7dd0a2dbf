import { dayMs } from '../time.ts';
import { deliveryMs, type Delivery } from './outcome.ts';
import { growing } from './pauses.ts';

export const freshDelivery: Delivery = { state: 'waiting', since: null, tries: 0, notBefore: 0 };

/** Pause before the nth (from 1) repetition of a delivery (docs/contract.md §7). */
export const pauseOfDelivery = (tries: number): number => growing(5_000, dayMs / 2)(tries - 1);

/** One that is tried again later is tried now; its 78 hours go on. */
export const dueNow = (delivery: Delivery): Delivery =>
  delivery.state === 'waiting' ? { ...delivery, notBefore: 0 } : delivery;

/** 5 s doubling to 12 h, a last time when 78 h are over; then it waits for an operator. 410 ends it at once. */
export function afterRefusal(
  delivery: Delivery,
  { at, gone }: { readonly at: number; readonly gone: boolean },
): Delivery {
  if (delivery.state !== 'waiting') return delivery;
  const since = delivery.since ?? at;
  const end = since + deliveryMs;
  if (gone || at >= end) return { state: 'parked', at };
  const tries = delivery.tries + 1;
  return { state: 'waiting', since, tries, notBefore: Math.min(at + pauseOfDelivery(tries), end) };
}
