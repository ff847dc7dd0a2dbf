import { z } from 'zod';
import { requestExamples } from './request-examples.ts';

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const body = (name: string) => ({
  required: true,
  content: {
    'application/json': {
      schema: ref(name),
      ...(requestExamples[name] && { examples: requestExamples[name] }),
    },
  },
});
export const header = (description: string) => ({ description, schema: { type: 'string' } });
const requestId = { 'X-Request-Id': header('Of the request that is answered: yours, or one made here.') };
export const limits = {
  ...requestId,
  RateLimit: header('What is left of this key\'s requests, such as `"key"; r=29999; t=60`.'),
  'RateLimit-Policy': header('What a key may do, such as `"key"; q=30000; w=60`.'),
};
const retryAfter = { 'Retry-After': header('Seconds to wait.') };
const problem = (description: string, headers: object = {}) => ({
  description,
  headers: { ...requestId, ...headers, Link: header('Where the `type` is explained: `rel="help"`.') },
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

export const etag = { ETag: header('Of this answer (RFC 9110).') };
const problems = {
  304: {
    description: 'The same as the `If-None-Match` that was sent: use what you have.',
    headers: { ...requestId, ...etag },
  },
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
export const some = (...statuses: (keyof typeof problems)[]) =>
  Object.fromEntries(
    [...statuses, 401 as const, 405 as const, 429 as const, 500 as const, 503 as const].map((status) => [
      status,
      problems[status],
    ]),
  );

export const orderId = {
  name: 'orderId',
  in: 'path',
  required: true,
  description: "The order's own id.",
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
};

export const ifNoneMatch = {
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
export const answer = (description: string, name: string, more: object = {}) => ({
  description,
  headers: limits,
  content: { 'application/json': { schema: ref(name) } },
  ...more,
});
export const payment = answer('The payment as it stands.', 'Payment', { links });
export const known = answer('The payment as it stands.', 'Payment');
export const started = answer('Started.', 'Payment', { links });
export const creating = answer(
  'Accepted; the platform has not answered yet. Send the same request again to wait on.',
  'Payment',
);
export const onPayment = (operationId: string, summary: string, name: string) => ({
  post: {
    operationId,
    summary,
    parameters: [orderId],
    requestBody: body(name),
    responses: { 200: known, 202: creating, ...some(400, 404, 409, 413, 415, 422) },
  },
});

export const queryOf = (query: z.ZodType) =>
  Object.entries(z.toJSONSchema(query, { io: 'input' }).properties ?? {}).map(([name, property]) => {
    const { description = '', ...schema } = typeof property === 'object' ? property : {};
    return { name, in: 'query', description, schema };
  });
