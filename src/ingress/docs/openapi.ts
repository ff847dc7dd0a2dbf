import { currencies } from '../../domain/money.ts';
import { listQuery } from '../../payments/list-schema.ts';
import {
  answer,
  body,
  creatingResponse,
  headers,
  knownPayment,
  limited,
  onPayment,
  parameter,
  parameters,
  queryOf,
  ref,
  sharedResponses,
  problemResponses,
  started,
  withHeaders,
} from './openapi-parts.ts';
import { schemas } from './openapi-schemas.ts';
import { pathsWithExamples } from './response-examples.ts';

const documentedPaths = {
  '/v1/services': {
    get: {
      operationId: 'listServices',
      tags: ['Payments'],
      summary: 'List payment methods',
      description:
        'Returns what a customer can pay with in a currency. Answers are up to a minute old. Needs the right `read` or `payments`.',
      parameters: [
        {
          name: 'currency',
          in: 'query',
          required: true,
          description: 'The currency, as an ISO 4217 code.',
          schema: { type: 'string', enum: currencies },
          example: 'USD',
        },
      ],
      responses: {
        200: answer('Services with their methods and fields.', 'Services'),
        ...problemResponses(400),
      },
    },
  },
  '/v1/payments': {
    get: {
      operationId: 'listPayments',
      tags: ['Payments'],
      summary: 'List payments',
      description:
        'Returns your payments, newest first, as JSON or, with `Accept: text/csv`, as CSV. They come from an index that runs a few seconds behind and forgets a payment some weeks after its end. For the current state, use `GET /v1/payments/{orderId}`. Needs the right `read` or `payments`.',
      parameters: queryOf(listQuery),
      responses: {
        200: {
          description: 'A page of payments, as JSON or CSV.',
          ...withHeaders('X-Request-Id', 'RateLimit', 'RateLimit-Policy', 'Link'),
          content: {
            'application/json': { schema: ref('PaymentList') },
            'text/csv': { schema: { type: 'string' } },
          },
        },
        ...problemResponses(400),
      },
    },
  },
  '/v1/payments/{orderId}': {
    put: {
      operationId: 'startPayment',
      tags: ['Payments'],
      summary: 'Start a payment',
      description:
        "Starts the order's payment, or returns the one that exists. The same terms always get the same payment, however old it is; other terms get 409. Safe to repeat. All order services share one space of order ids: an id that another service has used gets 404, so give yours a prefix. Needs the right `payments`.",
      parameters: [parameter('OrderId')],
      requestBody: body('Terms'),
      responses: {
        200: knownPayment,
        201: started,
        202: creatingResponse,
        ...problemResponses(400, 404, 409, 413, 415, 422),
      },
    },
    get: {
      operationId: 'getPayment',
      tags: ['Payments'],
      summary: 'Get a payment',
      description:
        'Returns the payment as it stands. Send the `ETag` of the last answer as `If-None-Match` to save traffic. A payment from long ago is answered from Paytone, with 503 while Paytone is out of reach. Needs the right `read` or `payments`.',
      parameters: [parameter('OrderId'), parameter('IfNoneMatch')],
      responses: {
        200: {
          ...answer('The payment as it stands.', 'Payment'),
          ...withHeaders('X-Request-Id', 'RateLimit', 'RateLimit-Policy', 'ETag'),
        },
        ...problemResponses(304, 400, 404),
      },
    },
  },
  '/v1/payments/{orderId}/events': {
    get: {
      operationId: 'followPayment',
      tags: ['Payments'],
      summary: 'Follow a payment',
      description:
        'Streams the payment as server-sent events: `payment` with a Payment, now and after each change, then `end` once nothing more will happen by itself. If the stream closes without `end`, connect again. Needs the right `read` or `payments`.',
      parameters: [parameter('OrderId')],
      responses: {
        200: {
          description: 'A stream that stays open. A comment is sent every 15 s.',
          ...limited,
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...problemResponses(400, 404),
      },
    },
  },
  '/v1/payments/{orderId}/method': onPayment(
    {
      operationId: 'chooseMethod',
      tags: ['Payments'],
      summary: 'Choose a method',
      description:
        "Records the customer's choice and returns the redirect. Repeating a choice does not start another attempt. A payment that is answered from Paytone alone takes no other choice (409). Needs the right `payments`.",
    },
    'Choice',
  ),
  '/v1/payments/{orderId}/cancel': onPayment(
    {
      operationId: 'cancelPayment',
      tags: ['Payments'],
      summary: 'Cancel a payment',
      description:
        'Gives the order up. An invoice that is already open can still be paid until it is final; the payment is `canceling` until then. A payment that is answered from Paytone alone cannot be canceled (409). Needs the right `payments`.',
    },
    'CancelRequest',
  ),
  '/v1/payments/{orderId}/refunds': onPayment(
    {
      operationId: 'refundPayment',
      tags: ['Payments'],
      summary: 'Refund a payment',
      description:
        'Gives money back, all that is left or a part. Idempotent by `refundId`. A payment that an operator ended is not refunded here (409). Needs the right `refunds`.',
    },
    'RefundRequest',
  ),
  '/v1/payments/{orderId}/outcomes': {
    get: {
      operationId: 'listOutcomes',
      tags: ['Outcomes'],
      summary: 'List delivered outcomes',
      description:
        "Returns what you were told of a payment: each outcome with the time of every delivery and your receiver's answer. Empty for payments that are answered from Paytone alone. With several endpoints, a delivery is `taken` once each of them has accepted the outcome. Needs the right `read` or `payments`.",
      parameters: [parameter('OrderId')],
      responses: {
        200: answer('The outcomes, in order.', 'DeliveredOutcomes'),
        ...problemResponses(400, 404),
      },
    },
  },
  '/v1/payments/{orderId}/outcomes/{webhookId}/redeliver': {
    post: {
      operationId: 'redeliverOutcome',
      tags: ['Outcomes'],
      summary: 'Redeliver an outcome',
      description:
        'Sends an outcome again under its `webhook-id`, and answers once your receiver has. An outcome that is waiting or parked is tried at once, after any earlier ones, at the endpoints that have not accepted it yet. Needs the right `payments`.',
      parameters: [parameter('OrderId'), parameter('WebhookId')],
      responses: {
        200: answer('The outcome with all its deliveries.', 'DeliveredOutcome'),
        ...problemResponses(400, 404),
      },
    },
  },
  '/v1/reports/{day}': {
    get: {
      operationId: 'getReport',
      tags: ['Reports'],
      summary: "Get a day's reconciliation",
      description:
        'Returns the comparison of a day with Paytone, for the account that the order service charges, as JSON, CSV or HTML by `Accept`. It is available from 03:00 UTC of the next day. Needs the right `reports`.',
      parameters: [
        {
          name: 'day',
          in: 'path',
          required: true,
          description: 'The day, in UTC.',
          schema: { type: 'string', format: 'date' },
          example: '2026-03-01',
        },
      ],
      responses: {
        200: {
          description: 'The report, as JSON, CSV or HTML.',
          ...limited,
          content: {
            'application/json': { schema: ref('Report') },
            'text/csv': { schema: { type: 'string' } },
            'text/html': { schema: { type: 'string' } },
          },
        },
        ...problemResponses(400, 404),
      },
    },
  },
};

const signatureHeader = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});
const documentedWebhooks = {
  outcome: {
    post: {
      operationId: 'outcome',
      tags: ['Outcomes'],
      summary: 'Receive an outcome',
      description:
        'Sent to each endpoint of your order service that takes its type, with what became of a payment, signed according to Standard Webhooks. Verify the signature, and process each `webhook-id` once.',
      security: [],
      parameters: [
        signatureHeader(
          'webhook-id',
          'Identifies the outcome. The same on every delivery, at every endpoint.',
        ),
        signatureHeader('webhook-timestamp', 'When it was sent, in unix seconds.'),
        signatureHeader(
          'webhook-signature',
          'One signature per secret of the endpoint, separated by spaces.',
        ),
      ],
      requestBody: body('Outcome'),
      responses: {
        '2XX': { description: 'Accepted.' },
        410: { description: 'Not wanted. It is parked until somebody asks for it again.' },
        default: { description: 'Failed, redirects included. It is sent again for 78 h, then parked.' },
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
    contact: { name: 'The operators of this service' },
    description:
      'The order API: start payments, follow them, refund them. Errors are application/problem+json (RFC 9457); their `type` is stable, and is the path of the page that explains it. Every answer carries `X-Request-Id`: the one you send (up to 64 letters, digits, `.`, `_` and `-`) or a new one.',
  },
  servers: [{ url: '/', description: 'This ingress.' }],
  security: [{ key: [] }],
  tags: [
    { name: 'Payments', description: 'Start, follow, change and refund the payments of your orders.' },
    { name: 'Outcomes', description: 'What became of a payment, sent to you.' },
    { name: 'Reports', description: 'The daily comparison with Paytone.' },
  ],
  paths: pathsWithExamples(documentedPaths),
  webhooks: documentedWebhooks,
  components: {
    securitySchemes: {
      key: {
        type: 'http',
        scheme: 'bearer',
        description: 'A key of your order service. What it may do follows from the rights of the service.',
      },
    },
    parameters,
    headers,
    responses: sharedResponses,
    schemas,
  },
};
