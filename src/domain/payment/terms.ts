import type { Money } from '../money.ts';

export type Channel = 'private' | 'public' | 'form';
export type Flow = 'charge' | 'verify';
export type Locale = 'en' | 'uk' | 'ru';

interface Address {
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly city?: string | undefined;
  readonly street?: string | undefined;
  readonly fullAddress?: string | undefined;
  readonly postCode?: string | undefined;
}

export interface Customer {
  readonly referenceId: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly individualTaxId?: string | undefined;
  readonly dateOfBirth?: string | undefined;
  readonly address?: Address | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

interface ReturnUrls {
  readonly success: string;
  readonly pending: string;
  readonly fail: string;
}

/** What an order service asks for (docs/contract.md §3), the amount in minor units. */
export interface Terms {
  readonly amount: Money;
  readonly service?: string | undefined;
  readonly serviceFields?: Readonly<Record<string, string>> | undefined;
  readonly description?: string | undefined;
  readonly flow: Flow;
  readonly channel: Channel;
  readonly customer?: Customer | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly gatewayOptions?: Readonly<Record<string, unknown>> | undefined;
  readonly returnUrls?: ReturnUrls | undefined;
  readonly ttlSeconds?: number | undefined;
  readonly maxAttempts?: number | undefined;
  readonly locale: Locale;
}

/** Keys in one order, without what says nothing: an object with nothing in it is none, unless it is to be passed on as it is. */
function canonical(value: unknown, keepsEmpty: boolean): unknown {
  if (Array.isArray(value)) return value.map((part) => canonical(part, keepsEmpty));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, part]) => [key, canonical(part, keepsEmpty)] as const)
    .filter(([, part]) => part !== undefined && (keepsEmpty || !isEmpty(part)));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function textOf(name: keyof Terms, value: unknown): string | undefined {
  const part = canonical(value, name === 'gatewayOptions');
  return isEmpty(part) ? undefined : JSON.stringify(part);
}

/** Names of the terms in which two askings for one order differ. */
function namesOfDifferences(a: Terms, b: Terms): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Terms>;
  return [...names].filter((name) => textOf(name, a[name]) !== textOf(name, b[name])).sort();
}

/** The terms of a forgotten payment, as far as its invoice tells them; nobody remembers what else was agreed. */
export interface InvoiceTerms extends Terms {
  readonly fromInvoice: true;
}

const isFromInvoice = (terms: Terms): terms is InvoiceTerms => 'fromInvoice' in terms;

/** Names of the terms in which an asking differs from the payment that is there, as far as those are known; empty when they are the same. */
export function differingTerms(there: Terms, asked: Terms): string[] {
  const names = namesOfDifferences(there, asked);
  if (!isFromInvoice(there)) return names;
  const isService = there.service !== undefined && asked.service !== undefined;
  return names.filter((name) => name === 'amount' || name === 'flow' || (isService && name === 'service'));
}
