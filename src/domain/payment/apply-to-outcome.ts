import type { PaymentEvent } from './events.ts';
import { afterRefusal, dueNow, freshDelivery } from './delivery-retries.ts';
import type { Told } from './outcome.ts';
import type { Payment } from './payment.ts';
import { undelivered } from './outcome-deliveries.ts';

type OutcomeEvent = Extract<
  PaymentEvent,
  { kind: 'outcome_decided' | 'outcome_delivered' | 'delivery_failed' | 'redelivery_asked' | 'delivery_due' }
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
      return change(payment, event.place, ({ delivery, acceptedBy = [] }) => ({
        delivery: afterRefusal(delivery, event),
        refusal: event.why,
        ...(event.acceptedBy.length > 0 && { acceptedBy: [...acceptedBy, ...event.acceptedBy] }),
      }));
    case 'redelivery_asked':
      return change(payment, undelivered(payment), () => ({
        delivery: freshDelivery,
      }));
    case 'delivery_due':
      return change(payment, undelivered(payment), ({ delivery }) => ({ delivery: dueNow(delivery) }));
  }
}

function change(payment: Payment, place: number, how: (told: Told) => Partial<Told>): Payment {
  const told = payment.told.map((it, index) => (index === place ? { ...it, ...how(it) } : it));
  return { ...payment, told };
}
