import type { Request, RequestHandler } from 'express';
import type { SandboxInvoice } from './invoice.ts';
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

/** What a request names: a reference in its body or in the filter of its query; of a list, where its page begins. */
function referenceOf({ body, query }: Request, invoice: SandboxInvoice | undefined): string | null {
  const attributes = property(property(body, 'data'), 'attributes');
  const named = [
    property(attributes, 'reference_id'),
    property(body, 'reference_id'),
    query['filter[reference_id]'],
    query['page[after]'],
    invoice?.referenceId,
  ];
  return named.find((it) => typeof it === 'string') ?? null;
}

const journaled = ({ referenceId, invoiceId, created }: Reply) => ({
  ...(referenceId !== undefined && { referenceId }),
  ...(invoiceId !== undefined && { invoiceId }),
  ...(created !== undefined && { created }),
});
const withoutEffect = new Set(['status', 'reset', 'timeout', 'html']);

/** Runs an endpoint: guard, effect, answer, with the fault that is in wait for it, and a line in the journal. */
export function run(platform: Platform, { operation, guard, answer }: Endpoint): RequestHandler {
  return (request, response) => {
    const { method, path } = request;
    const invoice = platform.invoices.get(String(request.params['id'] ?? ''));
    const referenceId = referenceOf(request, invoice);
    const rule = platform.faults.take({ operation, method, path: request.baseUrl + path, referenceId });
    const noEffect = rule?.when === 'before' && withoutEffect.has(rule.fault.type);
    const reply: Reply = noEffect ? errorReply(500, 'internal_error') : (guard(request) ?? answer(request));
    const status = rule ? sendFaulty(response, reply, rule.fault) : send(response, reply);
    platform.journal.add({
      at: platform.now(),
      kind: 'request',
      operation,
      method,
      path: request.originalUrl.replace(/\?.*$/, ''),
      referenceId,
      invoiceId: invoice?.id ?? null,
      created: false,
      ...journaled(reply),
      ...(rule && { fault: rule.fault.type }),
      status,
    });
  };
}
