import { fetch } from 'undici';
import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const service = z.object({
  code: z.string(),
  method: z.object({ name: texts, logo: z.string().nullable() }),
  fields: z.array(
    z.object({
      key: z.string(),
      label: texts,
      hint: texts.nullable(),
      regexp: z.string().nullable(),
      required: z.boolean(),
    }),
  ),
});
const payment = z.object({
  orderId: z.string(),
  status: z.string(),
  amount: z.object({ value: z.string(), currency: z.string() }),
  redirect: z
    .object({
      url: z.string(),
      method: z.enum(['GET', 'POST']),
      fields: texts,
      hppUrl: z.string().nullable(),
    })
    .nullable(),
  services: z.array(service),
  reason: z.string().nullable(),
});
const problem = z.object({
  title: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
});

export type Payment = z.output<typeof payment>;
export type Problem = z.output<typeof problem>;
export type Answer = { readonly payment: Payment } | { readonly problem: Problem };

/** The order API over HTTP, as any order service would call it. */
export function orderApi(url: string, key: string) {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${url}/v1/payments/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json: unknown = await answer.json();
    return answer.ok ? { payment: payment.parse(json) } : { problem: problem.parse(json) };
  };
  return {
    start: (orderId: string, terms: object) => call('PUT', orderId, terms),
    choose: (orderId: string, choice: object) => call('POST', `${orderId}/method`, choice),
    cancel: (orderId: string) => call('POST', `${orderId}/cancel`, { reason: 'canceled by the customer' }),
    get: (orderId: string) => call('GET', orderId),
  };
}
