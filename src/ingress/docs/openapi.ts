import { z } from 'zod';
import { currenciesByExponent } from '../../domain/money.ts';
import { listAnswer, listQuery } from '../../payments/list-schema.ts';
import {
  outcomeMessage,
  paymentAnswer,
  problemAnswer,
  servicesAnswer,
  toldOutcome,
  toldOutcomes,
} from '../../payments/payment-schema.ts';
import { reportAnswer } from '../../reconciliation/report-schema.ts';
import { cancelSchema, choiceSchema, refundSchema, termsSchema } from '../../payments/terms-schema.ts';
import {
  ref,
  body,
  header,
  limits,
  etag,
  some,
  orderId,
  ifNoneMatch,
  answer,
  payment,
  known,
  started,
  creating,
  onPayment,
  queryOf,
} from './openapi-parts.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const described = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(described).filter(([name]) => name !== '$schema'));
};
const paths = {
  '/v1/services': {
    get: {
      operationId: 'listServices',
      summary: 'What the customer may pay with in a currency: the pre-request.',
      parameters: [
        {
          name: 'currency',
          in: 'query',
          required: true,
          description: 'ISO 4217.',
          schema: { type: 'string', enum: [...currenciesByExponent().values()].flat().sort() },
        },
      ],
      responses: { 200: answer('Services with their methods and fields.', 'Services'), ...some(400) },
    },
  },
  '/v1/payments': {
    get: {
      operationId: 'listPayments',
      summary:
        'Your payments, the newest first, by `Accept` as JSON or CSV. They come from an index that is some seconds behind, and that forgets a payment some weeks after its end: `GET /v1/payments/{orderId}` tells the truth.',
      parameters: queryOf(listQuery),
      responses: {
        200: {
          description: 'A page of payments.',
          headers: { ...limits, Link: header('The next page, where there is one: `rel="next"`.') },
          content: {
            'application/json': { schema: ref('Payments') },
            'text/csv': { schema: { type: 'string' } },
          },
        },
        ...some(400),
      },
    },
  },
  '/v1/payments/{orderId}': {
    put: {
      operationId: 'startPayment',
      summary:
        "Starts the order's payment, or answers with the one that is there; the same terms, the same answer, however old the payment is.",
      parameters: [orderId],
      requestBody: body('Terms'),
      responses: { 200: payment, 201: started, 202: creating, ...some(400, 404, 409, 413, 415, 422) },
    },
    get: {
      operationId: 'getPayment',
      summary:
        'The payment as it stands. Send its `ETag` as `If-None-Match` when you ask again. A payment of long ago is answered from Paytone: 503 while that cannot be reached.',
      parameters: [orderId, ifNoneMatch],
      responses: {
        200: { ...known, headers: { ...limits, ...etag } },
        ...some(304, 400, 404),
      },
    },
  },
  '/v1/payments/{orderId}/events': {
    get: {
      operationId: 'followPayment',
      summary:
        'The payment as it changes, as server-sent events: `payment` with a Payment, now and after each change; then `end` when nothing of it runs any more. A stream that closes without is to be opened again.',
      parameters: [orderId],
      responses: {
        200: {
          description: 'A stream that stays open; a comment comes every 15 s.',
          headers: limits,
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...some(400, 404),
      },
    },
  },
  '/v1/payments/{orderId}/method': onPayment(
    'chooseMethod',
    "The customer's choice; answers with the redirect.",
    'Choice',
  ),
  '/v1/payments/{orderId}/cancel': onPayment(
    'cancelPayment',
    'Gives the order up; an open invoice stays payable until it is final.',
    'Cancel',
  ),
  '/v1/payments/{orderId}/refunds': onPayment(
    'refundPayment',
    'Gives money back; idempotent by `refundId`.',
    'Refund',
  ),
  '/v1/payments/{orderId}/outcomes': {
    get: {
      operationId: 'listOutcomes',
      summary:
        'What you were told of a payment: each outcome with the time of every delivery and what your receiver answered. Nothing of payments that are answered from Paytone alone.',
      parameters: [orderId],
      responses: { 200: answer('The outcomes in their order.', 'ToldOutcomes'), ...some(400, 404) },
    },
  },
  '/v1/payments/{orderId}/outcomes/{webhookId}/redeliver': {
    post: {
      operationId: 'redeliverOutcome',
      summary:
        'Tells an outcome once more, under its `webhook-id`, and answers when your receiver has. One that was not taken yet is tried at once, after those before it.',
      parameters: [
        orderId,
        {
          name: 'webhookId',
          in: 'path',
          required: true,
          description: 'The `webhook-id` of the outcome.',
          schema: { type: 'string' },
        },
      ],
      responses: { 200: answer('The outcome with all its deliveries.', 'ToldOutcome'), ...some(400, 404) },
    },
  },
  '/v1/reports/{day}': {
    get: {
      operationId: 'getReport',
      summary:
        "A day's reconciliation of the whole account, by `Accept` as JSON, CSV or a page; there from 03:00 UTC of the next day.",
      parameters: [
        {
          name: 'day',
          in: 'path',
          required: true,
          description: 'A day of the calendar, UTC.',
          schema: { type: 'string', format: 'date' },
        },
      ],
      responses: {
        200: {
          description: 'The report.',
          headers: limits,
          content: {
            'application/json': { schema: ref('Report') },
            'text/csv': { schema: { type: 'string' } },
            'text/html': { schema: { type: 'string' } },
          },
        },
        ...some(400, 404),
      },
    },
  },
};

const signed = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});
const webhooks = {
  outcome: {
    post: {
      operationId: 'outcome',
      summary:
        'What became of a payment, sent to `OUTCOME_URL` and signed by the Standard Webhooks specification: verify it, act once an id.',
      security: [],
      parameters: [
        signed('webhook-id', 'Of the outcome: the same on every delivery of it.'),
        signed('webhook-timestamp', 'Of the delivery, in unix seconds.'),
        signed('webhook-signature', 'One for each of `OUTCOME_SECRETS`, with a space in between.'),
      ],
      requestBody: body('Outcome'),
      responses: {
        '2XX': { description: 'Taken.' },
        410: { description: 'Not wanted: it is parked until an operator sends it again.' },
        default: { description: 'Failed, redirects included: sent again for 78 h, then parked.' },
      },
    },
  },
};

/** The order API as OpenAPI 3.1, from the schemas that validate. */
export const openApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Paytone payments',
    version: '1',
    license: { name: 'MIT', identifier: 'MIT' },
    description:
      'The order API. Errors are application/problem+json (RFC 9457) with a stable `type`. Every answer carries `X-Request-Id`: the one that you send, up to 64 letters, digits, `.`, `_` and `-`, or one made here.',
  },
  servers: [{ url: '/' }],
  security: [{ key: [] }],
  paths,
  webhooks,
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Terms: schemaOf(termsSchema, 'input'),
      Choice: schemaOf(choiceSchema, 'input'),
      Cancel: schemaOf(cancelSchema, 'input'),
      Refund: schemaOf(refundSchema, 'input'),
      Services: schemaOf(servicesAnswer, 'output'),
      Payment: schemaOf(paymentAnswer, 'output'),
      Payments: schemaOf(listAnswer, 'output'),
      Outcome: schemaOf(outcomeMessage, 'output'),
      ToldOutcome: schemaOf(toldOutcome, 'output'),
      ToldOutcomes: schemaOf(toldOutcomes, 'output'),
      Report: schemaOf(reportAnswer, 'output'),
      Problem: schemaOf(problemAnswer, 'output'),
    },
  },
};
