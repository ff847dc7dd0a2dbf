import { ingressConfig } from '../../src/config/config.ts';
import { composeIngress } from '../../src/main/compose-ingress.ts';
import { createLogger } from '../../src/observability/logger.ts';

export const loneKey = 'key-of-the-lone-shop';

/** An ingress whose Temporal and platform are out of reach: for what is answered without them. */
export function startLoneIngress(output?: { write(line: string): void }, more: object = {}) {
  const environment = {
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    PAYTONE_URL: 'http://127.0.0.1:1',
    PAYTONE_ACCOUNT_ID: 'coma_test',
    PAYTONE_PRIVATE_KEY: 'sk_test_lone',
    PAYTONE_PUBLIC_KEY: 'pk_test_lone',
    ORDER_API_KEYS: `shop=${loneKey}`,
    RETURN_URL_ORIGINS: 'https://shop.example',
    PORT: '0',
    ADMIN_PORT: '0',
    ...more,
  };
  const logger = createLogger('ingress', output ? 'info' : 'silent', output);
  return composeIngress(ingressConfig(environment), logger);
}
