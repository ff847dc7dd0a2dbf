import type { LocalizedText } from './service.ts';
import type { Locale } from './terms.ts';

type Sentence = (about: string) => string;

/** What a customer reads when a choice is refused. */
export const wording: Readonly<Record<Locale, Readonly<Record<RefusalKind, Sentence>>>> = {
  en: {
    unknown_service: (service) => `The payment method ${service} is not available for this order.`,
    unknown_field: (field) => `This payment method does not use the field ${field}.`,
    missing: (field) => `${field}: please fill in this field.`,
    malformed: (hint) => `Please check this field. ${hint}`,
    below_minimum: (amount) => `This payment method starts at ${amount}.`,
    above_maximum: (amount) => `This payment method is limited to ${amount}.`,
  },
  uk: {
    unknown_service: (service) => `Спосіб оплати ${service} недоступний для цього замовлення.`,
    unknown_field: (field) => `Поле ${field} не потрібне для цього способу оплати.`,
    missing: (field) => `${field}: будь ласка, заповніть це поле.`,
    malformed: (hint) => `Будь ласка, перевірте це поле. ${hint}`,
    below_minimum: (amount) => `Цей спосіб оплати доступний від ${amount}.`,
    above_maximum: (amount) => `Цей спосіб оплати доступний до ${amount}.`,
  },
  ru: {
    unknown_service: (service) => `Способ оплаты ${service} недоступен для этого заказа.`,
    unknown_field: (field) => `Поле ${field} не нужно для этого способа оплаты.`,
    missing: (field) => `${field}: пожалуйста, заполните это поле.`,
    malformed: (hint) => `Пожалуйста, проверьте это поле. ${hint}`,
    below_minimum: (amount) => `Этот способ оплаты доступен от ${amount}.`,
    above_maximum: (amount) => `Этот способ оплаты доступен до ${amount}.`,
  },
};

export type RefusalKind =
  'unknown_service' | 'unknown_field' | 'missing' | 'malformed' | 'below_minimum' | 'above_maximum';

/** The text in the customer's language, else in English, else in any language there is. */
export const inLocale = (text: LocalizedText | null, locale: Locale): string | null =>
  text?.[locale] ?? text?.en ?? Object.values(text ?? {})[0] ?? null;
