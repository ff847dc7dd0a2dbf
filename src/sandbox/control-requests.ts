import type { Request, RequestHandler } from 'express';
import type { z } from 'zod';
import type { SandboxInvoice } from './invoice.ts';
import type { Platform } from './platform.ts';

/** What the control API does not do, with the HTTP status that says so. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A handler that checks its body, acts, and answers with what the act returns. */
export function on<Schema extends z.ZodType>(
  schema: Schema,
  act: (body: z.output<Schema>, request: Request) => unknown,
): RequestHandler {
  return (request, response) => {
    const parsed = schema.safeParse(request.body ?? {});
    if (!parsed.success) return void response.status(400).json({ errors: parsed.error.issues });
    try {
      response.json(act(parsed.data, request) ?? {});
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      response.status(error.status).json({ errors: [{ message: error.message }] });
    }
  };
}

/** The invoice that the path names. */
export function invoiceOf({ invoices }: Platform, { params }: Request): SandboxInvoice {
  const invoice = invoices.get(String(params['id']));
  if (!invoice) throw new Refusal(404, 'There is no such invoice.');
  return invoice;
}
