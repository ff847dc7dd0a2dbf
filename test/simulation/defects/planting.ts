import type { InvoiceSnapshot } from '../../../src/domain/invoice/invoice.ts';
import type { Decision } from '../../../src/domain/payment/decide.ts';
import type { PaymentEvent } from '../../../src/domain/payment/events.ts';
import type { Payment } from '../../../src/domain/payment/payment.ts';
import type { Refund } from '../../../src/domain/payment/refund.ts';
import type { Core } from '../life/core.ts';

/** Makes the product's rules wrong in one way. */
export type Defect = (core: Core) => Core;

/** Learns another event than the one that happened; null learns nothing. */
export const hearing =
  (change: (event: PaymentEvent, payment: Payment) => PaymentEvent | null): Defect =>
  (core) => ({
    ...core,
    apply: (payment, event) => {
      const heard = change(event, payment);
      return heard === null ? payment : core.apply(payment, heard);
    },
  });

/** Ends up knowing something else. */
export const knowing =
  (change: (after: Payment, event: PaymentEvent, before: Payment) => Payment): Defect =>
  (core) => ({ ...core, apply: (payment, event) => change(core.apply(payment, event), event, payment) });

/** Decides something else. */
export const deciding =
  (change: (decision: Decision, payment: Payment, core: Core) => Decision): Defect =>
  (core) => ({ ...core, decide: (payment) => change(core.decide(payment), payment, core) });

/** Loses something when it is continued as new. */
export const carrying =
  (change: (payment: Payment) => Payment): Defect =>
  (core) => ({ ...core, carry: (payment) => change(core.carry(payment)) });

/** Reads the platform's answers otherwise; null does not hear them at all. */
export const reading = (
  change: (snapshot: InvoiceSnapshot, payment: Payment, attempt: number) => InvoiceSnapshot | null,
): Defect =>
  hearing((event, payment) => {
    if (event.kind !== 'polled' || event.answer.kind !== 'seen') return event;
    const snapshot = change(event.answer.snapshot, payment, event.attempt);
    return snapshot && { ...event, answer: { kind: 'seen', snapshot } };
  });

export const withRefunds = (payment: Payment, change: (refund: Refund) => Refund): Payment => ({
  ...payment,
  refunds: payment.refunds.map(change),
});
