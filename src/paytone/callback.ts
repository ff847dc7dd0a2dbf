import { z } from 'zod';
import { isInvoiceId, type InvoiceId } from '../domain/identity.ts';
import { jsonOf } from './json-of.ts';

/** All that a callback may tell: where to look, and whether looking is worth it. */
export interface Callback {
  readonly referenceId: string;
  readonly invoiceId: InvoiceId;
  readonly status: string | null;
  /** Unix seconds. */
  readonly updated: number | null;
}

const resource = z.object({
  data: z.object({
    id: z.string().refine(isInvoiceId),
    attributes: z.object({
      reference_id: z.string().min(1).max(128),
      status: z.string().max(64).nullish().catch(null),
      updated: z.coerce.number().int().nonnegative().nullish().catch(null),
    }),
  }),
});

const deepest = 40;

/** Reads the body of a callback whose signature was verified; null where it names no invoice. */
export function parseCallback(rawBody: Buffer): Callback | null {
  const text = rawBody.toString('utf8');
  if (depthOf(text) > deepest) return null;
  const parsed = resource.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const { id, attributes } = parsed.data.data;
  const { reference_id: referenceId, status, updated } = attributes;
  return { referenceId, invoiceId: id, status: status ?? null, updated: updated ?? null };
}

/** The deepest nesting of brackets, those inside strings included: cheap, and never too low. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const character of text) {
    if (character === '{' || character === '[') most = Math.max(most, ++depth);
    else if (character === '}' || character === ']') depth -= 1;
  }
  return most;
}
