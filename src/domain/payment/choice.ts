import type { FieldMessage } from '../invoice/invoice.ts';
import { formatMoney, type Money } from '../money.ts';
import { currentAttempt, type Attempt, type Payment } from './payment.ts';
import type { Choice, Service, ServiceField } from './service.ts';
import { statusOf } from './derive-status.ts';
import type { Locale } from './terms.ts';
import { inLocale, wording } from './choice-wording.ts';

/** A choice as it is asked for; `attempt` names the attempt that it makes, from 1. */
export interface ChoiceAsking {
  readonly choice: Choice;
  readonly attempt?: number | undefined;
}

/**
 * The attempt that the same choice, asked for again, has made. Without a number, a method chosen once more after its
 * attempt failed is another choice.
 */
export function attemptMadeBy(payment: Payment, { choice, attempt }: ChoiceAsking): Attempt | null {
  const last = statusOf(payment) === 'choosing' ? null : currentAttempt(payment);
  const made = attempt === undefined ? last : payment.attempts[attempt - 1];
  return made && sameChoice(made.choice, choice) ? made : null;
}

const sameChoice = (a: Choice, b: Choice): boolean =>
  a.service === b.service &&
  Object.keys({ ...a.serviceFields, ...b.serviceFields }).every(
    (key) => a.serviceFields[key] === b.serviceFields[key],
  );

interface ChoiceInContext {
  readonly choice: Choice;
  readonly amount: Money;
  readonly locale: Locale;
}

/**
 * What is wrong with a customer's choice, in the customer's language; empty when the platform can be asked.
 * Fields are `service`, `serviceFields.{key}` and `amount`.
 */
export function faultsOfChoice(services: readonly Service[], asking: ChoiceInContext): FieldMessage[] {
  const service = services.find(({ code }) => code === asking.choice.service);
  if (!service) {
    return [{ field: 'service', message: wording[asking.locale].unknown_service(asking.choice.service) }];
  }
  return [
    ...limitFaults(service, asking),
    ...service.fields.flatMap((field) => fieldFaults(field, asking)),
    ...unknownFields(service, asking),
  ];
}

function limitFaults(
  { currency, amountMin, amountMax }: Service,
  { amount, locale }: ChoiceInContext,
): FieldMessage[] {
  // "the user can pay in other currency than the given one" (Payment pre-request): limits then are not ours to apply.
  if (currency !== amount.currency) return [];
  const say = (limit: Money): string => `${formatMoney(limit)} ${limit.currency}`;
  if (amountMin && amount.minor < amountMin.minor) {
    return [{ field: 'amount', message: wording[locale].below_minimum(say(amountMin)) }];
  }
  if (amountMax && amount.minor > amountMax.minor) {
    return [{ field: 'amount', message: wording[locale].above_maximum(say(amountMax)) }];
  }
  return [];
}

function fieldFaults(field: ServiceField, { choice, locale }: ChoiceInContext): FieldMessage[] {
  const value = Object.hasOwn(choice.serviceFields, field.key) ? choice.serviceFields[field.key] : undefined;
  const at = `serviceFields.${field.key}`;
  if (value === undefined || value === '') {
    const label = inLocale(field.label, locale) ?? field.key;
    return field.required ? [{ field: at, message: wording[locale].missing(label) }] : [];
  }
  if (field.regexp === null || fits(field.regexp, value)) return [];
  return [{ field: at, message: wording[locale].malformed(inLocale(field.hint, locale) ?? '').trim() }];
}

function unknownFields(service: Service, { choice, locale }: ChoiceInContext): FieldMessage[] {
  const known = new Set(service.fields.map(({ key }) => key));
  return Object.keys(choice.serviceFields)
    .filter((key) => !known.has(key))
    .map((key) => ({ field: `serviceFields.${key}`, message: wording[locale].unknown_field(key) }));
}

function fits(regexp: string, value: string): boolean {
  try {
    return new RegExp(regexp, 'u').test(value);
  } catch {
    // An expression that is none of ours: the platform checks the field itself.
    return true;
  }
}
