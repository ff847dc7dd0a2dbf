import { z } from 'zod';
import { currenciesByExponent, decimalPatternFor, parseMoney, type MoneyFault } from '../domain/money.ts';

const text = (max: number) => z.string().min(1).max(max);
const textMap = z
  .record(text(64), z.string().max(1024))
  .refine((map) => Object.keys(map).length <= 50, { error: 'has more than 50 entries' })
  .meta({ maxProperties: 50 });

const moneyFaults: Readonly<Record<MoneyFault, string>> = {
  unknown_currency: 'is not a currency of ISO 4217',
  not_a_decimal: 'must be a decimal string such as "100.55"',
  too_many_decimals: 'has more decimals than the currency takes',
  too_many_digits: 'has more digits than can be kept exactly',
};

/** The decimals that each currency takes, which a zod object cannot say of two fields at once. */
const amountsByCurrency = [...currenciesByExponent()].map(([exponent, codes]) => ({
  properties: { value: { pattern: decimalPatternFor(exponent) }, currency: { enum: codes } },
}));

const amountSchema = z
  .strictObject({
    value: z.string().max(32).describe('Decimal string, exact to the currency: "100.55", "100.5", "100".'),
    currency: z.string().describe('ISO 4217.'),
  })
  .meta({ title: 'Amount', oneOf: amountsByCurrency })
  .transform((given, context) => {
    const parsed = parseMoney(given.value, given.currency);
    if (parsed.ok) return parsed.money;
    const field = parsed.fault === 'unknown_currency' ? 'currency' : 'value';
    context.issues.push({ code: 'custom', message: moneyFaults[parsed.fault], input: given, path: [field] });
    return z.NEVER;
  });

const customer = z.strictObject({
  referenceId: text(128),
  name: text(256).optional(),
  email: z.email({ pattern: z.regexes.unicodeEmail, error: 'must be an e-mail address' }).max(256).optional(),
  phone: text(64).optional(),
  individualTaxId: text(64).optional(),
  dateOfBirth: z.iso.date('must be a date of the calendar, yyyy-mm-dd').optional(),
  address: z
    .strictObject({
      country: text(64).optional(),
      region: text(128).optional(),
      city: text(128).optional(),
      street: text(256).optional(),
      fullAddress: text(512).optional(),
      postCode: text(32).optional(),
    })
    .optional(),
  metadata: textMap.optional(),
});

const returnUrl = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!-~]*)?$/, 'must be an http(s) URL');

const maxLevels = 16;

/** Whether objects and lists are nested at most so deep, the value itself included. */
const isWithin = (levels: number, value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isWithin(levels - 1, part)));

/** The body of `PUT /v1/payments/{orderId}` (docs/contract.md §3). */
export const termsSchema = z.strictObject({
  amount: amountSchema,
  service: text(128).optional().describe('Code of a service; without one the customer chooses.'),
  serviceFields: textMap.optional().describe('What the service asks for, by key.'),
  description: text(1024).optional().describe('Shown to the customer by Paytone.'),
  flow: z.enum(['charge', 'verify']).default('charge'),
  channel: z.enum(['private', 'public', 'form']).default('private'),
  customer: customer.optional(),
  metadata: textMap.optional(),
  gatewayOptions: z
    .record(z.string(), z.unknown())
    .refine((options) => isWithin(maxLevels, options), {
      error: `is nested more than ${maxLevels} levels deep`,
    })
    .optional()
    .describe(`Passed to Paytone as it is; at most ${maxLevels} levels deep.`),
  returnUrls: z
    .strictObject({ success: returnUrl, pending: returnUrl, fail: returnUrl })
    .optional()
    .describe('Where the customer goes afterwards; origins of RETURN_URL_ORIGINS.'),
  ttlSeconds: z.int().min(840).max(172_800).optional().describe('Lifetime of the payment.'),
  maxAttempts: z.int().min(1).max(20).optional().describe('Choices of a method.'),
  locale: z.enum(['en', 'uk', 'ru']).default('en').describe('Language of the payment page.'),
});

/** A customer's choice: the body of `POST …/method`. */
export const choiceSchema = z.strictObject({
  service: text(128),
  serviceFields: textMap.default({}),
  attempt: z
    .int()
    .min(1)
    .max(20)
    .optional()
    .describe(
      'The attempt that this choice makes, 1 for the first: sent again after a decline, it makes no other.',
    ),
});

/** The body of `POST …/cancel`. */
export const cancelSchema = z.strictObject({ reason: text(256) });

/** The body of `POST …/refunds`; without an amount, all that is left. */
export const refundSchema = z.strictObject({
  refundId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must match ^[A-Za-z0-9_-]{1,64}$'),
  amount: amountSchema.optional(),
  reason: text(256),
});
