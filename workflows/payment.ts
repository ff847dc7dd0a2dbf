import { makeContinueAsNewFunc } from '@temporalio/workflow';
import { openPayment, type Payment, type PaymentInput } from '../src/domain/payment/payment.ts';
import { runStartedAt } from './clock.ts';
import type { Continuation } from './messages.ts';
import { toNewestVersion } from './continue-as-new.ts';
import { measures } from './measures.ts';
import { drive } from './payment/drive.ts';
import { serviceLabel } from './payment/perform.ts';

/**
 * One order's payment: what the customer may pay with, the invoice, the wait for a callback, a return or the next
 * poll, the platform's answer, the outcome. It ends when the order service has been told, with all that is known;
 * what comes later is taken up by its aftermath.
 */
export async function payment(input: PaymentInput, continuation?: Continuation): Promise<Payment> {
  if (!continuation) measures.started({ service: serviceLabel(input.terms.service) });
  const opened = continuation ? { ...continuation, input } : openPayment(input, runStartedAt());
  return drive(opened, {
    lingersMs: 0,
    continueWith: (carried) => makeContinueAsNewFunc<typeof payment>(toNewestVersion)(input, carried),
  });
}
