import type { Locale } from '../../domain/payment/terms.ts';

/** The three ways back to an order (docs/contract.md §3). */
export type Ending = 'success' | 'pending' | 'fail';

type Words = readonly [title: string, text: string];

const words: Readonly<Record<Locale, Readonly<Record<Ending | 'unknown', Words>>>> = {
  en: {
    success: ['Thank you', 'Your payment has arrived. You can close this page and go back to the shop.'],
    pending: [
      'Almost there',
      'Your payment is being confirmed. The shop will tell you as soon as it is known.',
    ],
    fail: [
      'Not paid',
      'You have not been charged. Go back to the shop to try again or to choose another method.',
    ],
    unknown: ['This link does not work', 'It is unknown or too old. Please look up your order in the shop.'],
  },
  uk: {
    success: ['Дякуємо', 'Ваш платіж надійшов. Можна закрити цю сторінку й повернутися до магазину.'],
    pending: ['Майже готово', 'Ваш платіж підтверджується. Магазин повідомить, щойно все стане відомо.'],
    fail: ['Не сплачено', 'Платіж не здійснено. Поверніться до магазину, щоб спробувати ще раз.'],
    unknown: ['Посилання недійсне', 'Це посилання невідоме або застаріле. Знайдіть замовлення в магазині.'],
  },
  ru: {
    success: ['Спасибо', 'Ваш платёж поступил. Можно закрыть эту страницу и вернуться в магазин.'],
    pending: ['Почти готово', 'Ваш платёж подтверждается. Магазин сообщит, как только всё станет известно.'],
    fail: ['Не оплачено', 'Платёж не выполнен. Вернитесь в магазин, чтобы попробовать ещё раз.'],
    unknown: ['Ссылка недействительна', 'Эта ссылка неизвестна или устарела. Найдите заказ в магазине.'],
  },
};

const isLocale = (text: string): text is Locale => Object.hasOwn(words, text);
const isEnding = (text: string): text is Ending => Object.hasOwn(words.en, text);

/** A page for orders without `returnUrls`; nothing of the request is shown on it. */
export function returnPage(ending: string, locale: string): string {
  const language = isLocale(locale) ? locale : 'en';
  const [title, text] = words[language][isEnding(ending) ? ending : 'unknown'];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>
body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.5rem;color:#1c2430}
h1{font-size:2rem;margin-bottom:.5rem}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;
}
