import type { Service } from '../domain/payment/service.ts';

interface Offer {
  readonly currency: string;
  readonly testMode: boolean;
  readonly services: readonly Service[];
}

/** Asks the platform for the services of a currency; fails where the platform does. */
export type AskForServices = (currency: string) => Promise<Offer>;

const freshMs = 60_000;
const mostCurrencies = 200;

/** One pre-request a currency a minute, shared by all who ask meanwhile; failures are not kept. */
export function cachedServices(ask: AskForServices, now: () => number = Date.now): AskForServices {
  const kept = new Map<string, { until: number; offer: Promise<Offer> }>();
  return (currency) => {
    const fresh = kept.get(currency);
    if (fresh && fresh.until > now()) return fresh.offer;
    if (kept.size >= mostCurrencies) kept.clear();
    const offer = ask(currency);
    kept.set(currency, { until: now() + freshMs, offer });
    offer.catch(() => kept.delete(currency));
    return offer;
  };
}
