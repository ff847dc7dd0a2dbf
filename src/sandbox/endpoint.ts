import type { Request, RequestHandler } from 'express';
import type { Platform } from './platform.ts';
import { errorReply, send, sendFaulty, type Reply } from './reply.ts';

export interface Endpoint {
  /** Name in the journal and in fault rules, such as `invoice.create.private`. */
  readonly operation: string;
  /** The answer to a request that may not come in, or null. */
  readonly guard: (request: Request) => Reply | null;
  readonly answer: (request: Request) => Reply;
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** The reference that a request names: in its body, in the filter of its query. */
function referenceOf({ body, query }: Request): string | null {
  const attributes = property(property(body, 'data'), 'attributes');
  const named = [
    property(attributes, 'reference_id'),
    property(body, 'reference_id'),
    query['filter[reference_id]'],
  ];
  return named.find((it) => typeof it === 'string') ?? null;
}

/** Runs an endpoint: guard, effect, answer, with the fault that is in wait for it, and a line in the journal. */
export function run(platform: Platform, { operation, guard, answer }: Endpoint): RequestHandler {
  return (request, response) => {
    const { method, path } = request;
    const invoice = platform.invoices.get(String(request.params['id'] ?? ''));
    const referenceId = referenceOf(request) ?? invoice?.referenceId ?? null;
    const rule = platform.faults.take({ operation, method, path: request.baseUrl + path, referenceId });
    const noEffect =
      rule?.when === 'before' && ['status', 'reset', 'timeout', 'html'].includes(rule.fault.type);
    const reply: Reply = noEffect ? errorReply(500, 'internal_error') : (guard(request) ?? answer(request));
    const status = rule ? sendFaulty(response, reply, rule.fault) : reply.status;
    if (!rule) send(response, reply);
    platform.journal.add({
      at: platform.now(),
      kind: 'request',
      operation,
      method,
      path: request.originalUrl.split('?')[0] ?? '',
      referenceId: reply.referenceId ?? referenceId,
      invoiceId: reply.invoiceId ?? invoice?.id ?? null,
      status,
      ...(rule && { fault: rule.fault.type }),
      created: reply.created ?? false,
    });
  };
}
