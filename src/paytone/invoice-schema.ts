import { z } from 'zod';
import { isInvoiceId } from '../domain/identity.ts';
import type { Invoice, InvoiceSnapshot, Redirect } from '../domain/invoice/invoice.ts';

/** The key in an invoice's metadata that names the order service it was created for (docs/contract.md §4). */
export const ownerKey = 'payments_order_service';

/**
 * A JSON number, or a string that holds one, as decimal text without idle zeros: "100.550" is 100.55, and a sum of
 * doubles is what was added: 30.299999999999997 is 30.3.
 */
export const decimal = z
  .union([z.number(), z.string().regex(/^[0-9]+(\.[0-9]+)?$/)])
  .transform((value) => withoutNoise(String(value)).replace(/\.0+$|(\.[0-9]*[1-9])0+$/, '$1'));

/** No currency has more decimals. */
const mostDecimals = 4;

function withoutNoise(text: string): string {
  const rounded = Number(text).toFixed(mostDecimals);
  return /\.[0-9]{5}|e-/.test(text) && Math.abs(Number(text) - Number(rounded)) < 1e-6 ? rounded : text;
}
const unixSeconds = z.union([
  z.number(),
  z
    .string()
    .regex(/^[0-9]+$/)
    .transform(Number),
]);
/** Empty objects arrive as `[]` (docs/platform.md §12). */
const fields = z
  .union([
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)),
    z.array(z.unknown()),
  ])
  .nullish()
  .transform((value) => (Array.isArray(value) || !value ? {} : value));
const paymentForm = z
  .object({
    action: z.string().min(1),
    method: z.string().transform((name) => name.toUpperCase()),
    params: fields,
  })
  .nullish()
  .catch(null);

/** What a platform may leave out, or write in a way we cannot read, without the rest being any less true. */
const optional = <Value extends z.ZodType>(value: Value) =>
  value
    .nullish()
    .catch(null)
    .transform((read) => read ?? null);

const common = z.object({
  reference_id: z.string(),
  status: z.string(),
  resolution: z.string().nullish(),
  amount: decimal,
  currency: z.string(),
  processed_amount: decimal.nullish(),
  refunded_amount: decimal.nullish(),
  payment_amount: optional(decimal),
  fee: optional(decimal),
  processed_fee: optional(decimal),
  charged_back_amount: optional(decimal),
  service_currency: optional(z.string().min(1)),
  processed: optional(unixSeconds),
  metadata: optional(z.object({ [ownerKey]: z.string().min(1) })),
  test_mode: z.boolean(),
  created: unixSeconds,
  updated: unixSeconds.nullish(),
  hpp_url: z.string().min(1).nullish(),
});
const invoiceId = z.string().refine(isInvoiceId);

/** The private resource, in JSON:API (docs/platform.md §3). */
const privateInvoice = z.object({
  id: invoiceId,
  attributes: common.extend({ flow_data: paymentForm }),
  relationships: z
    .object({ 'payment-service': z.object({ data: z.object({ id: z.string() }) }).nullish() })
    .nullish()
    .catch(null),
});

/** The public resource (docs/platform.md §3). */
const publicInvoice = common.extend({
  id: invoiceId,
  service: z.string(),
  active_payment: z.object({ payload: paymentForm }).nullish().catch(null),
});

type Common = z.output<typeof common>;
type Form = z.output<typeof paymentForm>;

const toSnapshot = (
  attributes: Common,
  of: Pick<InvoiceSnapshot, 'invoiceId' | 'service'>,
): InvoiceSnapshot => ({
  ...of,
  referenceId: attributes.reference_id,
  status: attributes.status,
  resolution: attributes.resolution ?? null,
  amount: attributes.amount,
  currency: attributes.currency,
  paymentAmount: attributes.payment_amount,
  processedAmount: attributes.processed_amount ?? null,
  fee: attributes.processed_fee ?? attributes.fee,
  refundedAmount: attributes.refunded_amount ?? null,
  chargedBackAmount: attributes.charged_back_amount,
  serviceCurrency: attributes.service_currency,
  testMode: attributes.test_mode,
  created: attributes.created,
  updated: attributes.updated ?? attributes.created,
  processed: attributes.processed,
  owner: attributes.metadata?.[ownerKey] ?? null,
});

function toRedirect(form: Form, hppUrl: string | null): Redirect | null {
  if (form && (form.method === 'GET' || form.method === 'POST')) {
    return { url: form.action, method: form.method, fields: form.params, hppUrl };
  }
  return hppUrl === null ? null : { url: hppUrl, method: 'GET', fields: {}, hppUrl };
}

export const privateInvoiceSchema = privateInvoice.transform(({ id, attributes, relationships }): Invoice => {
  const service = relationships?.['payment-service']?.data.id ?? '';
  return {
    snapshot: toSnapshot(attributes, { invoiceId: id, service }),
    redirect: toRedirect(attributes.flow_data, attributes.hpp_url ?? null),
  };
});

export const publicInvoiceSchema = publicInvoice.transform((data): Invoice => ({
  snapshot: toSnapshot(data, { invoiceId: data.id, service: data.service }),
  redirect: toRedirect(data.active_payment?.payload, data.hpp_url ?? null),
}));
