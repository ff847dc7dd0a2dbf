import { makeContinueAsNewFunc } from '@temporalio/workflow';
import type { Payment, PaymentInput } from '../src/domain/payment/payment.ts';
import type { Continuation } from './messages.ts';
import { toNewestVersion } from './continue-as-new.ts';
import { drive } from './payment/drive.ts';

/** Longer than any client takes from reading how a payment ended to starting its aftermath with that. */
const lingersMs = 60_000;

/**
 * What comes after a payment has closed: late payments, refunds, chargebacks. It goes on from where the payment
 * ended, by the same rules.
 */
export async function aftermath(input: PaymentInput, ended: Continuation): Promise<Payment> {
  return drive(
    { ...ended, input },
    {
      lingersMs,
      continueWith: (carried) => makeContinueAsNewFunc<typeof aftermath>(toNewestVersion)(input, carried),
    },
  );
}
