import { z } from 'zod';
import { paymentAnswer, problemAnswer, servicesAnswer } from './payment-schema.ts';
import { cancelSchema, choiceSchema, refundSchema, termsSchema } from './terms-schema.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const described = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(described).filter(([name]) => name !== '$schema'));
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const body = (name: string) => ({ required: true, content: { 'application/json': { schema: ref(name) } } });
const answer = (description: string, name: string) => ({
  description,
  content: { 'application/json': { schema: ref(name) } },
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

const problems = {
  400: problem('Malformed: correct the fields named in `errors`.'),
  401: problem('Send a key of `ORDER_API_KEYS`.'),
  404: problem('The order has no payment of yours.'),
  409: problem('Another state than the call needs, or other terms: `errors` names what differs.'),
  413: problem('The body is over 64 KiB.'),
  422: problem('Well-formed, but it cannot be paid like this: `errors` says why.'),
  500: problem('Our fault.'),
  503: problem('Temporal or Paytone is out of reach: send the same request again after `Retry-After`.'),
};
const some = (...statuses: (keyof typeof problems)[]) =>
  Object.fromEntries(statuses.map((status) => [status, problems[status]]));

const orderId = {
  name: 'orderId',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
};
const payment = answer('The payment as it stands.', 'Payment');
const creating = answer(
  'Accepted; the platform has not answered yet. Send the same request again to wait on.',
  'Payment',
);
const onPayment = (summary: string, name: string) => ({
  post: {
    summary,
    parameters: [orderId],
    requestBody: body(name),
    responses: { 200: payment, 202: creating, ...some(400, 401, 404, 409, 413, 422, 500, 503) },
  },
});

const paths = {
  '/v1/services': {
    get: {
      summary: 'What the customer may pay with in a currency: the pre-request.',
      parameters: [
        { name: 'currency', in: 'query', required: true, schema: { type: 'string', examples: ['USD'] } },
      ],
      responses: {
        200: answer('Services with their methods and fields.', 'Services'),
        ...some(400, 401, 500, 503),
      },
    },
  },
  '/v1/payments/{orderId}': {
    put: {
      summary:
        "Starts the order's payment, or answers with the one that is there; the same terms, the same answer.",
      parameters: [orderId],
      requestBody: body('Terms'),
      responses: {
        200: payment,
        201: answer('Started.', 'Payment'),
        202: creating,
        ...some(400, 401, 404, 409, 413, 422, 500, 503),
      },
    },
    get: {
      summary: 'The payment as it stands.',
      parameters: [orderId],
      responses: { 200: payment, 202: creating, ...some(400, 401, 404, 500, 503) },
    },
  },
  '/v1/payments/{orderId}/method': onPayment("The customer's choice; answers with the redirect.", 'Choice'),
  '/v1/payments/{orderId}/cancel': onPayment(
    'Gives the order up; an open invoice stays payable until it is final.',
    'Cancel',
  ),
  '/v1/payments/{orderId}/refunds': onPayment('Gives money back; idempotent by `refundId`.', 'Refund'),
};

/** The order API as OpenAPI 3.1, from the schemas that validate. */
export const openApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Paytone payments',
    version: '1',
    description: 'The order API. Errors are application/problem+json (RFC 9457) with a stable `type`.',
  },
  security: [{ key: [] }],
  paths,
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Terms: schemaOf(termsSchema, 'input'),
      Choice: schemaOf(choiceSchema, 'input'),
      Cancel: schemaOf(cancelSchema, 'input'),
      Refund: schemaOf(refundSchema, 'input'),
      Services: schemaOf(servicesAnswer, 'output'),
      Payment: schemaOf(paymentAnswer, 'output'),
      Problem: schemaOf(problemAnswer, 'output'),
    },
  },
};
