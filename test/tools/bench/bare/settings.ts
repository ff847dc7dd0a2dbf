import { env } from 'node:process';
import type { BareSettings } from './activities.ts';

/** The product's own names, so that both are started alike. */
export const settings = (): BareSettings => ({
  platformUrl: env['PAYTONE_URL'] ?? '',
  accountId: env['PAYTONE_ACCOUNT_ID'] ?? '',
  privateKey: env['PAYTONE_PRIVATE_KEY'] ?? '',
  outcomeUrl: env['OUTCOME_URL'] ?? '',
});
