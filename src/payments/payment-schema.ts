import { z } from 'zod';
import { outcomeStatuses, paymentStatuses } from '../domain/payment/statuses.ts';
import { amount } from './amount-schema.ts';
import { problemTypes } from './problem.ts';

const localizedText = z
  .record(z.string(), z.string())
  .meta({ id: 'LocalizedText', description: 'A text by language: `en`, `uk`, `ru`.' });
const nullable = z.string().nullable();

const method = z
  .object({
    code: z.string().describe('Code of the method, such as `payment_card`.'),
    name: localizedText,
    logo: nullable.describe('Address of its logo.'),
  })
  .meta({ id: 'Method', description: 'A way to pay, such as a card.' });

const serviceField = z
  .object({
    key: z.string().describe('Key of the field in `serviceFields`.'),
    type: z.string().describe("Paytone's type of the field, such as `string`."),
    label: localizedText,
    hint: localizedText.nullable(),
    regexp: nullable.describe('Pattern that the value must match.'),
    required: z.boolean().describe('Whether the field must be filled in.'),
    position: z.number().describe('Place of the field in a form, from 0.'),
  })
  .meta({ id: 'ServiceField', description: 'A field that the customer fills in.' });

const offeredService = z
  .object({
    code: z.string().describe('Code of the service, such as `payment_card_usd_hpp`.'),
    currency: z.string().describe('Currency in which the customer pays, as an ISO 4217 code.'),
    flow: z.string().describe("Paytone's name of how the customer pays; `hpp` is its payment page."),
    method,
    fields: z.array(serviceField).describe('What the customer fills in.'),
    amountMin: nullable.describe('Least amount, as a decimal string.'),
    amountMax: nullable.describe('Greatest amount, as a decimal string.'),
  })
  .meta({ id: 'Service', description: 'A method in a currency: what a payment is made with.' });

/** The answer of `GET /v1/services`. */
export const servicesAnswer = z
  .object({
    currency: z.string().describe('Currency that was asked for, as an ISO 4217 code.'),
    testMode: z.boolean().describe('Whether these are test services, which move no money.'),
    services: z.array(offeredService).describe('Services on offer.'),
  })
  .meta({ id: 'Services', description: 'What a customer can pay with.' });

export const paymentStatus = z
  .enum(paymentStatuses)
  .meta({ id: 'PaymentStatus', description: 'Where the payment stands.' });

const redirect = z
  .object({
    url: z.string().describe('Where to send the browser.'),
    method: z.enum(['GET', 'POST']).describe('How: a plain link, or a form to post.'),
    fields: z.record(z.string(), z.string()).describe('Inputs of the form, for `POST`.'),
    hppUrl: nullable.describe("Paytone's own link to the payment page, which works with a plain GET."),
  })
  .meta({ id: 'Redirect', description: "The customer's way to the payment page." });

const paymentRefund = z
  .object({
    refundId: z.string().describe('Your id of the refund, or ours if a rule or an operator made it.'),
    amount,
    status: z
      .enum(['pending', 'processed', 'refused'])
      .describe('`pending` until Paytone has given the money back; `refused` if it will not.'),
    reason: z.string().describe("Why the money goes back, or Paytone's reason for the refusal."),
  })
  .meta({ id: 'Refund', description: 'A refund of a payment.' });

const moved = z
  .object({
    currency: z.string().describe('Currency in which the customer paid, as an ISO 4217 code.'),
    paid: z.string().describe('What the customer paid, as a decimal string, a fee on top included.'),
    fee: z.string().describe("Paytone's commission, as a decimal string."),
    refunded: z.string().describe('What was refunded, as a decimal string.'),
    chargedBack: z.string().describe("What the customer's bank took back, as a decimal string."),
  })
  .meta({ id: 'Money', description: 'Where the money is, as Paytone reports it. Null until money moves.' });

const decline = z
  .object({ code: z.string().describe("Paytone's code, such as `insufficient_funds`.") })
  .meta({ id: 'Decline', description: "The bank's last refusal." });

