import { z } from 'zod';
import { problemTypes } from './problem.ts';

const money = z.object({
  value: z.string().describe('Decimal string with all decimals of the currency, such as "100.50".'),
  currency: z.string().describe('ISO 4217.'),
});
const localized = z.record(z.string(), z.string()).describe('Text by language: en, uk, ru.');
const nullable = z.string().nullable();

const service = z.object({
  code: z.string(),
  currency: z.string(),
  flow: z.string(),
  method: z.object({ code: z.string(), name: localized, logo: nullable }),
  fields: z.array(
    z.object({
      key: z.string(),
      type: z.string(),
      label: localized,
      hint: localized.nullable(),
      regexp: nullable,
      required: z.boolean(),
      position: z.number(),
    }),
  ),
  amountMin: nullable,
  amountMax: nullable,
});

/** The answer of `GET /v1/services`. */
export const servicesAnswer = z.object({
  currency: z.string(),
  testMode: z.boolean(),
  services: z.array(service),
});

/** A payment, as every call answers it and every outcome carries it (contract, section 3). */
export const paymentAnswer = z.object({
  orderId: z.string(),
  status: z.enum([
    'choosing',
    'creating',
    'awaiting_payment',
    'canceling',
    'review',
    'paid',
    'verified',
    'failed',
    'expired',
    'canceled',
    'refunding',
    'refunded',
    'partially_refunded',
    'charged_back',
    'partially_charged_back',
  ]),
  amount: money,
  attempt: z.int(),
  referenceId: z.string(),
  invoiceId: nullable,
  service: nullable,
  redirect: z
    .object({
      url: z.string(),
      method: z.enum(['GET', 'POST']),
      fields: z.record(z.string(), z.string()),
      hppUrl: nullable,
    })
    .nullable(),
  services: z.array(service),
  expiresAt: z.iso.datetime(),
  decidedBy: z.enum(['callback', 'return', 'poll', 'expiry', 'operator', 'sweep']).nullable(),
  reason: nullable,
  refunds: z.array(
    z.object({
      refundId: z.string(),
      amount: money,
      status: z.enum(['pending', 'processed', 'refused']),
      reason: z.string(),
    }),
  ),
  money: z
    .object({
      currency: z.string().describe('ISO 4217; in which the customer paid.'),
      paid: z.string().describe('What the customer paid, a fee on top included.'),
      fee: z.string().describe("The platform's commission."),
      refunded: z.string(),
      chargedBack: z.string(),
    })
    .nullable()
    .describe('Where the money is, decimal strings; null until money moved.'),
  decline: z
    .object({ code: z.string().describe("Paytone's resolution, such as insufficient_funds.") })
    .nullable()
    .describe('The last refusal by a bank.'),
});

/** What is posted to `OUTCOME_URL` (contract, section 3). */
export const outcomeMessage = z.object({
  type: z.enum([
    'payment.paid',
    'payment.verified',
    'payment.failed',
    'payment.expired',
    'payment.canceled',
    'payment.review',
    'payment.refunded',
    'payment.partially_refunded',
    'payment.charged_back',
    'payment.partially_charged_back',
  ]),
  timestamp: z.iso.datetime(),
  supersedes: z
    .string()
    .optional()
    .describe('The `webhook-id` of the outcome that this one takes the place of.'),
  data: paymentAnswer,
});

/** RFC 9457. */
export const problemAnswer = z.object({
  type: z.enum(problemTypes),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
