import { ApplicationFailure } from '@temporalio/common';
import type { Outcome, Receivers } from '../src/domain/payment/outcome.ts';
import type { DeliveryAnswer, OutcomeSender } from '../src/outcomes/sender.ts';
import type { Timed } from './platform.ts';

export function createOutcomeActivities(sender: OutcomeSender, now: () => number = Date.now) {
  return {
    /** One delivery of an outcome; the payment decides when the next is due. */
    async deliverOutcome(outcome: Outcome, receivers: Receivers): Promise<Timed> {
      const answer = await sender.send(outcome, receivers);
      if (answer.kind === 'accepted') return { at: now() };
      const { acceptedBy = [] } = answer;
      const details = [{ at: now(), ...(acceptedBy.length > 0 && { acceptedBy }) }];
      throw ApplicationFailure.create({ ...deliveryFailureOf(answer), nonRetryable: true, details });
    },
  };
}

const deliveryFailureOf = (answer: Exclude<DeliveryAnswer, { kind: 'accepted' }>) =>
  answer.kind === 'gone'
    ? { type: 'Gone', message: 'The order service answered 410: it wants no more of this outcome.' }
    : { type: 'NotDelivered', message: answer.why };
