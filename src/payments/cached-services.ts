import type { AccountId } from '../domain/identity.ts';
import type { Service } from '../domain/payment/service.ts';

interface Offer {
  readonly currency: string;
  readonly testMode: boolean;
  readonly services: readonly Service[];
}

/** Asks the platform for an account's services of a currency; fails where the platform does. */
export type AskForServices = (account: AccountId, currency: string) => Promise<Offer>;

const freshMs = 60_000;
const mostCurrencies = 200;

/** One pre-request a currency of an account a minute, shared by all who ask meanwhile; failures are not kept. */
export function cachedServices(ask: AskForServices, now: () => number = Date.now): AskForServices {
  const kept = new Map<string, { until: number; offer: Promise<Offer> }>();
  return (account, currency) => {
    const key = `${account} ${currency}`;
    const fresh = kept.get(key);
    if (fresh && fresh.until > now()) return fresh.offer;
    if (kept.size >= mostCurrencies) kept.clear();
    const offer = ask(account, currency);
    kept.set(key, { until: now() + freshMs, offer });
    offer.catch(() => kept.delete(key));
    return offer;
  };
}
