import { ApplicationFailure } from '@temporalio/common';
import type { Outcome } from '../src/domain/outcome.ts';
import type { OutcomeSender } from '../src/outcome/sender.ts';

export function createOutcomeActivities(sender: OutcomeSender) {
  return {
    /** One delivery of an outcome; Temporal repeats it by the retry policy. */
    async deliverOutcome(outcome: Outcome): Promise<void> {
      const answer = await sender.send(outcome);
      switch (answer.kind) {
        case 'accepted':
          return;
        case 'gone':
          throw ApplicationFailure.create({
            type: 'Gone',
            message: 'the order service answered 410: it wants no more of this outcome',
            nonRetryable: true,
          });
        case 'failed':
          throw ApplicationFailure.create({ type: 'NotDelivered', message: answer.why });
      }
    },
  };
}
