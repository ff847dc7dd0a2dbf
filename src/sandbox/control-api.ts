import { json, Router, type Request } from 'express';
import { z } from 'zod';
import { controlMoney } from './control-money.ts';
import { invoiceOf, on } from './control-requests.ts';
import { faultRule } from './faults.ts';
import { refundedOf, type SandboxInvoice } from './invoice.ts';
import { refundEndings } from './money-back.ts';
import { knownCurrency, plantedInvoice, toPlanted } from './planting.ts';
import type { Platform } from './platform.ts';
import { feeStrategies } from './pricing.ts';

const behind = z
  .union([z.strictObject({ looks: z.number().int().min(0) }), z.strictObject({ seconds: z.number().min(0) })])
  .nullable()
  .default(null);

/** What the account's settings concern. */
const account = {
  platform: z
    .object({
      defaultCallbackUrl: z.string().nullable(),
      credentialsRejected: z.boolean(),
      publicCreateForbidden: z.boolean(),
    })
    .partial(),
  rules: z
    .object({
      expiredStatus: z.enum(['process_failed', 'expired']),
      fee: z.object({
        strategy: z.enum(feeStrategies),
        rate: z.number().min(0).default(0),
        fix: z.number().min(0).default(0),
      }),
      payIn: z.object({ currency: knownCurrency, rate: z.number().positive() }).nullable(),
      coarseClock: z.boolean(),
    })
    .partial(),
  moneyBack: z.object({ refunds: z.enum(refundEndings) }).partial(),
};

const schemas = {
  status: z.object({
    status: z.string().min(1),
    resolution: z.string().optional(),
    processedAmount: z.number().optional(),
  }),
  callback: z.object({
    forged: z.boolean().default(false),
    times: z.number().int().min(1).max(10_000).default(1),
  }),
  rule: z.object({
    mode: z.enum(['deliver', 'drop', 'hold']),
    delayMs: z.number().min(0).default(0),
    duplicates: z.number().int().min(0).default(0),
    forged: z.boolean().default(false),
    referenceId: z.string().nullable().default(null),
  }),
  release: z.object({ order: z.enum(['fifo', 'lifo']).default('fifo') }),
  account: z
    .unknown()
    .transform((body) => ({ platform: body, rules: body, moneyBack: body }))
    .pipe(z.object(account)),
  lag: z.object({ get: behind, lookup: behind, referenceId: z.string().nullable().default(null) }),
  plant: z.object({ invoices: z.array(plantedInvoice).max(1_000) }),
  clock: z.object({ advanceSeconds: z.number().min(0) }),
};

const summary = (invoice: SandboxInvoice) => ({
  id: invoice.id,
  referenceId: invoice.referenceId,
  status: invoice.status,
  resolution: invoice.resolution,
  amount: invoice.amount,
  currency: invoice.service.currency,
  service: invoice.service.code,
  refunded: refundedOf(invoice),
  created: invoice.created,
  updated: invoice.updated,
  expires: invoice.expires,
});

/** `/control/api`: the tester's hand on the platform. No authentication: it listens where tests and developers are. */
export function controlApi(platform: Platform): Router {
  const router = Router();
  router.use(json({ limit: '4mb' }));
  router.use(controlMoney(platform));
  const filterOf = ({ query }: Request) =>
    z.object({ referenceId: z.string(), operation: z.string(), kind: z.string() }).partial().parse(query);

  router.get('/journal', (request, response) => response.json(platform.journal.find(filterOf(request))));
  router.delete(
    '/journal',
    on(z.unknown(), () => platform.journal.clear()),
  );
  router.get('/invoices', (request, response) => {
    const { referenceId } = filterOf(request);
    const found =
      referenceId === undefined
        ? platform.invoices.page(null, 100).invoices
        : [platform.invoices.byReference(referenceId)];
    response.json(found.flatMap((invoice) => (invoice ? summary(invoice) : [])));
  });
  router.post(
    '/invoices',
    on(schemas.plant, ({ invoices }) => platform.invoices.plant(invoices.map(toPlanted)).map(summary)),
  );
  router.post(
    '/invoices/:id/status',
    on(schemas.status, ({ status, resolution, processedAmount }, request) => {
      const invoice = invoiceOf(platform, request);
      platform.invoices.setStatus(invoice, status, {
        ...(resolution !== undefined && { resolution }),
        ...(processedAmount !== undefined && { processedAmount }),
      });
      return summary(invoice);
    }),
  );
  router.post(
    '/invoices/:id/callback',
    on(schemas.callback, (how, request) => platform.callbacks.send(invoiceOf(platform, request), how)),
  );
  router.get('/faults', (_request, response) => response.json(platform.faults.rules));
  router.post(
    '/faults',
    on(faultRule, (rule) => platform.faults.add(rule)),
  );
  router.delete(
    '/faults',
    on(z.unknown(), () => platform.faults.clear()),
  );
  router.put(
    '/callbacks',
    on(schemas.rule, (rule) => void (platform.callbacks.rule = rule)),
  );
  router.post(
    '/callbacks/release',
    on(schemas.release, ({ order }) => ({ released: platform.callbacks.release(order) })),
  );
  router.put(
    '/account',
    on(schemas.account, ({ platform: settings, rules, moneyBack }) => {
      Object.assign(platform, settings);
      const { invoices } = platform;
      invoices.rules = Object.assign({ ...invoices.rules }, rules);
      platform.moneyBack.ending = moneyBack.refunds ?? platform.moneyBack.ending;
    }),
  );
  router.put(
    '/lag',
    on(schemas.lag, (rule) => void (platform.lag.rule = rule)),
  );
  router.post(
    '/clock',
    on(schemas.clock, ({ advanceSeconds }) => platform.advance(advanceSeconds)),
  );
  router.post(
    '/reset',
    on(z.unknown(), () => platform.reset()),
  );
  return router;
}
