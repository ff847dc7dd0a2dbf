import { z } from 'zod';
import type { AnswerClass } from '../domain/invoice/directive.ts';
import type { FieldMessage } from '../domain/invoice/invoice.ts';

const classes: Readonly<Record<number, AnswerClass>> = {
  200: 'success',
  201: 'success',
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  422: 'unprocessable',
  429: 'rate_limited',
  500: 'server_error',
  502: 'server_error',
  503: 'unavailable',
  504: 'server_error',
};

/** The row of the directive table that an HTTP status belongs to; what the table does not name tells us nothing. */
export const answerClassOf = (status: number): AnswerClass => classes[status] ?? 'unreadable';

const longestRetryMs = 60 * 60 * 1000;

/** `Retry-After` in both its forms (RFC 9110, 10.2.3), bounded; null where it makes no sense. */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string') return null;
  const text = header.trim();
  const ms = /^[0-9]+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return ms >= 0 ? Math.min(ms, longestRetryMs) : null;
}

const errorItem = z.object({
  title: z.string().nullish(),
  detail: z.string().nullish(),
  status: z.string().nullish(),
});
const errorBody = z.object({
  errors: z.union([z.record(z.string(), z.unknown()), z.array(errorItem)]),
});

/** Both error shapes (docs/platform.md §9): `errors` as a list of objects, or as a map of field to message. */
export function fieldMessagesOf(body: unknown): FieldMessage[] {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return [];
  const { errors } = parsed.data;
  if (Array.isArray(errors)) {
    return errors.map(({ title, detail, status }) => ({
      field: '',
      message: detail ?? title ?? status ?? 'refused',
    }));
  }
  return Object.entries(errors).map(([field, message]) => ({
    field,
    message: typeof message === 'string' ? message : JSON.stringify(message),
  }));
}
