import type { Request, Response } from 'express';
import type { Locale } from '../../domain/payment/terms.ts';

/** The three ways back to an order (docs/contract.md §3). */
export type Ending = 'success' | 'pending' | 'fail';

type ReturnText = readonly [title: string, text: string];

const words: Readonly<Record<Locale, Readonly<Record<Ending | 'unknown' | 'unavailable', ReturnText>>>> = {
  en: {
    success: ['Thank you', 'Your payment has arrived. You can close this page and go back to the shop.'],
    pending: [
      'Almost there',
      'Your payment is being confirmed. The shop will tell you as soon as it is known.',
    ],
    fail: ['Not paid', 'This order is not paid. Go back to the shop to see what you can do next.'],
    unknown: ['This link does not work', 'It is unknown or too old. Please look up your order in the shop.'],
    unavailable: [
      'One moment',
      'We cannot look up your payment right now. Please do not pay again. Reload this page in a minute.',
    ],
  },
  uk: {
    success: ['Дякуємо', 'Ваш платіж надійшов. Можна закрити цю сторінку й повернутися до магазину.'],
    pending: ['Майже готово', 'Ваш платіж підтверджується. Магазин повідомить, щойно все стане відомо.'],
    fail: [
      'Не сплачено',
      'Це замовлення не сплачено. Поверніться до магазину й перегляньте, що можна зробити далі.',
    ],
    unknown: ['Посилання недійсне', 'Це посилання невідоме або застаріле. Знайдіть замовлення в магазині.'],
    unavailable: [
      'Хвилинку',
      'Зараз не вдається перевірити ваш платіж. Не платіть, будь ласка, вдруге. Оновіть сторінку за хвилину.',
    ],
  },
  ru: {
    success: ['Спасибо', 'Ваш платёж поступил. Можно закрыть эту страницу и вернуться в магазин.'],
    pending: ['Почти готово', 'Ваш платёж подтверждается. Магазин сообщит, как только всё станет известно.'],
    fail: [
      'Не оплачено',
      'Этот заказ не оплачен. Вернитесь в магазин и посмотрите, что можно сделать дальше.',
    ],
    unknown: ['Ссылка недействительна', 'Эта ссылка неизвестна или устарела. Найдите заказ в магазине.'],
    unavailable: [
      'Минутку',
      'Сейчас не удаётся проверить ваш платёж. Не платите, пожалуйста, второй раз. Обновите страницу через минуту.',
    ],
  },
};

const returnEndings: readonly string[] = ['success', 'pending', 'fail'] satisfies Ending[];

const returnLocales = Object.keys(words);
const isLocale = (text: string): text is Locale => Object.hasOwn(words, text);
const isEnding = (text: string): text is Ending => returnEndings.includes(text);

/** A page for orders without `returnUrls`; nothing of the request is shown on it. */
export const returnPage = (ending: string, locale: string): string =>
  pageOf(isLocale(locale) ? locale : 'en', isEnding(ending) ? ending : 'unknown');

/** For a customer who can be led nowhere, in the browser's language. */
export function sendNoReturn(request: Request, response: Response, why: 'unknown' | 'unavailable'): void {
  const locale = request.acceptsLanguages(returnLocales) || 'en';
  if (why === 'unavailable') response.set('retry-after', '60');
  response
    .status(why === 'unknown' ? 404 : 503)
    .vary('accept-language')
    .type('html')
    .send(pageOf(isLocale(locale) ? locale : 'en', why));
}

function pageOf(locale: Locale, which: Ending | 'unknown' | 'unavailable'): string {
  const [title, text] = words[locale][which];
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title><style>${returnStyle}</style></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;
}

const returnStyle = `:root{color-scheme:light dark}
body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.5rem;color:#1c2430;background:#fff;
overflow-wrap:break-word}h1{font-size:2rem;line-height:1.2;margin-bottom:.5rem}
@media (prefers-color-scheme:dark){body{color:#e8ecf2;background:#14181f}}`;
