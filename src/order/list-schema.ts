import { z } from 'zod';
import { isOrderId } from '../domain/identity.ts';
import { paymentStatus } from './payment-schema.ts';

/** What a page ends with: the last payment's place. */
const place = z.tuple([z.int().min(0), z.string().refine(isOrderId)]);
type Place = z.output<typeof place>;

/** Opaque to whoever gets it, and as good tomorrow as today. */
export const cursorFor = (createdAt: number, orderId: string): string =>
  Buffer.from(JSON.stringify([createdAt, orderId])).toString('base64url');

function placeOf(cursor: string): Place | null {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

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
  cursor: z
    .string()
    .max(256)
    .transform((cursor, context) => {
      const found = placeOf(cursor);
      if (found) return found;
      context.issues.push({ code: 'custom', message: 'is not the nextCursor of a list', input: cursor });
      return z.NEVER;
    })
    .optional()
    .describe('`nextCursor` of the page before.'),
  limit: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/, limitFault)
    .transform(Number)
    .refine((limit) => limit <= most, { error: limitFault })
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
