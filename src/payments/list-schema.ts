import { z } from 'zod';
import { toOrderId } from '../domain/identity.ts';
import { paymentStatus } from './payment-schema.ts';

/** What a page ends with: the last payment's place, as good tomorrow as today. */
export const cursorFor = (createdAt: number, orderId: string): string => `${createdAt}.${orderId}`;

const cursor = z
  .string()
  .regex(/^[0-9]{1,13}\.[A-Za-z0-9_-]{1,64}$/, 'is not the nextCursor of a list')
  .transform((text) => {
    const dot = text.indexOf('.');
    return { createdAt: Number(text.slice(0, dot)), orderId: toOrderId(text.slice(dot + 1)) };
  });

const time = z.iso
  .datetime({ offset: true, error: 'must be a time of RFC 3339, such as 2026-11-26T00:00:00Z' })
  .transform((text) => Date.parse(text));
const most = 200;
const limitFault = `must be a whole number from 1 to ${most}`;

/** The query of `GET /v1/payments`. */
export const listQuery = z.strictObject({
  status: paymentStatus.optional().describe('How the payments stand.'),
  createdAfter: time.optional().describe('Payments that were started then or later (RFC 3339).'),
  createdBefore: time.optional().describe('Payments that were started earlier (RFC 3339).'),
  service: z.string().min(1).max(128).optional().describe('Code of the service of the last attempt.'),
  invoiceId: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe('Invoice of the last attempt, once Paytone was asked about it.'),
  cursor: cursor.optional().describe('`nextCursor` of the page before.'),
  limit: z
    .string()
    // A pattern of the whole range, for the document to say it too.
    .regex(/^([1-9][0-9]?|1[0-9]{2}|200)$/, limitFault)
    .transform(Number)
    .default(50)
    .describe(`Payments on a page: 1 to ${most}, 50 where absent.`),
});

/** A payment in a list. */
const listed = z.object({
  orderId: z.string(),
  status: paymentStatus,
  amount: z.object({
    value: z.string().describe('Decimal string with all decimals of the currency.'),
    currency: z.string().describe('ISO 4217.'),
  }),
  service: z.string().nullable().describe('Code of the service of the last attempt.'),
  invoiceId: z.string().nullable().describe('Null until Paytone was asked about the invoice.'),
  createdAt: z.iso.datetime().describe('When the payment was started.'),
  expiresAt: z.iso.datetime(),
});

/** The answer of `GET /v1/payments`. */
export const listAnswer = z.object({
  payments: z.array(listed),
  nextCursor: z.string().nullable().describe('Asks for the next page; null on the last.'),
});
export type PaymentsPage = z.output<typeof listAnswer>;
