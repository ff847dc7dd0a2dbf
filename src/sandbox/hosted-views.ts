import { testCards } from './cards.ts';
import { html, type Html } from '../http/html.ts';
import { hostedWords, languageNames, languages, type HostedWords, type Language } from './hosted-words.ts';
import type { SandboxInvoice } from './invoice.ts';
import { timeLeftText } from './hosted-time.ts';
import { decimals } from './services.ts';

export interface View {
  readonly invoice: SandboxInvoice;
  readonly language: Language;
  /** Until it can no longer be paid; 0 where it cannot. */
  readonly secondsLeft: number;
}

export type FieldFaults = Partial<Record<'number' | 'expiry' | 'cvv', string>>;

/** What the customer is to pay, as it is written in the language. */
export function amountText(
  { paymentAmount, payIn: { currency } }: SandboxInvoice,
  language: Language = 'en',
): string {
  const digits = decimals[currency] ?? 2;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${new Intl.NumberFormat(language, format).format(paymentAmount)} ${currency}`;
}

interface Frame {
  readonly language: Language;
  readonly title: string;
  /** Of the page in another language, but for the language. */
  readonly here: string;
}

function frame({ language, title, here }: Frame, body: Html): string {
  const text = hostedWords[language];
  const others = languages.map(
    (each) =>
      html`<a
        href="${here}&lang=${each}"
        lang="${each}"
        hreflang="${each}"
        ${each === language && html`aria-current="true"`}
        >${languageNames[each]}</a
      > `,
  );
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/logos/payment_card.svg" />
        <link rel="stylesheet" href="/hpp/style.css" />
      </head>
      <body>
        <header>
          <strong>paytone</strong>
          <nav aria-label="${text.language}">${others}</nav>
        </header>
        <main>${body}</main>
        <footer>${text.secure}</footer>
      </body>
    </html>`.text;
}

const addressOf = ({ id }: SandboxInvoice): string => `/hpp/?cpi=${id}`;

function page({ invoice, language, secondsLeft }: View, body: Html, state = ''): string {
  const text = hostedWords[language];
  const amount = amountText(invoice, language);
  const left = timeLeftText(secondsLeft, language);
  return frame(
    { language, title: `${state}${text.title} ${amount}`, here: addressOf(invoice) },
    html`<p class="order">${text.order} ${invoice.referenceId}</p>
      <h1>${amount}</h1>
      ${invoice.description !== null && html`<p>${invoice.description}</p>`}
      ${
        left !== '' &&
        html`<p class="left" role="timer">
            ${text.timeLeft}:
            <span
              data-seconds="${secondsLeft}"
              data-last="${text.lessThanMinute}"
              data-here="${addressOf(invoice)}&lang=${language}"
              >${left}</span
            >
          </p>
          <script src="/hpp/time-left.js" defer></script>`
      }
      ${body}`,
  );
}

export function unknownPage(language: Language): string {
  const text = hostedWords[language];
  return frame(
    { language, title: text.unknown, here: '/hpp/?cpi=' },
    html`<h1>${text.unknown}</h1>
      <p>${text.unknownText}</p>`,
  );
}

interface Input {
  readonly name: 'number' | 'expiry' | 'cvv';
  readonly label: string;
  readonly hint: string;
  readonly autocomplete: string;
  readonly placeholder: string;
}

const input = (
  { name, label, hint, autocomplete, placeholder }: Input,
  faults: FieldFaults,
  value: string,
): Html =>
  html` <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      inputmode="numeric"
      autocomplete="${autocomplete}"
      placeholder="${placeholder}"
      required
      value="${value}"
      aria-describedby="${name}-fault"
      ${faults[name] !== undefined && html`aria-invalid="true"`}
      ${Object.keys(faults)[0] === name && html`autofocus`}
    />
    <p class="fault" id="${name}-fault">${faults[name] !== undefined && (faults[name] || hint)}</p>`;

export function cardPage(
  view: View,
  faults: FieldFaults,
  given: Partial<Record<Input['name'], string>>,
): string {
  const text = hostedWords[view.language];
  const field = (name: Input['name'], rest: Omit<Input, 'name'>): Html =>
    input({ name, ...rest }, faults, given[name] ?? '');
  const cards = testCards.map(
    ({ number, success, threeDSecure }) =>
      html`<li>
        <code>${number.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        ${success ? text.pays : text.declines}${threeDSecure && html`, <span class="card">3-D Secure</span>`}
      </li>`,
  );
  return page(
    view,
    html`<form method="post" action="/hpp/pay/${view.invoice.id}?lang=${view.language}">
        ${field('number', { label: text.number, hint: text.badNumber, autocomplete: 'cc-number', placeholder: '5123 8172 3406 0000' })}
        <div class="pair">
          <div>
            ${field('expiry', { label: text.expiry, hint: text.badExpiry, autocomplete: 'cc-exp', placeholder: '12/30' })}
          </div>
          <div>
            ${field('cvv', { label: text.cvv, hint: text.badCvv, autocomplete: 'cc-csc', placeholder: '123' })}
          </div>
        </div>
        <button>${text.pay} ${amountText(view.invoice, view.language)}</button>
      </form>
      <details>
        <summary>${text.testCards}</summary>
        <ul>
          ${cards}
        </ul>
      </details>`,
    Object.keys(faults).length > 0 ? `${text.error}: ` : '',
  );
}

export function bankPage(view: View, challenge: string): string {
  const text = hostedWords[view.language];
  return page(
    view,
    html`<h2>${text.bank}</h2>
      <form method="post" action="/hpp/confirm/${view.invoice.id}?lang=${view.language}">
        <input type="hidden" name="challenge" value="${challenge}" />
        <label for="code">${text.code}</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" />
        <button name="answer" value="confirm">${text.confirm}</button>
        <button class="quiet" name="answer" value="cancel" formnovalidate>${text.cancel}</button>
      </form>`,
  );
}

export const outcomes = ['processed', 'process_failed', 'process_pending'] as const;
export const verifyOutcomes = ['verified', 'verify_failed', 'process_pending'] as const;

export function outcomePage(view: View): string {
  const text: HostedWords = hostedWords[view.language];
  const offered = view.invoice.flow === 'verify' ? verifyOutcomes : outcomes;
  const buttons = offered.map(
    (status) => html`<button name="status" value="${status}">${text[status]}</button>`,
  );
  return page(
    view,
    html`<h2>${text.choose}</h2>
      <form method="post" action="/hpp/outcome/${view.invoice.id}?lang=${view.language}">${buttons}</form>`,
  );
}

export function finishedPage(view: View, returnUrl: string | null): string {
  const text = hostedWords[view.language];
  const { status, resolution } = view.invoice;
  const isExpired = resolution === 'expired' || status === 'expired';
  const words: Readonly<Record<string, string>> = text;
  return page(
    view,
    html`<h2>${isExpired ? text.expired : text.done}</h2>
      ${!isExpired && Object.hasOwn(words, status) && html`<p class="status">${words[status]}</p>`}
      ${returnUrl !== null && html`<a class="button" href="${returnUrl}">${text.back}</a>`}`,
  );
}
