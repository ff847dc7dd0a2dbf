import { z } from 'zod';
import { parseMoney, type MoneyFault } from '../domain/money.ts';

const moneyFaults: Readonly<Record<MoneyFault, string>> = {
  unknown_currency: 'is not a currency of ISO 4217',
  not_a_decimal: 'must be a decimal string such as "100.55"',
  too_many_decimals: 'has more decimals than the currency takes',
  too_many_digits: 'has more digits than can be kept exactly',
};

/** An amount, as it is given and answered. How many decimals a currency takes is no matter of one field's pattern. */
export const amount = z
  .strictObject({
    value: z.string().max(32).meta({
      pattern: '^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?$',
      description:
        'The amount as a decimal string, with at most as many decimals as the currency has: `"100.55"`, `"100.5"`, `"100"`. Answers always carry all of them.',
    }),
    currency: z.string().meta({ pattern: '^[A-Z]{3}$', description: 'The currency, as an ISO 4217 code.' }),
  })
  .meta({ id: 'Amount', description: 'An amount of money, exact to the minor unit.' });

/** An amount that was given, in minor units. */
export const amountSchema = amount.transform((given, context) => {
  const parsed = parseMoney(given.value, given.currency);
  if (parsed.ok) return parsed.money;
  const field = parsed.fault === 'unknown_currency' ? 'currency' : 'value';
  context.issues.push({ code: 'custom', message: moneyFaults[parsed.fault], input: given, path: [field] });
  return z.NEVER;
});
