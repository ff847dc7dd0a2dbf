import { Router, type Request } from 'express';
import { run, type Endpoint } from './endpoint.ts';
import type { Platform } from './platform.ts';
import { conflictReply } from './private-api.ts';
import { errorReply, invalidReply, send, type SandboxReply } from './reply.ts';
import { publicResource } from './resources.ts';
import { decimals, prerequestBody } from './services.ts';

/** `/public-api`: the public key in the body, or in the query of a GET. */
export function publicApi(platform: Platform): Router {
  const keyOf = (request: Request): unknown =>
    request.method === 'GET' ? request.query['public_key'] : bodyOf(request)['public_key'];
  const guard = (request: Request): SandboxReply | null =>
    keyOf(request) === platform.account.publicKey ? null : errorReply(401, 'Unauthorized');
  const mayCreate = (request: Request): SandboxReply | null =>
    guard(request) ?? (platform.publicCreateForbidden ? errorReply(403, 'Forbidden') : null);
  const at = (operation: string, answer: Endpoint['answer']) => run(platform, { operation, guard, answer });

  const router = Router();
  router.post(
    '/payment-prerequest',
    at('prerequest', (request) => {
      const currency = String(bodyOf(request)['currency']);
      if (decimals[currency] === undefined)
        return invalidReply({ currency: 'This value is not a valid currency.' });
      return { status: 200, body: prerequestBody(currency, platform.testMode, platform.url) };
    }),
  );
  router.post(
    '/payment-invoices',
    run(platform, {
      operation: 'invoice.create.public',
      guard: mayCreate,
      answer: (request) => {
        const made = platform.create(request.body, { isPrivate: false });
        if ('faults' in made) return invalidReply(made.faults);
        const invoice = 'invoice' in made ? made.invoice : made.earlier;
        const { referenceId, id: invoiceId } = invoice;
        const reply = {
          status: 201,
          body: { data: publicResource(invoice, platform.site) },
          referenceId,
          invoiceId,
        };
        return 'invoice' in made ? { ...reply, created: true } : conflictReply({ ...reply, status: 409 });
      },
    }),
  );
  // The form of a customer's browser: posted again, it leads to the same invoice's page.
  router.post('/payment-invoices/process', (request, response) => {
    const made = mayCreate(request) ?? createByForm(platform, request);
    const { status, referenceId = null, invoiceId = null, created = false } = made;
    const operation = 'invoice.create.form';
    platform.journal.add({
      at: platform.now(),
      kind: 'request',
      operation,
      referenceId,
      invoiceId,
      status,
      created,
    });
    if (status === 303) response.redirect(303, `/hpp/?cpi=${invoiceId}`);
    else send(response, made);
  });
  router.get(
    '/payment-invoices/:id',
    at('invoice.get.public', ({ params }) => {
      const invoice = platform.invoices.get(String(params['id']));
      return invoice
        ? { status: 200, body: { data: publicResource(platform.lag.byId(invoice), platform.site) } }
        : errorReply(404, 'Not Found');
    }),
  );
  return router;
}

function createByForm(platform: Platform, { body }: Request): SandboxReply {
  const made = platform.create(body, { isPrivate: false });
  if ('faults' in made) return invalidReply(made.faults);
  const { referenceId, id: invoiceId } = 'invoice' in made ? made.invoice : made.earlier;
  return { status: 303, body: {}, referenceId, invoiceId, created: 'invoice' in made };
}

const bodyOf = ({ body }: Request): Record<string, unknown> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
