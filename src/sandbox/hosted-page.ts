import { randomBytes } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';
import { outcomeOf, type CardOutcome } from './cards.ts';
import * as views from './hosted-views.ts';
import { style } from './hosted-style.ts';
import { timeLeftScript } from './hosted-time.ts';
import { hostedWords, languageOf, type Language } from './hosted-words.ts';
import { isPayable, type SandboxInvoice } from './invoice.ts';
import type { Platform } from './platform.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const digits = (value: unknown): string => (typeof value === 'string' ? value.replace(/[\s/-]/g, '') : '');
const formOf = ({ body }: Request): Record<string, unknown> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};

const contentPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-ancestors 'none'";

const languageFor = (request: Request, invoice?: SandboxInvoice): Language =>
  languageOf(textOf(request.query['lang']), invoice?.locale, ...request.acceptsLanguages());

function pageFor(view: views.View): string {
  const { invoice } = view;
  if (!isPayable(invoice)) return views.finishedPage(view, returnUrlOf(invoice));
  const isTest = invoice.service.flow === 'test' || invoice.flow === 'verify';
  return isTest ? views.outcomePage(view) : views.cardPage(view, {}, {});
}

/** `/hpp`: the page on which a customer pays, with its 3-D Secure step, and the way back to the merchant. */
export function hostedPage(platform: Platform): Router {
  const { invoices } = platform;
  const challenges = new Map<string, { invoice: string; outcome: CardOutcome; card: string }>();
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: '16kb' }), (_request, response, next) => {
    response.set('content-security-policy', contentPolicy);
    next();
  });

  const viewOf = (request: Request, invoice: SandboxInvoice): views.View => {
    const secondsLeft = Math.max(0, Math.floor(invoice.expires - platform.now() / 1000));
    return {
      invoice,
      language: languageFor(request, invoice),
      secondsLeft: isPayable(invoice) ? secondsLeft : 0,
    };
  };
  const show = (request: Request, response: Response, invoice: SandboxInvoice | undefined): void => {
    if (!invoice)
      return void response
        .status(404)
        .type('html')
        .send(views.unknownPage(languageFor(request)));
    response.type('html').send(pageFor(viewOf(request, invoice)));
  };
  /** The invoice of the path while it can be paid; a page says so where it cannot. */
  const openInvoice = (request: Request, response: Response): SandboxInvoice | null => {
    const invoice = invoices.get(String(request.params['id']));
    if (invoice && isPayable(invoice)) return invoice;
    show(request, response, invoice);
    return null;
  };
  const settle = (
    response: Response,
    invoice: SandboxInvoice,
    { outcome, card }: { outcome: CardOutcome; card: string },
  ) => {
    invoice.card = card;
    if (outcome.kind === 'paid') invoices.setStatus(invoice, 'processed');
    if (outcome.kind === 'failed')
      invoices.setStatus(invoice, 'process_failed', { resolution: outcome.resolution });
    comeBack(response, invoice);
  };

  router.get('/style.css', (_request, response) => response.type('css').send(style));
  router.get('/time-left.js', (_request, response) => response.type('js').send(timeLeftScript));
  router.get('/', (request, response) => show(request, response, invoices.get(textOf(request.query['cpi']))));
  router.get('/:token', (request, response) =>
    show(request, response, invoices.byToken(request.params.token)),
  );
  router.post('/form', (request, response) =>
    show(request, response, invoices.get(String(formOf(request)['cpi']))),
  );

  router.post('/pay/:id', (request, response) => {
    const invoice = openInvoice(request, response);
    if (!invoice) return;
    const form = formOf(request);
    const [number, expiry, cvv] = [digits(form['number']), digits(form['expiry']), digits(form['cvv'])];
    const outcome = outcomeOf(number, expiry);
    const view = viewOf(request, invoice);
    const faults = faultsOf({ number, expiry, cvv }, outcome, view.language);
    if (Object.keys(faults).length > 0) {
      response
        .status(422)
        .type('html')
        .send(views.cardPage(view, faults, { number, expiry }));
    } else if ('threeDSecure' in outcome && outcome.threeDSecure) {
      const challenge = randomBytes(16).toString('hex');
      challenges.set(challenge, { invoice: invoice.id, outcome, card: number });
      response.type('html').send(views.bankPage(view, challenge));
    } else settle(response, invoice, { outcome, card: number });
  });

  router.post('/confirm/:id', (request, response) => {
    const invoice = openInvoice(request, response);
    const form = formOf(request);
    const challenge = challenges.get(String(form['challenge']));
    challenges.delete(String(form['challenge']));
    if (!invoice) return;
    if (challenge?.invoice !== invoice.id) return show(request, response, invoice);
    const canceled: CardOutcome = { kind: 'failed', resolution: 'declined', threeDSecure: true };
    const outcome = form['answer'] === 'confirm' ? challenge.outcome : canceled;
    settle(response, invoice, { outcome, card: challenge.card });
  });

  router.post('/outcome/:id', (request, response) => {
    const invoice = openInvoice(request, response);
    if (!invoice) return;
    const status = String(formOf(request)['status']);
    const offered: readonly string[] = [...views.outcomes, ...views.verifyOutcomes];
    if (!offered.includes(status)) return show(request, response, invoice);
    const failed = status.endsWith('_failed');
    if (status !== 'process_pending')
      invoices.setStatus(invoice, status, failed ? { resolution: 'declined' } : {});
    comeBack(response, invoice);
  });
  return router;
}

function faultsOf(
  { number, expiry, cvv }: { number: string; expiry: string; cvv: string },
  outcome: CardOutcome,
  language: Language,
): views.FieldFaults {
  const isNumber = /^\d{16}$/.test(number);
  return {
    ...(!isNumber && { number: '' }),
    ...(isNumber && outcome.kind === 'unknown_card' && { number: hostedWords[language].unknownCard }),
    ...(!/^\d{4}$/.test(expiry) && { expiry: '' }),
    ...(!/^\d{3}$/.test(cvv) && { cvv: '' }),
  };
}

const endings: Readonly<Record<string, 'success' | 'fail'>> = {
  processed: 'success',
  verified: 'success',
  process_failed: 'fail',
  verify_failed: 'fail',
  expired: 'fail',
};

/** `return_urls` beats `return_url`; the platform appends what it knows, which proves nothing. */
function returnUrlOf(invoice: SandboxInvoice): string | null {
  const ending = endings[invoice.status] ?? 'pending';
  const url = invoice.returnUrls[ending] ?? invoice.returnUrls.pending ?? invoice.returnUrl;
  if (!url || !URL.canParse(url)) return null;
  const target = new URL(url);
  target.searchParams.set('cpi', invoice.id);
  target.searchParams.set('status', invoice.status);
  return target.href;
}

function comeBack(response: Response, invoice: SandboxInvoice): void {
  response.redirect(303, returnUrlOf(invoice) ?? `/hpp/?cpi=${invoice.id}`);
}
