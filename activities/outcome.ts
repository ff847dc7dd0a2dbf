import { ApplicationFailure } from '@temporalio/common';
import type { Outcome } from '../src/domain/payment/outcome.ts';
import type { OutcomeSender } from '../src/outcome/sender.ts';

/** Outcomes of the last minutes, whose ids alone are kept. */
const mostRemembered = 10_000;

export function createOutcomeActivities(sender: OutcomeSender) {
  const accepted = new Set<string>();
  return {
    /**
     * One delivery of an outcome; Temporal repeats it by the retry policy. A workflow task that is void takes its
     * local activities along: what this worker delivered in it is not delivered again.
     */
    async deliverOutcome(outcome: Outcome): Promise<void> {
      if (accepted.has(outcome.id)) return;
      const answer = await sender.send(outcome);
      switch (answer.kind) {
        case 'accepted':
          remember(accepted, outcome.id);
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

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > mostRemembered && oldest !== undefined) ids.delete(oldest);
}
