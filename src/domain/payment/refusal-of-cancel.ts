import { effectiveOutcome } from './effective-outcome.ts';
import type { Payment } from './payment.ts';
import { wrongState, type UpdateRefusal } from './refusal.ts';
import { isUndecided, type PaymentStatus } from './statuses.ts';

/** Why the order cannot be given up, or null; given up again it can. */
export function refusalOfCancel(payment: Payment, status: PaymentStatus): UpdateRefusal | null {
  if (payment.cancelReason !== null) return null;
  if (!isUndecided(status)) return wrongState(`the payment is ${status}: it cannot be canceled any more`);
  const told = effectiveOutcome(payment)?.status;
  return told
    ? wrongState(`the payment was told ${told}, and is in ${status}: it cannot be canceled any more`)
    : null;
}
