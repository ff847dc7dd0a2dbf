import { Html, html } from '../../http/html.ts';
import { amountText, frame } from './frame.ts';
import { decimalOf, goods, pricesByCurrency } from './goods.ts';
import { shopWords, type ShopLocale } from './words.ts';

interface CartParts {
  readonly locale: ShopLocale;
  readonly currency: string;
  /** Of each of the goods, as it was entered. */
  readonly quantities?: readonly string[];
  /** There is nothing to order. */
  readonly isRefused?: boolean;
}

export function cartPage({ locale, currency, quantities = ['1'], isRefused = false }: CartParts): string {
  const text = shopWords[locale];
  const chosen = pricesByCurrency[currency] ?? { decimals: 2, prices: [] };
  const cards = goods.map(
    ({ name, picture }, index) =>
      html`<li>
        <svg viewBox="0 0 120 80" aria-hidden="true">${new Html(picture)}</svg>
        <h2>${name[locale]}</h2>
        <p class="price">
          ${amountText(decimalOf(chosen.prices[index] ?? 0, chosen.decimals), currency, locale)}
        </p>
        <label for="quantity-${index}">${text.quantity}<span class="unseen">: ${name[locale]}</span></label>
        <input
          id="quantity-${index}"
          type="number"
          name="quantity"
          min="0"
          max="20"
          value="${quantities[index] ?? '0'}"
          ${isRefused && html`aria-invalid="true" aria-describedby="fault"`}
          ${isRefused && index === 0 && html`autofocus`}
        />
      </li>`,
  );
  const options = Object.keys(pricesByCurrency).map(
    (code) =>
      html`<a href="/?currency=${code}" ${code === currency && html`aria-current="true"`}>${code}</a> `,
  );
  return frame(
    {
      locale,
      title: isRefused ? `${text.error}: ${text.title}` : text.title,
      here: `/?currency=${currency}`,
    },
    html`<h1>${text.title}</h1>
      <p class="lead">${text.lead}</p>
      <nav class="currencies" aria-label="${text.currency}">${options}</nav>
      <form method="post" action="/checkout">
        <input type="hidden" name="locale" value="${locale}" /><input
          type="hidden"
          name="currency"
          value="${currency}"
        />
        ${isRefused && html`<p class="fault" id="fault" role="alert">${text.emptyCart}</p>`}
        <ul class="goods">
          ${cards}
        </ul>
        <button>${text.checkout}</button>
      </form>`,
  );
}
