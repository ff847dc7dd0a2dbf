import { ingressConfig } from '../../src/config/config.ts';
import { policyOfService } from '../../src/config/order-services.ts';
import type { Policy } from '../../src/domain/payment/payment.ts';

/** What payments go by that an ingress of these settings starts. */
export function policyIn(environment: Readonly<Record<string, string | undefined>>): Policy {
  const { policy, orderServices } = ingressConfig(environment);
  return policyOfService<typeof policy>(policy, orderServices, 'rig');
}
