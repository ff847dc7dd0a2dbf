import { z } from 'zod';
import { requestExamples } from './request-examples.ts';
import { withExamples, type ResponseWithContent } from './response-examples.ts';

const refTo = (kind: string) => (name: string) => ({ $ref: `#/components/${kind}/${name}` });
export const ref = refTo('schemas');
export const parameter = refTo('parameters');
const headerRef = refTo('headers');
const responseRef = refTo('responses');

export const body = (name: string) => ({
  required: true,
  content: {
    'application/json': {
      schema: ref(name),
      ...(requestExamples[name] && { examples: requestExamples[name] }),
    },
  },
});

const textHeader = (description: string) => ({ description, schema: { type: 'string' } });
export const headers = {
  'X-Request-Id': textHeader('The id of the request: yours, or a new one.'),
  RateLimit: textHeader('What is left of this key\'s requests, such as `"key"; r=29999; t=60`.'),
  'RateLimit-Policy': textHeader('How many requests a key may send, such as `"key"; q=30000; w=60`.'),
  'Retry-After': textHeader('Seconds to wait.'),
  ETag: textHeader('Identifies this answer (RFC 9110).'),
  Link: textHeader('The next page, if there is one: `rel="next"`.'),
  'WWW-Authenticate': textHeader('`Bearer`.'),
  Allow: textHeader('The methods that the path supports.'),
};
type Header = keyof typeof headers;
export const withHeaders = (...names: Header[]) => ({
  headers: Object.fromEntries(names.map((name) => [name, headerRef(name)])),
});
const limits = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'] as const;
export const limited = withHeaders(...limits);

const problem = (description: string, ...names: Header[]) => ({
  description,
  ...withHeaders('X-Request-Id', ...names),
  content: { 'application/problem+json': { schema: ref('Problem') } },
});
/** The answers that several calls share, by their status. */
const shared = {
  304: [
    'NotModified',
    {
      description: 'Nothing has changed since the answer whose `ETag` you sent.',
      ...withHeaders('X-Request-Id', 'ETag'),
    },
  ],
  400: ['Malformed', problem('The request is malformed. `errors` names the fields to correct.', ...limits)],
  401: ['Unauthorized', problem('The API key is missing or wrong.', 'WWW-Authenticate')],
  403: ['Forbidden', problem('The key lacks a right. `detail` names it.', ...limits)],
  404: ['NotFound', problem('You have no such payment.', ...limits)],
  405: ['WrongMethod', problem('The path does not support this method.', 'Allow')],
  409: [
    'Conflict',
    problem(
      'The terms differ, or the payment is in the wrong state. `errors` names what differs.',
      ...limits,
    ),
  ],
  413: ['TooLarge', problem('The body is over 64 KiB.', ...limits)],
  415: ['UnsupportedMediaType', problem('The body is not JSON in UTF-8.', ...limits)],
  422: [
    'Refused',
    problem('The request is well-formed, but the payment is not possible. `errors` says why.', ...limits),
  ],
  429: [
    'TooManyRequests',
    problem('This key has sent too many requests. Wait for `Retry-After`.', ...limits, 'Retry-After'),
  ],
  500: ['InternalError', problem('Our fault. Repeat the request.')],
  503: [
    'Unavailable',
    problem('Temporal or Paytone is out of reach. Repeat the request after `Retry-After`.', 'Retry-After'),
  ],
} as const;
type Response = ResponseWithContent & { readonly description: string };
const entries: readonly (readonly [string, Response])[] = Object.values(shared);
export const sharedResponses: Readonly<Record<string, Response>> = Object.fromEntries(
  entries.map(([name, response]) => [name, withExamples(name, response)]),
);
type Shared = keyof typeof shared;
const always: readonly Shared[] = [401, 403, 405, 429, 500, 503];
export const problemResponses = (...statuses: Shared[]) =>
  Object.fromEntries([...statuses, ...always].map((status) => [status, responseRef(shared[status][0])]));

export const parameters = {
  OrderId: {
    name: 'orderId',
    in: 'path',
    required: true,
    description: 'Your id of the order.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
    example: 'A1001',
  },
  WebhookId: {
    name: 'webhookId',
    in: 'path',
    required: true,
    description: 'The `webhook-id` of the outcome.',
    schema: { type: 'string' },
    example: 'out_example',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of an earlier answer.',
    schema: { type: 'string' },
  },
};

/** What can be asked next about the payment that was answered. */
const links = Object.fromEntries(
  ['getPayment', 'chooseMethod', 'cancelPayment', 'refundPayment'].map((operationId) => [
    operationId,
    { operationId, parameters: { orderId: '$response.body#/orderId' } },
  ]),
);
export const answer = (description: string, name: string, more: object = {}) => ({
  description,
  ...limited,
  content: { 'application/json': { schema: ref(name) } },
  ...more,
});
const paymentResponse = answer('The payment as it stands.', 'Payment');
export const knownPayment = { ...paymentResponse, links };
export const started = answer('The payment was started.', 'Payment', { links });
export const creatingResponse = answer(
  'Accepted, but Paytone has not answered yet. Repeat the request to keep waiting.',
  'Payment',
);

/** What an operation is for: a line, and what a developer has to know. */
export interface OperationWords {
  readonly operationId: string;
  readonly tags: readonly [string];
  readonly summary: string;
  readonly description: string;
}
export const onPayment = (words: OperationWords, name: string) => ({
  post: {
    ...words,
    parameters: [parameter('OrderId')],
    requestBody: body(name),
    responses: {
      200: paymentResponse,
      202: creatingResponse,
      ...problemResponses(400, 404, 409, 413, 415, 422),
    },
  },
});

export const queryOf = (query: z.ZodType): object[] =>
  Object.entries(z.toJSONSchema(query, { io: 'input' }).properties ?? {}).map(([name, property]) => {
    const { description = '', ...schema } = typeof property === 'object' ? property : {};
    return { name, in: 'query', description, schema: '$ref' in schema ? ref('PaymentStatus') : schema };
  });
