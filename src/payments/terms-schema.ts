import { z } from 'zod';
import { amountSchema } from './amount-schema.ts';

const text = (max: number) => z.string().min(1).max(max);
const textMap = z
  .record(text(64), z.string().max(1024))
  .refine((map) => Object.keys(map).length <= 50, { error: 'has more than 50 entries' })
  .meta({ maxProperties: 50 });

const address = z
  .strictObject({
    country: text(64).optional().describe('Country.'),
    region: text(128).optional().describe('State, province or region.'),
    city: text(128).optional().describe('City.'),
    street: text(256).optional().describe('Street and house number.'),
    fullAddress: text(512).optional().describe('The whole address in one line.'),
    postCode: text(32).optional().describe('Postal code.'),
  })
  .meta({ id: 'Address', description: "The customer's address." });

const customer = z
  .strictObject({
    referenceId: text(128).describe('Your own id of the customer.'),
    name: text(256).optional().describe('Full name.'),
    email: z
      .email({ pattern: z.regexes.unicodeEmail, error: 'must be an e-mail address' })
      .max(256)
      .optional()
      .describe('E-mail address.'),
    phone: text(64).optional().describe('Phone number.'),
    individualTaxId: text(64).optional().describe('Personal tax number.'),
    dateOfBirth: z.iso
      .date('must be a date of the calendar, yyyy-mm-dd')
      .optional()
      .describe('Date of birth, yyyy-mm-dd.'),
    address: address.optional(),
    metadata: textMap.optional().describe('Your own data about the customer, passed to Paytone.'),
  })
  .meta({
    id: 'Customer',
    description: 'What Paytone is told of the customer. It is encrypted in Temporal and never logged.',
  });

const returnUrl = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!-~]*)?$/, 'must be an http(s) URL');

const returnUrls = z
  .strictObject({
    success: returnUrl.describe('When the payment has succeeded.'),
    pending: returnUrl.describe('When it is not decided yet.'),
    fail: returnUrl.describe('When it has failed, expired or been canceled.'),
  })
  .meta({
    id: 'ReturnUrls',
    description:
      'Where to send the customer after the payment page. Their origins must be listed in `RETURN_URL_ORIGINS`.',
  });

const maxLevels = 16;

/** Whether objects and lists are nested at most so deep, the value itself included. */
const isWithin = (levels: number, value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isWithin(levels - 1, part)));

const serviceFields = textMap.describe('The values of the fields that the service asks for, by key.');

/** The body of `PUT /v1/payments/{orderId}` (docs/contract.md §3). */
export const termsSchema = z
  .strictObject({
    amount: amountSchema,
    service: text(128)
      .optional()
      .describe('Code of the service to pay with. Without one, the customer chooses.'),
    serviceFields: serviceFields.optional(),
    description: text(1024).optional().describe('Shown to the customer on the payment page.'),
    flow: z
      .enum(['charge', 'verify'])
      .default('charge')
      .describe('`charge` takes the money; `verify` only checks the card.'),
    channel: z
      .enum(['private', 'public', 'form'])
      .default('private')
      .describe(
        "How the invoice is created: through Paytone's private API, its public API, or a form that the customer's browser posts.",
      ),
    customer: customer.optional(),
    metadata: textMap.optional().describe('Your own data about the order, passed to Paytone.'),
    gatewayOptions: z
      .record(z.string(), z.unknown())
      .refine((options) => isWithin(maxLevels, options), {
        error: `is nested more than ${maxLevels} levels deep`,
      })
      .optional()
      .describe(`Options of the gateway, passed to Paytone unchanged. At most ${maxLevels} levels deep.`),
    returnUrls: returnUrls.optional(),
    ttlSeconds: z
      .int()
      .min(840)
      .max(172_800)
      .optional()
      .describe('How long the customer has to pay. Default: `PAYMENT_TTL_SECONDS`.'),
    maxAttempts: z
      .int()
      .min(1)
      .max(20)
      .optional()
      .describe('How many times the customer may choose a method. Default: `MAX_ATTEMPTS`.'),
    locale: z.enum(['en', 'uk', 'ru']).default('en').describe('Language of the payment page.'),
  })
  .meta({ id: 'Terms', description: 'What an order asks for. They cannot be changed later.' });

/** A customer's choice: the body of `POST …/method`. */
export const choiceSchema = z
  .strictObject({
    service: text(128).describe('Code of the chosen service.'),
    serviceFields: serviceFields.default({}),
    attempt: z
      .int()
      .min(1)
      .max(20)
      .optional()
      .describe(
        'Number of the attempt that this choice starts, beginning with 1. If you send the request again after a decline, it does not start another attempt.',
      ),
  })
  .meta({ id: 'Choice', description: "The customer's choice of a method." });

/** The body of `POST …/cancel`. */
export const cancelSchema = z
  .strictObject({ reason: text(256).describe('Why the order is canceled, for operators.') })
  .meta({ id: 'CancelRequest', description: 'A request to give the order up.' });

/** The body of `POST …/refunds`; without an amount, all that is left. */
export const refundSchema = z
  .strictObject({
    refundId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must match ^[A-Za-z0-9_-]{1,64}$')
      .describe('Your own id of the refund. The same id never refunds twice.'),
    amount: amountSchema.optional().describe('How much to refund. Default: everything that is left.'),
    reason: text(256).describe('Why the money goes back, for operators and Paytone.'),
  })
  .meta({ id: 'RefundRequest', description: 'A request to give money back.' });
