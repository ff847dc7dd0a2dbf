import type { InvoiceSnapshot } from './invoice.ts';
import { formatMoney, parseMoney, sameMoney, type Money } from '../money.ts';
import type { Attempt, PaymentInput } from '../payment/payment.ts';
import { standingOf } from './invoice-state.ts';

type Part = {
  readonly name: string;
  readonly ordered: string;
  readonly platform: string;
  readonly equal: boolean;
};

const say = ({ minor, currency }: Money): string => `${formatMoney({ minor, currency })} ${currency}`;

function amountPart(
  name: string,
  ordered: Money,
  { value, currency }: { value: string; currency: string },
): Part {
  const parsed = parseMoney(value, currency);
  const equal = parsed.ok && sameMoney(parsed.money, ordered);
  return { name, ordered: say(ordered), platform: `${value} ${currency}`, equal };
}

const wordPart = (name: string, ordered: string, platform: string): Part => ({
  name,
  ordered,
  platform,
  equal: ordered === platform,
});

function partsOf({ terms, policy }: PaymentInput, attempt: Attempt, seen: InvoiceSnapshot): Part[] {
  const standing = standingOf(seen);
  const parts = [
    wordPart('reference', attempt.referenceId, seen.referenceId),
    amountPart('amount', terms.amount, { value: seen.amount, currency: seen.currency }),
    wordPart('mode', policy.testMode ? 'test' : 'live', seen.testMode ? 'test' : 'live'),
  ];
  if (standing === 'paid' && seen.processedAmount !== null) {
    parts.push(
      amountPart('processed amount', terms.amount, { value: seen.processedAmount, currency: seen.currency }),
    );
  }
  if (standing === 'paid' || standing === 'verified') {
    parts.push(wordPart('flow', terms.flow, standing === 'paid' ? 'charge' : 'verify'));
  }
  return parts;
}

/**
 * Where an authenticated answer is not about this order as it was ordered: reference, amount, currency, mode,
 * and, once paid, the processed amount (contract, section 5). Each difference shows both sides.
 */
export function differencesOf(input: PaymentInput, attempt: Attempt, seen: InvoiceSnapshot): string[] {
  return partsOf(input, attempt, seen)
    .filter(({ equal }) => !equal)
    .map(({ name, ordered, platform }) => `${name}: ordered ${ordered}, platform says ${platform}`);
}

/** The same for taking over an invoice found under our reference, whose service must be the chosen one too. */
export function adoptionDifferencesOf(
  input: PaymentInput,
  attempt: Attempt,
  seen: InvoiceSnapshot,
): string[] {
  const service = wordPart('service', attempt.choice.service, seen.service);
  const differences = differencesOf(input, attempt, seen);
  return service.equal
    ? differences
    : [...differences, `service: ordered ${service.ordered}, platform says ${service.platform}`];
}
