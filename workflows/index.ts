export { aftermath } from './aftermath.ts';
export { dailySweep } from './daily-sweep.ts';
export { payment } from './payment.ts';
export { redelivery } from './redelivery.ts';
export { scheduledSweep } from './scheduled-sweep.ts';
export { unknownReference } from './unknown-reference.ts';
