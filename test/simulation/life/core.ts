import { apply } from '../../../src/domain/payment/apply.ts';
import { decide } from '../../../src/domain/payment/decide.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';

/** What the model drives: the product's rules, or the rules with a planted defect. */
export interface Core {
  readonly apply: typeof apply;
  readonly decide: typeof decide;
  /** What continue-as-new makes of a payment. */
  readonly carry: (payment: Payment) => Payment;
}

const isPayment = (value: unknown): value is Payment =>
  typeof value === 'object' && value !== null && 'input' in value && 'told' in value;

function carry(payment: Payment): Payment {
  const copy: unknown = JSON.parse(JSON.stringify(payment));
  if (!isPayment(copy)) throw new Error('no payment any more');
  return copy;
}

export const productCore: Core = { apply, decide, carry };
