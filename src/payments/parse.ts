import type { z } from 'zod';
import { isOrderId, type OrderId } from '../domain/identity.ts';
import type { FieldMessage } from '../domain/invoice/invoice.ts';
import { malformed, type Problem } from './problem.ts';
import { wordingOf } from './issue-wording.ts';
import { namesAt, nearestTo } from './nearest-name.ts';

export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

/** More would be noise, and a way to have long answers made. */
const maxErrors = 20;
const maxShown = 64;

/** What was sent, or a problem that names every field at fault. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): Parsed<z.output<Schema>> {
  return parse(
    schema,
    body === undefined ? {} : body,
    'Some fields are missing, malformed or unknown. Correct those listed in "errors" and send the request again.',
  );
}

/** The same of a query string. */
export function parseQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: unknown,
): Parsed<z.output<Schema>> {
  return parse(
    schema,
    query,
    'Some query parameters are malformed or unknown. Correct those listed in "errors" and ask again.',
  );
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  detail: string,
): Parsed<z.output<Schema>> {
  const result = schema.safeParse(given, { error: wordingOf });
  if (result.success) return { ok: true, value: result.data };
  const errors = result.error.issues.flatMap((issue) => messagesOf(schema, issue)).slice(0, maxErrors);
  return { ok: false, problem: malformed(detail, errors) };
}

function messagesOf(schema: z.ZodType, issue: z.core.$ZodIssue): FieldMessage[] {
  if (issue.code !== 'unrecognized_keys') return [{ field: fieldOf(issue.path), message: issue.message }];
  const known = namesAt(schema, issue.path);
  return issue.keys.slice(0, maxErrors).map((key) => ({
    field: fieldOf([...issue.path, key]),
    message: `is not a known field; did you mean "${nearestTo(key.slice(0, maxShown), known)}"?`,
  }));
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => String(step).slice(0, maxShown)).join('.') || 'body';

export function parseOrderId(text: string): Parsed<OrderId> {
  if (isOrderId(text)) return { ok: true, value: text };
  const errors = [{ field: 'orderId', message: 'must match ^[A-Za-z0-9_-]{1,64}$' }];
  return {
    ok: false,
    problem: malformed('An order id has 1 to 64 letters, digits, "_" or "-".', errors),
  };
}
