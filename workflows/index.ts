export { aftermath } from './aftermath.ts';
export { payment } from './payment.ts';
