import { patched } from '@temporalio/workflow';
import type { PaymentInput } from '../src/domain/payment/payment.ts';

/**
 * Since 0.2.0 a payment that takes its course leaves the search attributes as they were at its start. Told by the
 * input, since a patch would cost the event that this saves.
 */
export const publishesLate = ({ policy }: PaymentInput): boolean => policy.localActivities !== undefined;

/** A parked outcome stays in sight whatever the platform answers meanwhile; before, any look hid it. */
export const keepsParkedInSight = (): boolean => patched('parked-outcome-stays-in-sight');

/** A refused refund stays open until a person has seen to it; before, the payment ended and nobody saw it. */
export const keepsRefusalsInSight = (): boolean => patched('refused-refund-stays-in-sight');

/** Late money waits for a person for as long as it takes; before, it was out of sight after 30 days. */
export const keepsLateMoneyInSight = (): boolean => patched('late-money-stays-in-sight');

/** `resolve` settles the invoices that were there to be seen; before, whatever came after it was hidden. */
export const settlesLateMoneyByInvoice = (): boolean => patched('late-money-by-invoice');

/** A watch that an operator extended moves `PaymentExpiresAt`; before, only the run's page told. */
export const showsExtendedWatch = (): boolean => patched('extended-watch-is-searchable');
