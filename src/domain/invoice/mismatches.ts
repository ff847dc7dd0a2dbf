import { formatMoney, parseMoney, sameMoney, type Money } from '../money.ts';
import type { InvoiceSnapshot } from './invoice.ts';
import { minorOf, payCurrencyOf } from './invoice-money.ts';
import { meaningOf, stateOf } from './invoice-state.ts';
import { isPaidAsAsked } from './paid-as-asked.ts';

/** What an invoice must be about to be the order's. */
export interface Ordered {
  readonly referenceId: string;
  readonly amount: Money;
  readonly testMode: boolean;
  readonly flow: 'charge' | 'verify';
  readonly service: string;
}

const say = ({ minor, currency }: Money): string => `${formatMoney({ minor, currency })} ${currency}`;

const difference = (name: string, ordered: string, platform: string): string =>
  `${name}: ordered ${ordered}, platform says ${platform}`;

const differing = (name: string, ordered: string, platform: string): string[] =>
  ordered === platform ? [] : [difference(name, ordered, platform)];

const mode = (isTest: boolean): string => (isTest ? 'test' : 'live');

/**
 * Where an authenticated answer is not about this order as it was ordered, or the customer did not pay what the
 * platform asked (docs/contract.md §5). Each mismatch shows both sides.
 */
export function mismatchesOf(ordered: Ordered, seen: InvoiceSnapshot): string[] {
  const parsed = parseMoney(seen.amount, seen.currency);
  const isAmount = parsed.ok && sameMoney(parsed.money, ordered.amount);
  return [
    ...differing('reference', ordered.referenceId, seen.referenceId),
    ...(isAmount ? [] : [difference('amount', say(ordered.amount), `${seen.amount} ${seen.currency}`)]),
    ...differing('mode', mode(ordered.testMode), mode(seen.testMode)),
    ...flowMismatch(ordered, seen),
    ...serviceMismatch(ordered, seen),
    ...(isAmount ? paymentMismatches(ordered, seen) : []),
    ...unreadableReturns(seen),
  ];
}

function flowMismatch({ flow }: Ordered, seen: InvoiceSnapshot): string[] {
  const state = stateOf(seen);
  if (meaningOf(state).rank < 2) return [];
  return differing('flow', flow, meaningOf(state).money ? 'charge' : 'verify');
}

/** What is paid is paid, by whichever service; an open invoice of another one is somebody else's. */
function serviceMismatch({ service }: Ordered, seen: InvoiceSnapshot): string[] {
  return stateOf(seen) === 'open' && seen.service !== '' ? differing('service', service, seen.service) : [];
}

/** `payment_amount` may be more than the amount, or in another currency; never less in the same. */
function paymentMismatches({ amount }: Ordered, seen: InvoiceSnapshot): string[] {
  const currency = payCurrencyOf(seen);
  const toPay = minorOf(seen.paymentAmount ?? seen.amount, currency);
  const asked = `${seen.paymentAmount ?? seen.amount} ${currency}`;
  if (toPay === null || (currency === amount.currency && toPay < amount.minor))
    return [difference('amount to pay', say(amount), asked)];
  if (!meaningOf(stateOf(seen)).money || isPaidAsAsked(seen)) return [];
  const paid = `${seen.processedAmount ?? 'an unknown amount'} ${currency}`;
  return [`amount paid: asked for ${asked}, the customer paid ${paid}`];
}

/** What went back and cannot be read would count as nothing. */
function unreadableReturns(seen: InvoiceSnapshot): string[] {
  if (!meaningOf(stateOf(seen)).money) return [];
  const currency = payCurrencyOf(seen);
  const unreadable = (name: string, value: string | null): string[] =>
    value === null || minorOf(value, currency) !== null
      ? []
      : [`${name}: ${value} is no amount of ${currency}`];
  return [
    ...unreadable('amount refunded', seen.refundedAmount),
    ...unreadable('amount charged back', seen.chargedBackAmount),
  ];
}
