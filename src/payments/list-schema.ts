import { z } from 'zod';
import { amount } from './amount-schema.ts';
import { cursor } from './list-cursor.ts';
import { paymentStatus } from './payment-schema.ts';

const time = z.iso
  .datetime({ offset: true, error: 'must be a time of RFC 3339, such as 2026-11-26T00:00:00Z' })
  .transform((text) => Date.parse(text));
const mostListed = 200;
const limitFault = `must be a whole number from 1 to ${mostListed}`;

/** Codes and ids of the platform. */
const plainCode = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,128}$/, 'must be 1 to 128 letters, digits, dots, hyphens or underscores');

/** The query of `GET /v1/payments`. */
export const listQuery = z.strictObject({
  status: paymentStatus.optional().describe('Only payments in this status.'),
  createdAfter: time.optional().describe('Only payments that were started at this time or later (RFC 3339).'),
  createdBefore: time.optional().describe('Only payments that were started before this time (RFC 3339).'),
  service: plainCode.optional().describe('Only payments whose last attempt used this service.'),
  invoiceId: plainCode
    .optional()
    .describe('Only the payment whose last attempt has this invoice. Found once Paytone was asked about it.'),
  cursor: cursor.optional().describe('`nextCursor` of the previous page.'),
  limit: z
    .string()
    // A pattern of the whole range, for the document to say it too.
    .regex(/^([1-9][0-9]?|1[0-9]{2}|200)$/, limitFault)
    .transform(Number)
    .default(50)
    .describe(`How many payments a page holds: 1 to ${mostListed}, 50 by default.`),
});

/** A payment in a list. */
const listedPayment = z
  .object({
    orderId: z.string().describe('Your id of the order.'),
    status: paymentStatus,
    amount,
    service: z.string().nullable().describe("Code of the last attempt's service."),
    invoiceId: z
      .string()
      .nullable()
      .describe("Paytone's id of the last attempt's invoice. Null until Paytone was asked about it."),
    createdAt: z.iso.datetime().describe('When the payment was started.'),
    expiresAt: z.iso.datetime().describe('When the time to pay is over.'),
  })
  .meta({ id: 'ListedPayment', description: 'A payment in a list, as the index knows it.' });

/** The answer of `GET /v1/payments`. */
export const listAnswer = z
  .object({
    payments: z.array(listedPayment).describe('Payments, newest first.'),
    nextCursor: z
      .string()
      .nullable()
      .describe('Send it as `cursor` for the next page. Null on the last page.'),
  })
  .meta({ id: 'PaymentList', description: 'A page of payments.' });
export type PaymentsPage = z.output<typeof listAnswer>;
