import { urlencoded, Router } from 'express';
import { testCards } from './cards.ts';
import { amountText } from './hosted-views.ts';
import { html, type Html } from '../http/html.ts';
import type { SandboxInvoice } from './invoice.ts';
import type { JournalEntry } from './journal.ts';
import type { Platform } from './platform.ts';

const statuses = ['processed', 'process_failed', 'expired', 'partially_processed', 'charged_back'];

/** `/control`: the newest invoices with buttons, the callbacks' switch, the journal. */
export function controlPage(platform: Platform): Router {
  const router = Router();
  router.use(urlencoded({ extended: false }));
  router.get('/style.css', (_request, response) => response.type('css').send(style));
  router.get('/', (_request, response) => {
    response
      .set('content-security-policy', "default-src 'none'; style-src 'self'")
      .type('html')
      .send(page(platform));
  });
  router.post('/invoices/:id', (request, response) => {
    const invoice = platform.invoices.get(request.params.id);
    const { status } = request.body as { status?: string };
    if (invoice && status === 'charged_back') platform.moneyBack.chargeBack(invoice, null);
    else if (invoice && status !== undefined) platform.invoices.setStatus(invoice, status);
    response.redirect(303, '/control');
  });
  router.post('/callbacks', (request, response) => {
    const { mode } = request.body as { mode?: string };
    const { rule } = platform.callbacks;
    if (mode === 'deliver' || mode === 'drop' || mode === 'hold') platform.callbacks.rule = { ...rule, mode };
    if (mode === 'release') platform.callbacks.release('fifo');
    response.redirect(303, '/control');
  });
  return router;
}

const row = (invoice: SandboxInvoice): Html =>
  html`<tr>
    <td><a href="/hpp/?cpi=${invoice.id}">${invoice.referenceId}</a></td>
    <td>${amountText(invoice)}</td>
    <td>${invoice.service.code}</td>
    <td><strong>${invoice.status}</strong> ${invoice.resolution !== 'ok' && invoice.resolution}</td>
    <td>
      <form method="post" action="/control/invoices/${invoice.id}">
        ${statuses.map((status) => html`<button name="status" value="${status}">${status}</button> `)}
      </form>
    </td>
  </tr>`;

const line = (entry: JournalEntry): Html =>
  html`<tr>
    <td>${new Date(entry.at).toISOString().slice(11, 23)}</td>
    <td>${entry.operation}</td>
    <td>${entry.referenceId}</td>
    <td>${entry.status || 'no answer'}</td>
    <td>${entry.told ?? entry.fault}</td>
  </tr>`;

function page({ invoices, callbacks, journal }: Platform): string {
  const mode = callbacks.rule.mode;
  const modes = ['deliver', 'drop', 'hold', 'release'].map(
    (each) =>
      html`<button name="mode" value="${each}" ${each === mode && html`aria-pressed="true"`}>
        ${each}
      </button> `,
  );
  const cards = testCards.map(
    ({ number, success, threeDSecure }) =>
      html`<li>
        <code>${number}</code> ${success ? 'pays' : 'is declined'}${threeDSecure && ', with 3-D Secure'}
      </li>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Paytone sandbox</title>
        <link rel="stylesheet" href="/control/style.css" />
      </head>
      <body>
        <h1>Paytone sandbox</h1>
        <p>Plays the payment platform in memory. Any CVV; expiry 0777 on a paying card stays pending.</p>
        <ul>
          ${cards}
        </ul>
        <h2>Callbacks</h2>
        <form method="post" action="/control/callbacks">${modes}</form>
        <h2>Invoices (${invoices.size})</h2>
        <table>
          <tbody>
            ${invoices.page(null, 30).invoices.map(row)}
          </tbody>
        </table>
        <h2>Journal</h2>
        <table>
          <tbody>
            ${journal.find({}).slice(-60).reverse().map(line)}
          </tbody>
        </table>
        <p>
          For tests: <code>/control/api</code> with invoices, callbacks, faults, account, lag, clock, journal,
          ledger, reset.
        </p>
      </body>
    </html>`.text;
}

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1.25rem;color:#172033}
h1{letter-spacing:-.02em}h2{margin-top:2rem}table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}
td{padding:.4rem .8rem .4rem 0;border-bottom:1px solid #d5dae5;vertical-align:top;white-space:nowrap}
button{font:inherit;font-size:.9rem;padding:.25rem .6rem;border:1px solid #8b95ab;border-radius:.4rem;background:#fff;cursor:pointer}
button[aria-pressed]{background:#2456d6;color:#fff;border-color:#2456d6}button:focus-visible{outline:3px solid #7ea2ff}`;
