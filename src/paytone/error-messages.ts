import { z } from 'zod';
import type { FieldMessage } from '../domain/invoice/invoice.ts';

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
