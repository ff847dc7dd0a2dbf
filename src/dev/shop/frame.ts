import { html, type Html } from '../../http/html.ts';
import { languageNames, locales, shopWords, type ShopLocale } from './words.ts';

interface Frame {
  readonly locale: ShopLocale;
  readonly title: string;
  /** Where the page can be asked for again, in another language. */
  readonly here: string;
}

/** What stands around every page of the shop. */
export function frame({ locale, title, here }: Frame, body: Html): string {
  const text = shopWords[locale];
  const others = locales.map(
    (each) =>
      html`<a
        href="${here}${here.includes('?') ? '&' : '?'}locale=${each}"
        lang="${each}"
        hreflang="${each}"
        ${each === locale && html`aria-current="true"`}
        >${languageNames[each]}</a
      > `,
  );
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/assets/icon.svg" />
        <link rel="stylesheet" href="/assets/shop.css" />
      </head>
      <body>
        <header>
          <a class="brand" href="/">${text.title}</a>
          <nav aria-label="${text.language}">${others}</nav>
        </header>
        <main>${body}</main>
      </body>
    </html>`.text;
}

/** An amount of money as it is written in the language. */
export function amountText(value: string, currency: string, locale: ShopLocale): string {
  const digits = value.split('.')[1]?.length ?? 0;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${new Intl.NumberFormat(locale, format).format(Number(value))} ${currency}`;
}
