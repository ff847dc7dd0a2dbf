import { z } from 'zod';
import type { NewInvoice } from './invoice.ts';
import { decimals, serviceByCode, type SandboxService } from './services.ts';

/** Field to message, as a 422 tells it. */
export type ValidationErrors = Record<string, string>;

const bounds = { min: 14 * 60, max: 2 * 24 * 60 * 60 };
const text = z.string();

/** What a create may carry, by either API or by the form; unknown fields are ignored. */
const createBody = z.object({
  reference_id: text.min(1).max(255).optional(),
  service: text.optional(),
  currency: text.optional(),
  amount: z.union([z.number(), text]).optional(),
  flow: text.optional(),
  test_mode: z.unknown().optional(),
  description: text.nullish(),
  service_fields: z.record(text, z.coerce.string()).optional(),
  customer: z.record(text, z.unknown()).optional(),
  metadata: z.record(text, z.unknown()).optional(),
  return_url: text.nullish(),
  return_urls: z.object({ success: text, pending: text, fail: text }).partial().optional(),
  callback_url: text.nullish(),
  expires: text.optional(),
  locale: text.nullish(),
});
type CreateBody = z.output<typeof createBody>;

interface Context {
  /** Unix seconds. */
  readonly now: number;
  /** Whether the caller has to say `test_mode: true` (private API with a test key). */
  readonly testModeWanted: boolean;
  readonly defaultLifetimeSeconds: number;
  readonly newReference: () => string;
}

/** The invoice to be made, or what is wrong with the request. */
export function readCreate(
  given: unknown,
  context: Context,
): { draft: NewInvoice } | { faults: ValidationErrors } {
  const parsed = createBody.safeParse(given);
  if (!parsed.success) {
    return {
      faults: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), message])),
    };
  }
  const body = parsed.data;
  const service = serviceByCode(body.service ?? '');
  const amount = Number(body.amount);
  const expires = body.expires === undefined ? null : Math.floor(Date.parse(body.expires) / 1000);
  const faults = {
    ...amountFaults(body, amount, service),
    ...serviceFaults(body, service),
    ...objectFaults(body),
    ...expiryFaults(expires, context.now),
    ...(context.testModeWanted &&
      body.test_mode !== true && { test_mode: 'This key works in test mode only.' }),
  };
  if (Object.keys(faults).length > 0 || !service) return { faults };
  return { draft: toDraft(body, service, { amount, expires, context }) };
}

function amountFaults(
  { currency }: CreateBody,
  amount: number,
  service: SandboxService | undefined,
): ValidationErrors {
  if (!(amount > 0)) return { amount: 'This value should be greater than 0.' };
  const places = decimals[currency ?? ''];
  if (places === undefined) return { currency: 'This value is not a valid currency.' };
  if (Number(amount.toFixed(places)) !== amount) return { amount: 'This value has too many decimals.' };
  if (service && amount < service.amountMin)
    return { amount: `This value should be ${service.amountMin} or more.` };
  if (service && amount > service.amountMax)
    return { amount: `This value should be ${service.amountMax} or less.` };
  return {};
}

function serviceFaults(body: CreateBody, service: SandboxService | undefined): ValidationErrors {
  if (!service) return { service: 'This value is not a known service.' };
  if (service.currency !== body.currency) return { service: 'This service does not take the currency.' };
  const faults: ValidationErrors = {};
  for (const { key, required, regexp } of service.fields) {
    const value = body.service_fields?.[key];
    if (value === undefined || value === '') {
      if (required) faults[`service_fields.${key}`] = 'This value should not be blank.';
    } else if (!new RegExp(regexp).test(value)) faults[`service_fields.${key}`] = 'This value is not valid.';
  }
  return faults;
}

function objectFaults({ customer, return_urls: returnUrls, flow }: CreateBody): ValidationErrors {
  return {
    ...(customer &&
      !customer['reference_id'] && { 'customer.reference_id': 'This value should not be blank.' }),
    ...(returnUrls && !returnUrls.pending && { 'return_urls.pending': 'This value should not be blank.' }),
    ...(flow !== undefined && !['charge', 'verify'].includes(flow) && { flow: 'This value is not valid.' }),
  };
}

function expiryFaults(expires: number | null, now: number): ValidationErrors {
  if (expires === null) return {};
  const lifetime = expires - now;
  if (lifetime >= bounds.min && lifetime <= bounds.max) return {};
  return { expires: 'This value should be between 14 minutes and 2 days from now.' };
}

function toDraft(
  body: CreateBody,
  service: SandboxService,
  { amount, expires, context }: { amount: number; expires: number | null; context: Context },
): NewInvoice {
  return {
    referenceId: body.reference_id ?? context.newReference(),
    ...sitesOf(body),
    amount,
    service,
    flow: body.flow === 'verify' ? 'verify' : 'charge',
    description: body.description ?? null,
    metadata: body.metadata ?? {},
    serviceFields: body.service_fields ?? {},
    expires: expires ?? context.now + context.defaultLifetimeSeconds,
  };
}

function sitesOf({ customer, return_urls: returnUrls, ...body }: CreateBody) {
  const customerReference = customer?.['reference_id'];
  return {
    customerReference: typeof customerReference === 'string' ? customerReference : null,
    returnUrl: body.return_url ?? null,
    returnUrls: Object.fromEntries(Object.entries(returnUrls ?? {}).filter(([, url]) => url)),
    callbackUrl: body.callback_url ?? null,
    locale: body.locale ?? null,
  };
}
