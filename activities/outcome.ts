import { ApplicationFailure } from '@temporalio/common';
import type { Outcome } from '../src/domain/payment/outcome.ts';
import type { OutcomeSender } from '../src/outcomes/sender.ts';
import type { Timed } from './platform.ts';

export function createOutcomeActivities(sender: OutcomeSender, now: () => number = Date.now) {
  return {
    /** One delivery of an outcome; the payment decides when the next is due. */
    async deliverOutcome(outcome: Outcome): Promise<Timed> {
      const answer = await sender.send(outcome);
      switch (answer.kind) {
        case 'accepted':
          return { at: now() };
        case 'gone':
          throw ApplicationFailure.create({
            type: 'Gone',
            message: 'The order service answered 410: it wants no more of this outcome.',
            nonRetryable: true,
            details: [{ at: now() }],
          });
        case 'failed':
          throw ApplicationFailure.create({
            type: 'NotDelivered',
            message: answer.why,
            nonRetryable: true,
            details: [{ at: now() }],
          });
      }
    },
  };
}
