import { z } from 'zod';
import { currenciesByExponent } from '../domain/money.ts';
import { outcomeMessage, paymentAnswer, problemAnswer, servicesAnswer } from '../order/payment-schema.ts';
import { reportAnswer } from './report-schema.ts';
import { requestExamples } from './request-examples.ts';
import { cancelSchema, choiceSchema, refundSchema, termsSchema } from '../order/terms-schema.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const described = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(described).filter(([name]) => name !== '$schema'));
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const body = (name: string) => ({
  required: true,
  content: {
    'application/json': {
      schema: ref(name),
      ...(requestExamples[name] && { examples: requestExamples[name] }),
    },
  },
});
const header = (description: string) => ({ description, schema: { type: 'string' } });
const limits = {
  RateLimit: header('What is left of this key\'s requests, such as `"key"; r=29999; t=60`.'),
  'RateLimit-Policy': header('What a key may do, such as `"key"; q=30000; w=60`.'),
};
const retryAfter = { 'Retry-After': header('Seconds to wait.') };
const problem = (description: string, headers: object = {}) => ({
  description,
  headers,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

const etag = { ETag: header('Of this answer (RFC 9110).') };
const problems = {
  304: { description: 'The same as the `If-None-Match` that was sent: use what you have.', headers: etag },
  400: problem('Malformed: correct the fields named in `errors`.', limits),
  401: problem('Send a key of `ORDER_API_KEYS`.', { 'WWW-Authenticate': header('`Bearer`.') }),
  404: problem('The order has no payment of yours.', limits),
  405: problem('The path does not take this method: see `Allow`.', {
    Allow: header('The methods that it takes.'),
  }),
  409: problem('Another state than the call needs, or other terms: `errors` names what differs.', limits),
  413: problem('The body is over 64 KiB.', limits),
  415: problem('The body is not `application/json`, or in an encoding that is not read.', limits),
  422: problem('Well-formed, but it cannot be paid like this: `errors` says why.', limits),
  429: problem('Too many requests of this key: wait for `Retry-After`.', { ...limits, ...retryAfter }),
  500: problem('Our fault.'),
  503: problem('Temporal or Paytone is out of reach: send the same request again.', retryAfter),
};
const some = (...statuses: (keyof typeof problems)[]) =>
  Object.fromEntries(
    [...statuses, 401 as const, 405 as const, 429 as const, 500 as const, 503 as const].map((status) => [
      status,
      problems[status],
    ]),
  );

const orderId = {
  name: 'orderId',
  in: 'path',
  required: true,
  description: "The order's own id.",
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
};

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The `ETag` of an earlier answer.',
  schema: { type: 'string' },
};

/** What may be asked next of the payment that was answered. */
const links = Object.fromEntries(
  ['getPayment', 'chooseMethod', 'cancelPayment', 'refundPayment'].map((operationId) => [
    operationId,
    { operationId, parameters: { orderId: '$response.body#/orderId' } },
  ]),
);
const answer = (description: string, name: string, more: object = {}) => ({
  description,
  headers: limits,
  content: { 'application/json': { schema: ref(name) } },
  ...more,
});
const payment = answer('The payment as it stands.', 'Payment', { links });
const known = answer('The payment as it stands.', 'Payment');
const started = answer('Started.', 'Payment', { links });
const creating = answer(
  'Accepted; the platform has not answered yet. Send the same request again to wait on.',
  'Payment',
);
const onPayment = (operationId: string, summary: string, name: string) => ({
  post: {
    operationId,
    summary,
    parameters: [orderId],
    requestBody: body(name),
    responses: { 200: known, 202: creating, ...some(400, 404, 409, 413, 415, 422) },
  },
});

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
  '/v1/payments/{orderId}': {
    put: {
      operationId: 'startPayment',
      summary:
        "Starts the order's payment, or answers with the one that is there; the same terms, the same answer.",
      parameters: [orderId],
      requestBody: body('Terms'),
      responses: { 200: payment, 201: started, 202: creating, ...some(400, 404, 409, 413, 415, 422) },
    },
    get: {
      operationId: 'getPayment',
      summary: 'The payment as it stands. Send its `ETag` as `If-None-Match` when you ask again.',
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
    description: 'The order API. Errors are application/problem+json (RFC 9457) with a stable `type`.',
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
      Outcome: schemaOf(outcomeMessage, 'output'),
      Report: schemaOf(reportAnswer, 'output'),
      Problem: schemaOf(problemAnswer, 'output'),
    },
  },
};
