import type { Payment, PaymentProblem } from 'paytone-payments-http';
import { pricesByCurrency, decimalOf, goods } from './goods.ts';
import { Html, html } from '../../http/html.ts';
import type { ReceivedOutcome } from './outcomes.ts';
import { locales, shopWords, type ShopLocale, type ShopWords } from './words.ts';

function page(locale: ShopLocale, title: string, body: Html): string {
  const others = locales.map(
    (each) => html`<a href="/?locale=${each}" ${each === locale && html`aria-current="true"`}>${each}</a>`,
  );
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/shop.css" />
      </head>
      <body>
        <header>
          <a class="brand" href="/?locale=${locale}">${shopWords[locale].title}</a>
          <nav aria-label="language">${others}</nav>
        </header>
        <main>${body}</main>
      </body>
    </html>`.text;
}

export function cartPage(locale: ShopLocale, currency: string): string {
  const text = shopWords[locale];
  const chosen = pricesByCurrency[currency] ?? { decimals: 2, prices: [] };
  const cards = goods.map(
    ({ name, picture }, index) =>
      html`<li>
        <svg viewBox="0 0 120 80" aria-hidden="true">${new Html(picture)}</svg>
        <h2>${name[locale]}</h2>
        <p class="price">${decimalOf(chosen.prices[index] ?? 0, chosen.decimals)} ${currency}</p>
        <label
          >${text.quantity}
          <input type="number" name="quantity" min="0" max="20" value="${index === 0 ? 1 : 0}"
        /></label>
      </li>`,
  );
  const options = Object.keys(pricesByCurrency).map(
    (code) =>
      html`<a href="/?locale=${locale}&currency=${code}" ${code === currency && html`aria-current="true"`}
        >${code}</a
      >`,
  );
  return page(
    locale,
    text.title,
    html`<h1>${text.title}</h1>
      <p class="lead">${text.lead}</p>
      <p class="currencies" aria-label="${text.currency}">${options}</p>
      <form method="post" action="/checkout">
        <input type="hidden" name="locale" value="${locale}" /><input
          type="hidden"
          name="currency"
          value="${currency}"
        />
        <ul class="goods">
          ${cards}
        </ul>
        <button>${text.checkout}</button>
      </form>`,
  );
}

type Service = Payment['services'][number];

export const canChoose = ({ status }: Pick<Payment, 'status'>): boolean =>
  status === 'choosing' || status === 'awaiting_payment';

function fieldInput(service: Service, locale: ShopLocale, faults: PaymentProblem['errors']): Html[] {
  return service.fields.map(({ key, label, hint, regexp, required }) => {
    const fault = faults.find(({ field }) => field === `serviceFields.${key}`);
    const id = `${service.code}-${key}`;
    return html`<label for="${id}">${label[locale] ?? key}</label>
      <input
        id="${id}"
        name="${key}"
        ${required && html`required`}
        ${regexp !== null && html`pattern="${regexp}"`}
        title="${hint?.[locale] ?? ''}"
        aria-describedby="${id}-hint"
      />
      <p class="${fault ? 'fault' : 'hint'}" id="${id}-hint">${fault?.message ?? hint?.[locale]}</p>`;
  });
}

export function choicePage(
  payment: Payment,
  locale: ShopLocale,
  faults: PaymentProblem['errors'] = [],
): string {
  const text = shopWords[locale];
  // A second click or the browser's way back then makes no second attempt.
  const next = payment.service === null ? 1 : payment.attempt + 1;
  const methods = payment.services.map(
    (service) =>
      html`<li>
        <form method="post" action="/orders/${payment.orderId}/method">
          <div class="method">
            ${service.method.logo !== null && html`<img src="${service.method.logo}" alt="" width="44" height="44" />`}
            <h2>${service.method.name[locale] ?? service.code}</h2>
          </div>
          <input type="hidden" name="attempt" value="${next}" />
          ${fieldInput(service, locale, faults)}
          <button name="service" value="${service.code}">${text.pay}</button>
        </form>
      </li>`,
  );
  const general = faults.filter(({ field }) => !field.startsWith('serviceFields.'));
  return page(
    locale,
    text.choose,
    html`<p class="order">${text.order} ${payment.orderId}</p>
      <h1>${payment.amount.value} ${payment.amount.currency}</h1>
      ${payment.reason !== null && html`<p class="fault">${text.declined}. ${adviceOn(payment, text)}</p>`}
      ${general.map(({ message }) => html`<p class="fault" role="alert">${message}</p>`)}
      <h2>${text.choose}</h2>
      <ul class="methods">
        ${methods}
      </ul>`,
  );
}

const adviceByDecline = [
  'insufficient_funds',
  'card_expired',
  'invalid_cvv',
  'limit_violation',
] as const satisfies readonly (keyof ShopWords)[];

/** What a customer can do after a refusal; the code itself is for the shop. */
function adviceOn({ status, decline }: Payment, text: ShopWords): string {
  if (decline === null || (status !== 'choosing' && status !== 'failed')) return '';
  return text[adviceByDecline.find((code) => code === decline.code) ?? 'otherDecline'];
}

const statusText = (text: ShopWords, { status, reason }: Payment): string => {
  if (status === 'choosing' && reason !== null) return text.declined;
  return Object.hasOwn(text, status) ? text[status as keyof ShopWords] : status;
};

/** What the status page shows and refreshes: the words are chosen here, the script only puts them in place. */
export function statusData(payment: Payment, told: readonly ReceivedOutcome[], locale: ShopLocale) {
  const text = shopWords[locale];
  return {
    status: payment.status,
    text: statusText(text, payment),
    reason: adviceOn(payment, text),
    told: told.map(({ id, at, type }) => `${text.told}: ${type}, ${id}, ${at}`),
  };
}

interface StatusParts {
  readonly payment: Payment;
  readonly told: readonly ReceivedOutcome[];
  readonly locale: ShopLocale;
  /** The payment page sent the customer back while the bank had not answered. */
  readonly isPending: boolean;
}

/** The ways on from a payment that waits for its money. */
function waysOn({ orderId, redirect, ...payment }: Payment, text: ShopWords, isPending: boolean): Html {
  if (isPending)
    return html`<p>${text.pendingText}</p>
      <p><a href="/orders/${orderId}/choose">${text.notFinished}</a></p>`;
  return html`${redirect && html`<a class="button" href="/orders/${orderId}/pay">${text.toPayment}</a>`}
  ${canChoose(payment) && html`<a class="button" href="/orders/${orderId}/choose">${text.again}</a>`}`;
}

export function statusPage({ payment, told, locale, ...came }: StatusParts): string {
  const text = shopWords[locale];
  const { orderId, status } = payment;
  const isPending = came.isPending && status === 'awaiting_payment';
  const shown = statusData(payment, told, locale);
  return page(
    locale,
    `${text.order} ${orderId}`,
    html`<p class="order">${text.order} ${orderId}</p>
      <h1>${payment.amount.value} ${payment.amount.currency}</h1>
      <div class="status" aria-live="polite" data-order="${orderId}">
        <p data-testid="status" data-status="${status}">${isPending ? text.pending : shown.text}</p>
        <p data-testid="reason">${shown.reason}</p>
        <ul data-testid="told">
          ${shown.told.map((line) => html`<li>${line}</li>`)}
        </ul>
      </div>
      ${waysOn(payment, text, isPending)}
      ${
        canChoose(payment) &&
        html`<form method="post" action="/orders/${orderId}/cancel">
          <button class="quiet">${text.cancel}</button>
        </form>`
      }
      ${
        ['paid', 'partially_refunded'].includes(status) &&
        html`<form method="post" action="/orders/${orderId}/refund">
          <button class="quiet">${text.refund}</button>
        </form>`
      }
      <p><a href="/?locale=${locale}">${text.home}</a></p>
      <script src="/assets/status.js" defer></script>`,
  );
}

/** The redirect by POST: a form of hidden fields that sends itself, with a button where scripts are off. */
export const redirectPage = (redirect: NonNullable<Payment['redirect']>, locale: ShopLocale): string =>
  page(
    locale,
    shopWords[locale].toPayment,
    html`<form id="redirect" method="post" action="${redirect.url}">
        ${Object.entries(redirect.fields).map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <button>${shopWords[locale].toPayment}</button>
      </form>
      <script src="/assets/redirect.js" defer></script>`,
  );

export const errorPage = ({ title, detail, errors }: PaymentProblem, locale: ShopLocale): string =>
  page(
    locale,
    title,
    html`<h1>${title}</h1>
      <p>${detail}</p>
      <ul>
        ${errors.map(({ field, message }) => html`<li><code>${field}</code>: ${message}</li>`)}
      </ul>
      <p><a href="/?locale=${locale}">${shopWords[locale].home}</a></p>`,
  );

const messagePage = (locale: ShopLocale, title: string, message: string): string =>
  page(
    locale,
    title,
    html`<h1>${title}</h1>
      <p>${message}</p>
      <p><a href="/?locale=${locale}">${shopWords[locale].home}</a></p>`,
  );

/** The order API is out of reach: nothing of the order is lost. */
export const outagePage = (locale: ShopLocale): string =>
  messagePage(locale, shopWords[locale].outage, shopWords[locale].outageText);

export const unknownOrderPage = (locale: ShopLocale): string =>
  messagePage(locale, shopWords[locale].unknownOrder, '');
