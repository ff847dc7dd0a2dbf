import { patched } from '@temporalio/workflow';

/** A parked outcome stays in sight whatever the platform answers meanwhile; before, any look hid it. */
export const keepsParkedInSight = (): boolean => patched('parked-outcome-stays-in-sight');

/** A refused refund stays open until a person has seen to it; before, the payment ended and nobody saw it. */
export const keepsRefusalsInSight = (): boolean => patched('refused-refund-stays-in-sight');
