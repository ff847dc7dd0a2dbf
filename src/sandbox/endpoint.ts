import type { Request, RequestHandler } from 'express';
import type { SandboxInvoice } from './invoice.ts';
import type { Platform } from './platform.ts';
import { errorReply, send, sendFaulty, type SandboxReply } from './reply.ts';

export interface Endpoint {
  /** Name in the journal and in fault rules, such as `invoice.create.private`. */
  readonly operation: string;
  /** The answer to a request that may not come in, or null. */
  readonly guard: (request: Request) => SandboxReply | null;
  readonly answer: (request: Request) => SandboxReply;
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/**
 * What a request names: an invoice by its id, a reference in its body or in the filter of its query; of a list, where
 * its page begins.
 */
function referenceOf({ body, query }: Request, invoice: SandboxInvoice | undefined): string | null {
  const attributes = property(property(body, 'data'), 'attributes');
  const named = [
    invoice?.referenceId,
    property(attributes, 'reference_id'),
    property(body, 'reference_id'),
    query['filter[reference_id]'],
    query['page[after]'],
  ];
  return named.find((it) => typeof it === 'string') ?? null;
}

/** What a request for a refund names besides its invoice. */
function refundOf({ body }: Request): { refundReference?: string; amount?: number } {
  const attributes = property(property(body, 'data'), 'attributes');
  const refundReference = property(attributes, 'reference_id');
  const amount = Number(property(attributes, 'amount'));
  return {
    ...(typeof refundReference === 'string' && { refundReference }),
    ...(Number.isFinite(amount) && { amount }),
  };
}

const journaled = ({ referenceId, invoiceId, created }: SandboxReply) => ({
  ...(referenceId !== undefined && { referenceId }),
  ...(invoiceId !== undefined && { invoiceId }),
  ...(created !== undefined && { created }),
});
const withoutEffect = new Set(['status', 'reset', 'timeout', 'html']);

/** What is known of a request before it is answered. */
function seenIn(request: Request, { platform, operation }: { platform: Platform; operation: string }) {
  const invoice = platform.invoices.get(String(request.params['id'] ?? ''));
  const named = {
    operation,
    method: request.method,
    referenceId: referenceOf(request, invoice),
    ...(operation === 'refund.create' && refundOf(request)),
  };
  return { named, path: request.baseUrl + request.path, invoiceId: invoice?.id ?? null };
}

/** Runs an endpoint: guard, effect, answer, with the fault that is in wait for it, and a line in the journal. */
export function run(platform: Platform, { operation, guard, answer }: Endpoint): RequestHandler {
  return (request, response) => {
    const { named, path, invoiceId } = seenIn(request, { platform, operation });
    const rule = platform.faults.take({ ...named, path });
    const noEffect = rule?.when === 'before' && withoutEffect.has(rule.fault.type);
    const reply: SandboxReply = noEffect
      ? errorReply(500, 'internal_error')
      : (guard(request) ?? answer(request));
    const status = rule ? sendFaulty(response, reply, rule.fault) : send(response, reply);
    platform.journal.add({
      at: platform.now(),
      kind: 'request',
      ...named,
      path: request.originalUrl.replace(/\?.*$/, ''),
      invoiceId,
      created: false,
      ...journaled(reply),
      ...(rule && { fault: rule.fault.type }),
      status,
    });
  };
}
