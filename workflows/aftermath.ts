import { continueAsNew } from '@temporalio/workflow';
import { workflowNow } from './clock.ts';
import type { AftermathInput, EndedPayment } from './messages.ts';
import { live } from './payment.ts';
import { PaymentRun } from './run.ts';
import { awaitUnknown } from './unknown-reference.ts';

/** Longer than any client takes from reading how a payment ended to starting its aftermath with that. */
const lingersMs = 60_000;

/**
 * What comes after a payment has closed: late payments, refunds, chargebacks. It goes on from where the payment
 * ended, by the same rules; or, for a reference that no payment ever had, waits for an operator.
 */
export async function aftermath(input: AftermathInput): Promise<EndedPayment | null> {
  if (input.kind === 'unknown') return awaitUnknown(input);
  const run = new PaymentRun(input.state.payment.input, workflowNow(), input.state);
  const goOnAsNew = () => continueAsNew<typeof aftermath>({ kind: 'ended', state: run.carry() });
  return live(run, { goOnAsNew, lingersMs });
}
