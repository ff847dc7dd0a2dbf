import { testCards } from './cards.ts';
import { html, type Html } from '../http/html.ts';
import { languages, hostedWords, type Language, type HostedWords } from './hosted-words.ts';
import type { SandboxInvoice } from './invoice.ts';
import { decimals } from './services.ts';

export interface View {
  readonly invoice: SandboxInvoice;
  readonly language: Language;
}

export type FieldFaults = Partial<Record<'number' | 'expiry' | 'cvv', string>>;

/** What the customer is to pay. */
export const amountText = ({ paymentAmount, payIn: { currency } }: SandboxInvoice): string =>
  `${paymentAmount.toFixed(decimals[currency] ?? 2)} ${currency}`;

function page({ invoice, language }: View, body: Html): string {
  const text = hostedWords[language];
  const others = languages.map(
    (each) =>
      html`<a href="/hpp/?cpi=${invoice.id}&lang=${each}" ${each === language && html`aria-current="true"`}
        >${each}</a
      >`,
  );
  const title = `${text.title} ${amountText(invoice)}`;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/hpp/style.css" />
      </head>
      <body>
        <header>
          <strong>paytone</strong>
          <nav aria-label="language">${others}</nav>
        </header>
        <main>
          <p class="order">${text.order} ${invoice.referenceId}</p>
          <h1>${amountText(invoice)}</h1>
          ${invoice.description !== null && html`<p>${invoice.description}</p>`} ${body}
        </main>
        <footer>${text.secure}</footer>
      </body>
    </html>`.text;
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
        ${success ? '✓' : '✗'}${threeDSecure && ' 3-D Secure'}
      </li>`,
  );
  return page(
    view,
    html`<form method="post" action="/hpp/pay/${view.invoice.id}">
        ${field('number', { label: text.number, hint: text.badNumber, autocomplete: 'cc-number', placeholder: '5123 8172 3406 0000' })}
        <div class="pair">
          <div>
            ${field('expiry', { label: text.expiry, hint: text.badExpiry, autocomplete: 'cc-exp', placeholder: '12/30' })}
          </div>
          <div>
            ${field('cvv', { label: text.cvv, hint: text.badCvv, autocomplete: 'cc-csc', placeholder: '123' })}
          </div>
        </div>
        <button>${text.pay} ${amountText(view.invoice)}</button>
      </form>
      <details>
        <summary>Test cards</summary>
        <ul>
          ${cards}
        </ul>
      </details>`,
  );
}

export function bankPage(view: View, challenge: string): string {
  const text = hostedWords[view.language];
  return page(
    view,
    html`<h2>${text.bank}</h2>
      <form method="post" action="/hpp/confirm/${view.invoice.id}">
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
      <form method="post" action="/hpp/outcome/${view.invoice.id}">${buttons}</form>`,
  );
}

export function finishedPage(view: View, returnUrl: string | null): string {
  const text = hostedWords[view.language];
  const expired = view.invoice.resolution === 'expired' || view.invoice.status === 'expired';
  return page(
    view,
    html`<h2>${expired ? text.expired : text.done}</h2>
      <p class="status">${view.invoice.status}</p>
      ${returnUrl !== null && html`<a class="button" href="${returnUrl}">${text.back}</a>`}`,
  );
}

export const style = `:root{color-scheme:light;--ink:#172033;--line:#d5dae5;--accent:#2456d6;--bad:#b42318}
*{box-sizing:border-box}body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:#eef1f7;min-height:100vh}
header,footer,main{max-width:27rem;margin:0 auto;padding:1rem 1.25rem}
header{display:flex;justify-content:space-between;font-size:1.1rem;letter-spacing:.02em}
nav a{margin-left:.75rem;color:#3b4865}nav a[aria-current]{font-weight:700;text-decoration:none;color:var(--ink)}
main{background:#fff;border-radius:1rem;padding:1.75rem;box-shadow:0 1px 2px #0001,0 12px 32px #1b2b5a1a}
h1{margin:.1rem 0 1rem;font-size:2.1rem;letter-spacing:-.02em}h2{font-size:1.15rem;margin:1.25rem 0 .75rem}
.order{margin:0;color:#56617a;overflow-wrap:anywhere}footer{color:#56617a;font-size:.9rem;text-align:center}
label{display:block;margin:.4rem 0 .3rem;font-weight:600}
input{width:100%;padding:.7rem .8rem;font:inherit;border:1px solid #8b95ab;border-radius:.5rem;background:#fff}
input:focus-visible,button:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid #7ea2ff;outline-offset:2px}
input[aria-invalid]{border-color:var(--bad)}.fault{margin:.25rem 0 .5rem;color:var(--bad);font-size:.9rem;min-height:1.4em}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
button,.button{display:block;width:100%;margin-top:.75rem;padding:.85rem;font:inherit;font-weight:700;text-align:center;
text-decoration:none;color:#fff;background:var(--accent);border:0;border-radius:.5rem;cursor:pointer}
button.quiet{background:#e8ecf5;color:var(--ink)}details{margin-top:1.25rem;border-top:1px solid var(--line);padding-top:.75rem}
ul{margin:.5rem 0 0;padding-left:1.1rem}.status{font-size:1.1rem}`;
