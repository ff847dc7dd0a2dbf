import { ActivityFailure } from '@temporalio/workflow';
import type { Outcome } from '../src/domain/payment/outcome.ts';
import { activities, effectOptions } from './activity-options.ts';

/**
 * One delivery more of an outcome that the order service took, and asks for again. Its payment has no part in it; what
 * the order service answers stands in the history.
 */
export async function redelivery(outcome: Outcome, owner: string): Promise<null> {
  const options = { ...effectOptions, summary: `${outcome.type} as ${outcome.id}, asked for again` };
  try {
    await activities.deliverOutcome.executeWithOptions(options, [outcome, { owner, acceptedBy: [] }]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
  return null;
}
