import type { z } from 'zod';
import { isOrderId, type OrderId } from '../domain/identity.ts';
import { malformed, type Problem } from './problem.ts';

export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

/** What was sent, or a problem that names every field at fault. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): Parsed<z.output<Schema>> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return { ok: true, value: result.data };
  const errors = result.error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.'),
    message,
  }));
  const detail =
    'Some fields are missing or malformed. Correct those listed in "errors" and send the request again.';
  return { ok: false, problem: malformed(detail, errors) };
}

export function parseOrderId(text: string): Parsed<OrderId> {
  if (isOrderId(text)) return { ok: true, value: text };
  const errors = [{ field: 'orderId', message: 'must match ^[A-Za-z0-9_-]{1,64}$' }];
  return {
    ok: false,
    problem: malformed('An order id has 1 to 64 letters, digits, "_" or "-".', errors),
  };
}
