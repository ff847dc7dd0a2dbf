import { z } from 'zod';
import type { PlantedInvoice } from './invoices.ts';
import { serviceByCode } from './services.ts';

/** An invoice to be put in with the life that it has had; times in unix seconds. */
export const plantedInvoice = z.object({
  referenceId: z.string().min(1),
  amount: z.number().positive(),
  service: z.string().transform((code, context) => {
    const service = serviceByCode(code);
    if (service) return service;
    context.addIssue('not a known service');
    return z.NEVER;
  }),
  created: z.number().int(),
  updated: z.number().int().optional(),
  status: z.string().min(1),
  resolution: z.string().default('ok'),
  processedAmount: z.number().nullable().optional(),
  refunded: z.number().min(0).default(0),
});

const withoutMoney: readonly string[] = [
  'created',
  'process_pending',
  'process_failed',
  'expired',
  'terminated',
  'rejected',
];
/** Long enough that none expires by itself. */
const lifetimeSeconds = 400 * 24 * 60 * 60;

export function toPlanted(given: z.output<typeof plantedInvoice>): PlantedInvoice {
  const { referenceId, amount, service, created, status, resolution, refunded } = given;
  const updated = given.updated ?? created + 1;
  const paid = withoutMoney.includes(status) ? null : amount;
  const processedAmount = given.processedAmount === undefined ? paid : given.processedAmount;
  const draft = {
    referenceId,
    amount,
    service,
    flow: 'charge' as const,
    description: null,
    metadata: {},
    serviceFields: {},
    customerReference: null,
    returnUrl: null,
    returnUrls: {},
    callbackUrl: null,
    locale: null,
    expires: created + lifetimeSeconds,
  };
  const processed = processedAmount === null ? null : updated;
  return { draft, created, updated, status, resolution, processed, processedAmount, refunded };
}
