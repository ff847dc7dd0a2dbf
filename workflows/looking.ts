import { condition } from '@temporalio/workflow';
import { currentAttempt, type Source } from '../src/domain/payment/payment.ts';
import type { PaymentRecord } from '../src/domain/payment/record.ts';
import type { PaymentRun } from './run.ts';

/** Has the platform asked at once and answers with what is then known. */
export async function lookAndAnswer(
  run: PaymentRun,
  source: Extract<Source, 'return' | 'operator'>,
): Promise<PaymentRecord> {
  const attempt = currentAttempt(run.payment);
  if (attempt) {
    const enough = run.looks.done + (run.lookInFlight ? 2 : 1);
    run.hint({ attempt: attempt.number, status: null, updated: null, source });
    await condition(() => run.looks.done >= enough || (source === 'return' && run.isOver));
  }
  return run.record();
}
