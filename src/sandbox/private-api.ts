import { timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import { z } from 'zod';
import { run, type Endpoint } from './endpoint.ts';
import type { SandboxInvoice } from './invoice.ts';
import { refundLeft } from './money-back.ts';
import type { Platform } from './platform.ts';
import { errorReply, invalidReply, type SandboxReply } from './reply.ts';
import { privateResource, refundResource } from './resources.ts';
import { serviceResource, services } from './services.ts';

const sameText = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const refundBody = z.object({
  data: z.object({
    attributes: z.object({
      amount: z.coerce.number().positive(),
      reference_id: z.string().min(1),
      description: z.string().nullish(),
    }),
  }),
});

/** `/api`: Basic authentication with account id and private key. */
export function privateApi(platform: Platform): Router {
  const { account, invoices } = platform;
  const expected = `Basic ${Buffer.from(`${account.id}:${account.privateKey}`).toString('base64')}`;
  const guard = (request: Request): SandboxReply | null =>
    !platform.credentialsRejected && sameText(request.get('authorization') ?? '', expected)
      ? null
      : errorReply(401, 'Unauthorized');
  const at = (operation: string, answer: Endpoint['answer']) => run(platform, { operation, guard, answer });
  const shown = (
    status: number,
    invoice: SandboxInvoice,
    more: Partial<SandboxReply> = {},
  ): SandboxReply => ({
    status,
    body: { data: privateResource(invoice, platform.site) },
    referenceId: invoice.referenceId,
    invoiceId: invoice.id,
    ...more,
  });
  const router = Router();
  router.get(
    '/payment-services',
    at('services.list', (request) => servicePage(platform, request)),
  );
  router.get(
    '/payment-services/:id',
    at('services.get', (request) => {
      const found = services.find(({ id }) => id === request.params['id']);
      return found ? { status: 200, body: { data: serviceResource(found, platform.testMode) } } : notFound;
    }),
  );
  router.post(
    '/payment-invoices',
    at('invoice.create.private', ({ body }) => {
      const attributes = z.object({ data: z.object({ attributes: z.unknown() }) }).safeParse(body);
      if (!attributes.success) return errorReply(400, 'Bad Request');
      const made = platform.create(attributes.data.data.attributes, { isPrivate: true });
      if ('faults' in made) return invalidReply(made.faults);
      if ('invoice' in made) return shown(201, made.invoice, { created: true });
      return conflictReply(shown(409, made.earlier));
    }),
  );
  // `filter[reference_id]` narrows the list of invoices to the one of a reference.
  router.get('/payment-invoices', (request, response, next) => {
    const wanted = request.query['filter[reference_id]'];
    const byReference = at('invoice.by-reference', () => {
      const found = typeof wanted === 'string' ? invoices.byReference(wanted) : undefined;
      const seen = found && platform.lag.byReference(found);
      const data = seen ? [privateResource(seen, platform.site)] : [];
      return { status: 200, body: { data }, ...(found && { invoiceId: found.id }) };
    });
    const list = at('invoice.list', () => invoicePage(platform, request));
    (wanted === undefined ? list : byReference)(request, response, next);
  });
  router.get(
    '/payment-invoices/:id',
    at('invoice.get.private', ({ params }) => {
      const found = invoices.get(String(params['id']));
      return found ? shown(200, platform.lag.byId(found)) : notFound;
    }),
  );
  router.post(
    '/payment-invoices/:id/refund',
    at('refund.create', (request) => refundReply(platform, request)),
  );
  return router;
}

const notFound = errorReply(404, 'Not Found');

/** 409: "an API returns an error message and duplicate request body". */
export const conflictReply = (reply: SandboxReply): SandboxReply => ({
  ...reply,
  body: { ...(errorReply(409, 'Conflict').body as object), ...(reply.body as object) },
});

const whole = (value: unknown, preset: number): number => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, 100) : preset;
};

function servicePage({ testMode }: Platform, { query }: Request): SandboxReply {
  const size = whole(query['page[size]'], 20);
  const page = whole(query['page[number]'], 1);
  const pages = Math.max(1, Math.ceil(services.length / size));
  const link = (number: number) => `/api/payment-services?page[number]=${number}&page[size]=${size}`;
  const data = services.slice((page - 1) * size, page * size).map((it) => serviceResource(it, testMode));
  const next = page < pages ? { next: link(page + 1) } : {};
  const links = { first: link(1), ...next, last: link(pages) };
  return { status: 200, body: { meta: { total: services.length, pages, page }, links, data } };
}

function invoicePage({ invoices, site }: Platform, { query }: Request): SandboxReply {
  const size = whole(query['page[size]'], 20);
  const after = typeof query['page[after]'] === 'string' ? query['page[after]'] : null;
  const page = invoices.page(after, size);
  const last = page.more ? (page.invoices.at(-1)?.id ?? '') : '';
  const meta = { count: invoices.size, size, before: page.invoices[0]?.id ?? '', after: last };
  const next = last && `/api/payment-invoices?page[size]=${size}&page[after]=${last}`;
  const data = page.invoices.map((invoice) => privateResource(invoice, site));
  return { status: 200, body: { meta, links: { prev: '', next }, data } };
}

function refundReply({ invoices, moneyBack }: Platform, { params, body }: Request): SandboxReply {
  const invoice = invoices.get(String(params['id']));
  if (!invoice) return notFound;
  const parsed = refundBody.safeParse(body);
  if (!parsed.success) {
    return invalidReply(
      Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path.at(-1)), message])),
    );
  }
  const { amount, reference_id: referenceId, description } = parsed.data.data.attributes;
  const earlier = invoice.refunds.find((refund) => refund.referenceId === referenceId);
  if (earlier) return conflictReply({ status: 409, body: { data: refundResource(earlier, invoice) } });
  const left = refundLeft(invoice);
  if (amount > left) return invalidReply({ amount: `This value should be ${left} or less.` });
  const refund = moneyBack.refund(invoice, { referenceId, amount, description: description ?? null });
  const data = refundResource(refund, invoice);
  return {
    status: 201,
    body: { data },
    referenceId: invoice.referenceId,
    invoiceId: invoice.id,
    created: true,
  };
}
