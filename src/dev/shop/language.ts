import type { Request, Response } from 'express';
import { isLocale, locales, type ShopLocale } from './words.ts';

const cookieName = 'locale';
const yearMs = 365 * 24 * 3_600_000;

/** The language that the customer chose, now or before; else the browser's, if the shop speaks it. */
export function languageOf(request: Request): ShopLocale {
  const chosen = request.query['locale'] ?? new Map(cookiesOf(request)).get(cookieName);
  if (isLocale(chosen)) return chosen;
  const spoken = request.acceptsLanguages(...locales);
  return isLocale(spoken) ? spoken : 'en';
}

/** Keeps the choice for the pages to come, which need not name it then. */
export const rememberLanguage = (response: Response, locale: ShopLocale): unknown =>
  response.cookie(cookieName, locale, { maxAge: yearMs, sameSite: 'lax', httpOnly: true });

const cookiesOf = (request: Request): (readonly [name: string, value: string])[] =>
  (request.get('cookie') ?? '').split(';').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return [name.trim(), value.trim()];
  });
