import type { Money } from './money.ts';

export type Channel = 'private' | 'public' | 'form';
export type Flow = 'charge' | 'verify';
export type Locale = 'en' | 'uk' | 'ru';

export interface Address {
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
  readonly street?: string;
  readonly fullAddress?: string;
  readonly postCode?: string;
}

export interface Customer {
  readonly referenceId: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly individualTaxId?: string;
  readonly dateOfBirth?: string;
  readonly address?: Address;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ReturnUrls {
  readonly success: string;
  readonly pending: string;
  readonly fail: string;
}

/** What an order service asks for (contract, section 3), the amount in minor units. */
export interface Terms {
  readonly amount: Money;
  readonly service?: string;
  readonly serviceFields?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly flow: Flow;
  readonly channel: Channel;
  readonly customer?: Customer;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly gatewayOptions?: Readonly<Record<string, unknown>>;
  readonly returnUrls?: ReturnUrls;
  readonly ttlSeconds?: number;
  readonly maxAttempts?: number;
  readonly locale: Locale;
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, canonical(part)]),
  );
}

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

/** Names of the terms in which two askings for one order differ; empty when they are the same. */
export function differingTerms(a: Terms, b: Terms): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Terms>;
  return [...names].filter((name) => !same(a[name], b[name])).sort();
}
