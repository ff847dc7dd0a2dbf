import type { Response } from 'express';
import type { z } from 'zod';
import { isOrderId, type OrderId } from '../domain/identity.ts';
import { sendProblem } from './problem.ts';

/** The parsed body, or null after a 400 that names every field at fault. */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  response: Response,
): z.output<Schema> | null {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.'),
    message,
  }));
  sendProblem(response, {
    kind: 'malformed',
    status: 400,
    detail:
      'Some fields are missing or malformed. Correct those listed in "errors" and send the request again.',
    errors,
  });
  return null;
}

/** The order id of the path, or null after a 400. */
export function parseOrderId(text: string | undefined, response: Response): OrderId | null {
  if (text !== undefined && isOrderId(text)) return text;
  sendProblem(response, {
    kind: 'malformed',
    status: 400,
    detail: 'An order id has 1 to 64 letters, digits, "_" or "-".',
    errors: [{ field: 'orderId', message: 'must match ^[A-Za-z0-9_-]{1,64}$' }],
  });
  return null;
}
