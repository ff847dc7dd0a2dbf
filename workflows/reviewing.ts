import { condition } from '@temporalio/workflow';
import { currentAttempt } from '../src/domain/payment/payment.ts';
import { statusOf } from '../src/domain/payment/status.ts';
import { toIso } from '../src/domain/payment/view.ts';
import { workflowNow } from './clock.ts';
import type { PaymentRun } from './run.ts';
import { tell } from './telling.ts';
import { look } from './watching.ts';

const reminderMs = 24 * 60 * 60 * 1000;

/** A person decides; meanwhile news are looked at, and once a day the platform is asked whether anything moved. */
export async function awaitReview(run: PaymentRun): Promise<void> {
  if (run.told.at(-1)?.status !== 'review') tell(run, { status: 'review', returned: null });
  run.show({
    attention: 'review',
    waiting: `an operator's \`resolve\`; asked again ${toIso(workflowNow() + reminderMs)}`,
  });
  const inReview = (): boolean => statusOf(run.payment) === 'review';
  const moved = await condition(() => run.news !== null || !inReview(), reminderMs, {
    summary: 'review reminder',
  });
  const attempt = currentAttempt(run.payment);
  if (!moved && attempt) await look(run, attempt, 'poll');
  if (!inReview()) run.show({ attention: null });
}
