import { patched } from '@temporalio/workflow';

/** A parked outcome stays in sight whatever the platform answers meanwhile; before, any look hid it. */
export const keepsParkedInSight = (): boolean => patched('parked-outcome-stays-in-sight');
