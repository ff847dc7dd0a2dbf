import type { PaymentEvent } from './events.ts';
import { deliveryMs, type Delivery, type Told } from './outcome.ts';
import type { Payment } from './payment.ts';
import { pauseOfDelivery } from './polling.ts';
import { undelivered } from './telling.ts';

type OutcomeEvent = Extract<
  PaymentEvent,
  { kind: 'outcome_decided' | 'outcome_delivered' | 'delivery_failed' | 'redelivery_asked' }
>;

/** What became of telling the order service. */
export function applyToOutcome(payment: Payment, event: OutcomeEvent): Payment {
  switch (event.kind) {
    case 'outcome_decided':
      return { ...payment, told: [...payment.told, event.told] };
    case 'outcome_delivered':
      return change(payment, event.place, () => ({
        delivery: { state: 'delivered', at: event.at },
        outcome: null,
        refusal: null,
      }));
    case 'delivery_failed':
      return change(payment, event.place, ({ delivery }) => ({
        delivery: afterRefusal(delivery, event),
        refusal: event.why,
      }));
    case 'redelivery_asked':
      return change(payment, undelivered(payment), () => ({ delivery: freshDelivery }));
  }
}

export const freshDelivery: Delivery = { state: 'waiting', since: null, tries: 0, notBefore: 0 };

function change(payment: Payment, place: number, how: (told: Told) => Partial<Told>): Payment {
  const told = payment.told.map((it, index) => (index === place ? { ...it, ...how(it) } : it));
  return { ...payment, told };
}

/** 5 s doubling to 12 h, a last time when 78 h are over; then it waits for an operator. 410 ends it at once. */
function afterRefusal(
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
