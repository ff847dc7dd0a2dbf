import { z } from 'zod';
import { exponentOf, type Money } from '../domain/money.ts';
import type { Service } from '../domain/payment/service.ts';

const localized = z
  .object({ en: z.string(), ru: z.string(), uk: z.string() })
  .partial()
  .transform((texts) => Object.fromEntries(Object.entries(texts)));

const field = z
  .object({
    key: z.string(),
    type: z.string().default('string'),
    label: localized.catch({}),
    hint: localized.nullish().catch(null),
    regexp: z.string().nullish().catch(null),
    required: z.boolean().default(false),
    position: z.number().nullish(),
  })
  .transform(({ hint, regexp, position, ...rest }) => ({
    ...rest,
    hint: hint ?? null,
    regexp: regexp ?? null,
    position: position ?? 0,
  }));

const byKeyOrListed = <Item extends z.ZodType>(item: Item) =>
  z.union([
    z.record(z.string(), item),
    z.array(item).transform((items) => Object.fromEntries(items.entries())),
  ]);

/** The pre-request's answer (docs/platform.md §2): services by code, each joined with its method. */
export const prerequestSchema = z
  .object({
    data: z.object({
      currency: z.string(),
      test_mode: z.boolean(),
      services: byKeyOrListed(
        z.object({
          code: z.string(),
          method: z.string(),
          flow: z.string(),
          currency: z.string(),
          fields: z.array(field).default([]),
          amount_min: z.coerce.number().nullish(),
          amount_max: z.coerce.number().nullish(),
        }),
      ),
      methods: byKeyOrListed(
        z.object({ code: z.string(), name: localized.catch({}), logo: z.string().nullish() }),
      ),
    }),
  })
  .transform(({ data }) => ({
    currency: data.currency,
    testMode: data.test_mode,
    services: Object.values(data.services).map((service): Service => {
      const method = Object.values(data.methods).find(({ code }) => code === service.method);
      return {
        code: service.code,
        currency: service.currency,
        flow: service.flow,
        method: { code: service.method, name: method?.name ?? {}, logo: method?.logo ?? null },
        fields: service.fields.toSorted((a, b) => a.position - b.position),
        amountMin: amountLimitOf(service.amount_min, service.currency, Math.ceil),
        amountMax: amountLimitOf(service.amount_max, service.currency, Math.floor),
      };
    }),
  }));

/** A limit in minor units, rounded into what can be paid; the platform's limits may be finer than the currency. */
function amountLimitOf(
  major: number | null | undefined,
  currency: string,
  round: (minor: number) => number,
): Money | null {
  const exponent = exponentOf(currency);
  if (major === null || major === undefined || exponent === null) return null;
  // The nearest double of 0.07 * 100 is 7.000000000000001: cut what is no digit of the number.
  const minor = round(Number((major * 10 ** exponent).toPrecision(15)));
  return Number.isSafeInteger(minor) ? { minor, currency } : null;
}

/** One service of the account (Obtain the List of Available Services via Private API). */
export const accountServiceSchema = z
  .object({
    id: z.string(),
    attributes: z.object({
      service: z.string(),
      service_method: z.string(),
      service_currency: z.string(),
      available: z.boolean(),
      active: z.boolean(),
      enabled: z.boolean(),
      test_mode: z.boolean(),
    }),
  })
  .transform(({ id, attributes }) => ({
    id,
    code: attributes.service,
    method: attributes.service_method,
    currency: attributes.service_currency,
    available: attributes.available,
    active: attributes.active,
    enabled: attributes.enabled,
    testMode: attributes.test_mode,
  }));
