import { ConfigError, type IngressConfig, type WorkerConfig } from '../config/config.ts';
import { policyOfService, type OrderServices } from '../config/order-services.ts';
import type { Policy } from '../domain/payment/payment.ts';
import type { Logger } from '../observability/logger.ts';

type Config = Pick<IngressConfig | WorkerConfig, 'policy' | 'orderServices' | 'rereadServices'>;

/** The order services and their accounts as they stand now: whatever asks, asks each time. */
export function liveServices({ policy, orderServices, rereadServices }: Config, logger: Logger) {
  let current = orderServices;
  return {
    accounts: (): OrderServices['accounts'] => current.accounts,
    accountIds: (): OrderServices['accountIds'] => current.accountIds,
    endpointsOf: (owner: string): ReturnType<OrderServices['endpointsOf']> => current.endpointsOf(owner),
    keys: (): OrderServices['keys'] => current.keys,
    isOwner: (name: string): boolean => current.owners?.has(name) ?? true,
    policyFor: (owner: string): Policy => policyOfService<Config['policy']>(policy, current, owner),
    /** Takes the file as it is now, or leaves everything as it was. */
    reload:
      rereadServices &&
      ((): void => {
        try {
          current = rereadServices();
          logger.info('the order services were read anew');
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          logger.error(`the order services stay as they were. ${error.message}`);
        }
      }),
  };
}
