import { Router } from 'express';
import { z } from 'zod';
import { invoiceOf, on, Refusal } from './control-requests.ts';
import { isPayable, newId, type SandboxInvoice } from './invoice.ts';
import { ledgerEntry } from './ledger.ts';
import { refundLeft } from './money-back.ts';
import { knownCurrency } from './planting.ts';
import type { Platform } from './platform.ts';
import { payInFor, priceOf } from './pricing.ts';

const amount = z.number().positive();

const schemas = {
  currency: z.object({ serviceCurrency: knownCurrency, rate: z.number().positive() }),
  refundEnd: z.object({ result: z.enum(['processed', 'failed']), refundReference: z.string().optional() }),
  dashboardRefund: z.object({
    amount: amount.optional(),
    result: z.enum(['processed', 'pending', 'failed']).default('processed'),
  }),
  chargeback: z.object({ amount: amount.optional() }),
};

const endings = { processed: 'at_once', pending: 'pending', failed: 'failing' } as const;

/** The part of `/control/api` that moves money; every call answers with the invoice's entry in the ledger. */
export function controlMoney(platform: Platform): Router {
  const { invoices, moneyBack } = platform;
  const router = Router();
  router.get('/ledger', ({ query }, response) => {
    const { referenceId } = query;
    const found =
      typeof referenceId === 'string'
        ? [invoices.byReference(referenceId)]
        : invoices.page(null, invoices.size).invoices;
    response.json(found.flatMap((invoice) => (invoice ? ledgerEntry(invoice) : [])));
  });
  router.post(
    '/invoices/:id/currency',
    on(schemas.currency, ({ serviceCurrency, rate }, request) => {
      const invoice = invoiceOf(platform, request);
      if (!isPayable(invoice)) throw new Refusal(409, `The invoice is ${invoice.status}: it cannot be paid.`);
      const payIn = payInFor(invoice.service.currency, { currency: serviceCurrency, rate });
      invoices.change(invoice, { payIn, ...priceOf({ ...invoice, payIn }) });
      return ledgerEntry(invoice);
    }),
  );
  router.post(
    '/invoices/:id/refund-end',
    on(schemas.refundEnd, (how, request) => {
      const invoice = invoiceOf(platform, request);
      if (!moneyBack.end(invoice, how)) throw new Refusal(409, 'No such refund is pending.');
      return ledgerEntry(invoice);
    }),
  );
  router.post(
    '/invoices/:id/dashboard-refund',
    on(schemas.dashboardRefund, ({ amount: wanted, result }, request) => {
      const invoice = invoiceOf(platform, request);
      const asked = wanted ?? refundLeft(invoice);
      assertRefundable(invoice, asked);
      const refund = { referenceId: newId('dashboard'), amount: asked, description: null };
      moneyBack.refund(invoice, refund, endings[result]);
      return ledgerEntry(invoice);
    }),
  );
  router.post(
    '/invoices/:id/chargeback',
    on(schemas.chargeback, ({ amount: taken }, request) => {
      const invoice = invoiceOf(platform, request);
      if (!moneyBack.chargeBack(invoice, taken ?? null))
        throw new Refusal(422, 'There is not as much money left of this payment.');
      return ledgerEntry(invoice);
    }),
  );
  return router;
}

function assertRefundable(invoice: SandboxInvoice, wanted: number): void {
  const left = refundLeft(invoice);
  if (wanted <= 0 || wanted > left) throw new Refusal(422, `At most ${left} can be refunded.`);
}
