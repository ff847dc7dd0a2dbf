import { z } from 'zod';
import type { PlantedInvoice } from './invoice.ts';
import { exchangedBack, toMajor, toMinor } from './money.ts';
import { exchangeOf, priceOf, type FeePlan, type PayIn, type Priced } from './pricing.ts';
import { decimals, serviceByCode } from './services.ts';

export const knownCurrency = z
  .string()
  .refine((code) => decimals[code] !== undefined, 'not a known currency');

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
  /** These five are in the service currency. */
  paymentAmount: z.number().positive().optional(),
  fee: z.number().min(0).default(0),
  processedAmount: z.number().nullable().optional(),
  refunded: z.number().min(0).default(0),
  chargedBack: z.number().min(0).default(0),
  serviceCurrency: knownCurrency.optional(),
  /** One unit of the invoice's currency in the service currency; by default what the payment amount says. */
  rate: z.number().positive().optional(),
  metadata: z.record(z.string(), z.unknown()).default({}),
  description: z.string().nullable().default(null),
  flow: z.enum(['charge', 'verify']).default('charge'),
  callbackUrl: z.string().nullable().default(null),
});
type Given = z.output<typeof plantedInvoice>;

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

export function toPlanted(given: Given): PlantedInvoice {
  const { created, status, resolution, chargedBack } = given;
  const updated = given.updated ?? created + 1;
  const price = plantedPrice(given);
  const paid = withoutMoney.includes(status) ? null : price.paymentAmount;
  const processedAmount = given.processedAmount === undefined ? paid : given.processedAmount;
  const processed = processedAmount === null ? null : updated;
  const refunds = plantedRefunds(given, { ...given, ...price }, updated);
  const life = { created, updated, status, resolution, processed, processedAmount, refunds, chargedBack };
  return { draft: draftOf(given), ...price, ...life };
}

function draftOf({ referenceId, amount, service, created, ...given }: Given): PlantedInvoice['draft'] {
  return {
    referenceId,
    amount,
    service,
    flow: given.flow,
    description: given.description,
    metadata: given.metadata,
    serviceFields: {},
    customerReference: null,
    returnUrl: null,
    returnUrls: {},
    callbackUrl: given.callbackUrl,
    locale: null,
    expires: created + lifetimeSeconds,
  };
}

function plantedPrice(given: Given) {
  const { amount, fee, service } = given;
  const payIn = plantedPayIn(given);
  const asked = priceOf({ amount, service, payIn, feePlan: { strategy: 'none', rate: 0, fix: 0 } });
  const paymentAmount = given.paymentAmount ?? asked.paymentAmount;
  return { payIn, paymentAmount, fee, feePlan: plantedPlan({ paymentAmount, fee }, asked.paymentAmount) };
}

function plantedPayIn({ amount, paymentAmount, serviceCurrency, service, rate }: Given): PayIn {
  if (serviceCurrency === undefined || serviceCurrency === service.currency)
    return { currency: service.currency, rate: 1 };
  return { currency: serviceCurrency, rate: rate ?? (paymentAmount ?? amount) / amount };
}

/** The settings under which such a fee comes about: on top of the amount where more than it is to be paid. */
function plantedPlan(price: { paymentAmount: number; fee: number }, asked: number): FeePlan {
  if (price.fee === 0) return { strategy: 'none', rate: 0, fix: 0 };
  const isOnTop = price.paymentAmount > asked;
  return { strategy: isOnTop ? 'external' : 'internal', rate: price.fee / asked, fix: 0 };
}

function plantedRefunds({ refunded, referenceId }: Given, invoice: Priced, created: number) {
  if (refunded === 0) return [];
  const { payIn, service } = invoice;
  const minor = exchangedBack(toMinor(refunded, payIn.currency), exchangeOf(invoice));
  return [
    {
      referenceId: `planted-${referenceId}`,
      amount: toMajor(minor, service.currency),
      returned: refunded,
      description: null,
      created,
      status: 'processed' as const,
    },
  ];
}