/** A payment, as every call answers it and every outcome carries it (docs/contract.md §3). */
export const paymentAnswer = z
  .object({
    orderId: z.string().describe('Your id of the order.'),
    status: paymentStatus,
    amount,
    attempt: z.int().describe('Number of the current attempt, from 1.'),
    referenceId: z.string().describe("The current attempt's reference at Paytone."),
    invoiceId: nullable.describe("Paytone's id of the current invoice; null until there is one."),
    service: nullable.describe('Code of the current service; null until one is chosen.'),
    redirect: redirect.nullable(),
    services: z.array(offeredService).describe('What the customer can choose from, while `choosing`.'),
    expiresAt: z.iso.datetime().describe('When the time to pay is over.'),
    decidedBy: z
      .enum(['callback', 'return', 'poll', 'expiry', 'operator', 'sweep'])
      .nullable()
      .describe('What led to the decision: `sweep` is the daily reconciliation. Null until decided.'),
    reason: nullable.describe('Why the payment stands where it does, written for people.'),
    refunds: z.array(paymentRefund).describe('Refunds, in the order in which they were requested.'),
    money: moved.nullable(),
    decline: decline.nullable(),
  })
  .meta({ id: 'Payment', description: 'A payment as it stands.' });

/** What is posted to the endpoints of an order service (docs/contract.md §3). */
export const outcomeMessage = z
  .object({
    type: z
      .enum(outcomeStatuses.map((status) => `payment.${status}` as const))
      .meta({ id: 'OutcomeType', description: 'What became of the payment.' }),
    timestamp: z.iso.datetime().describe('When it was decided.'),
    supersedes: z.string().optional().describe('The `webhook-id` of the outcome that this one replaces.'),
    data: paymentAnswer,
  })
  .meta({ id: 'Outcome', description: 'What became of a payment, as it is sent to you.' });

const delivery = z
  .object({
    at: z.iso.datetime().describe('When it was sent.'),
    result: z
      .enum(['taken', 'refused', 'underway'])
      .describe('`taken` if each endpoint answered 2xx; `underway` while there is no answer yet.'),
    detail: z
      .string()
      .nullable()
      .describe(
        "Your receiver's answer, if it did not take the outcome; with several endpoints, of each that did not.",
      ),
  })
  .meta({ id: 'Delivery', description: 'One attempt to deliver an outcome.' });

/** An outcome as it was told, with its deliveries. */
export const toldOutcome = z
  .object({
    webhookId: z.string().describe('Its `webhook-id`, the same on every delivery.'),
    type: outcomeMessage.shape.type,
    timestamp: z.iso.datetime().nullable().describe('When it was decided. Null until the first delivery.'),
    supersedes: z.string().nullable().describe('The `webhook-id` of the outcome that this one replaces.'),
    state: z
      .enum(['waiting', 'delivered', 'parked'])
      .describe(
        '`waiting`: will be delivered, or delivered again. `parked`: given up until somebody asks for it again.',
      ),
    deliveries: z.array(delivery).describe('Every delivery, oldest first.'),
  })
  .meta({ id: 'DeliveredOutcome', description: 'An outcome with its deliveries.' });
export type ToldOutcome = z.output<typeof toldOutcome>;

/** The answer of `GET …/outcomes`. */
export const toldOutcomes = z
  .object({ outcomes: z.array(toldOutcome).describe('Outcomes in the order in which they were decided.') })
  .meta({ id: 'DeliveredOutcomes', description: 'What you were told of a payment.' });

const fieldError = z
  .object({
    field: z.string().describe('Path of the field, such as `customer.email`.'),
    message: z.string().describe('What is wrong with it, to be read after the name of the field.'),
  })
  .meta({ id: 'FieldError', description: 'What is wrong with a field.' });

/** RFC 9457. */
export const problemAnswer = z
  .object({
    type: z
      .enum(problemTypes.map(({ type }) => type))
      .describe('Kind of the problem. Stable, and the path of the page that explains it.'),
    title: z.string().describe('The kind of problem in a few words.'),
    status: z.int().describe('The HTTP status.'),
    detail: z.string().describe('What happened, what it means, and what to do.'),
    errors: z.array(fieldError).optional().describe('The fields at fault.'),
    paymentStatus: paymentStatus.optional(),
    requestId: z.string().optional().describe('As in `X-Request-Id`. Quote it to the operators.'),
  })
  .meta({ id: 'Problem', description: 'An error, by RFC 9457.' });
