export { aftermath } from './aftermath.ts';
export { dailySweep } from './daily-reconciliation.ts';
export { payment } from './payment.ts';
export { recovery } from './recovery.ts';
export { redelivery } from './redelivery.ts';
export { scheduledSweep } from './scheduled-reconciliation.ts';
export { unknownReference } from './unknown-reference.ts';
