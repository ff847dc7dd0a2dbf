import { z } from 'zod';
import { paymentStatuses } from '../domain/payment/payment-status.ts';
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

export const paymentStatus = z.enum(paymentStatuses);

/** A payment, as every call answers it and every outcome carries it (docs/contract.md §3). */
export const paymentAnswer = z.object({
  orderId: z.string(),
  status: paymentStatus,
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

/** What is posted to `OUTCOME_URL` (docs/contract.md §3). */
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

/** An outcome as it was told, with its deliveries. */
export const toldOutcome = z.object({
  webhookId: z.string().describe('The same on every delivery.'),
  type: outcomeMessage.shape.type,
  timestamp: z.iso.datetime().nullable().describe('When it was decided; null until the first delivery.'),
  supersedes: z.string().nullable().describe('The `webhook-id` of the outcome that it takes the place of.'),
  state: z
    .enum(['waiting', 'delivered', 'parked'])
    .describe('`waiting`: will be delivered (again); `parked`: given up until somebody asks for it again.'),
  deliveries: z.array(
    z.object({
      at: z.iso.datetime(),
      result: z.enum(['taken', 'refused', 'underway']),
      detail: z.string().nullable().describe('What your receiver answered, where it did not take it.'),
    }),
  ),
});
export type ToldOutcome = z.output<typeof toldOutcome>;

/** The answer of `GET …/outcomes`. */
export const toldOutcomes = z.object({ outcomes: z.array(toldOutcome) });

/** RFC 9457. */
export const problemAnswer = z.object({
  type: z.enum(problemTypes.map(({ type }) => type)).describe('Stable; `Link` says where it is explained.'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z
    .array(z.object({ field: z.string(), message: z.string() }))
    .optional()
    .describe('What is wrong with which field, by its path: `customer.email`.'),
  paymentStatus: paymentStatus.optional().describe('Of a 409: how the payment stands that was in the way.'),
  requestId: z.string().optional().describe('As in `X-Request-Id`: name it to the operators.'),
});
