import { patched } from '@temporalio/workflow';
import type { PaymentInput } from '../src/domain/payment.ts';

/**
 * Since 0.2.0 a payment that takes its course leaves the search attributes as they were at its start. Told by the
 * input, since a patch would cost the event that this saves.
 */
export const publishesLate = ({ policy }: PaymentInput): boolean => policy.localActivities !== undefined;

/** A parked outcome stays in sight whatever the platform answers meanwhile; before, any look hid it. */
export const keepsParkedInSight = (): boolean => patched('parked-outcome-stays-in-sight');
