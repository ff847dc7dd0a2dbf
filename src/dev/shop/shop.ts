import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import express, { Router, type ErrorRequestHandler } from 'express';
import { PaymentProblem, paymentsApi, type Payment } from 'paytone-payments-http';
import { z } from 'zod';
import { css, redirectScript, statusScript } from './assets.ts';
import { pricesByCurrency, decimalOf } from './goods.ts';
import { liveStatus } from './live.ts';
import { Outcomes, outcomeRoute } from './outcomes.ts';
import * as pages from './pages.ts';
import { isLocale, type ShopLocale } from './words.ts';

export interface ShopOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** The order API's base. */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** Secrets of the outcomes, any of which may have signed. */
  readonly outcomeSecrets: readonly string[];
  /** Where browsers reach the shop, if not at the address it listens on. */
  readonly publicUrl?: string;
}

const checkout = z.object({
  locale: z.enum(['en', 'uk', 'ru']).catch('en'),
  currency: z.string().refine((code) => Object.hasOwn(pricesByCurrency, code)),
  quantity: z.array(z.coerce.number().int().min(0).max(20)),
});

const choice = z.object({ service: z.string(), attempt: z.coerce.number() }).catchall(z.string());

/** A shop written as any order service would be: against the published HTTP client and the outcomes alone. */
export async function startShop(options: ShopOptions) {
  const outcomes = new Outcomes();
  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.use('/outcomes', outcomeRoute(options.outcomeSecrets, outcomes));
  app.get('/outcomes.json', (_request, response) => response.json(outcomes.all));
  app.get('/assets/shop.css', (_request, response) => response.type('css').send(css));
  app.get('/assets/status.js', (_request, response) => response.type('js').send(statusScript));
  app.get('/assets/redirect.js', (_request, response) => response.type('js').send(redirectScript));
  const server = createServer(app);
  server.listen(options.port);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const url = options.publicUrl ?? `http://localhost:${port}`;
  app.use(shopPages({ ...options, publicUrl: url }, outcomes));
  return {
    url,
    close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      return Promise.resolve();
    },
  };
}

function shopPages(
  { apiUrl, apiKey, publicUrl }: ShopOptions & { publicUrl: string },
  outcomes: Outcomes,
): Router {
  const api = paymentsApi({ url: apiUrl, key: apiKey });
  const languages = new Map<string, ShopLocale>();
  const languageOf = (orderId: string): ShopLocale => languages.get(orderId) ?? 'en';
  /** A customer who came back from the payment page may choose another way while the first is open. */
  const withServices = async (payment: Payment): Promise<Payment> =>
    payment.status === 'awaiting_payment'
      ? { ...payment, services: (await api.services(payment.amount.currency)).services }
      : payment;
  const router = Router();
  router.use(express.urlencoded({ extended: false }), (_request, response, next) => {
    response.set('content-security-policy', "default-src 'self'; img-src *; frame-ancestors 'none'");
    next();
  });

  router.get('/', ({ query }, response) => {
    const currency =
      typeof query['currency'] === 'string' && Object.hasOwn(pricesByCurrency, query['currency'])
        ? query['currency']
        : 'USD';
    response.send(pages.cartPage(isLocale(query['locale']) ? query['locale'] : 'en', currency));
  });
  router.post('/checkout', async (request, response) => {
    const cart = checkout.parse(request.body);
    const { decimals, prices } = pricesByCurrency[cart.currency] ?? { decimals: 2, prices: [] };
    const total = prices.reduce((sum, price, index) => sum + price * (cart.quantity[index] ?? 0), 0);
    if (total === 0) return response.redirect(303, `/?locale=${cart.locale}&currency=${cart.currency}`);
    const orderId = `S${Date.now().toString(36).toUpperCase()}${randomBytes(3).toString('hex').toUpperCase()}`;
    languages.set(orderId, cart.locale);
    const page = `${publicUrl}/orders/${orderId}`;
    await api.start(orderId, {
      amount: { value: decimalOf(total, decimals), currency: cart.currency },
      description: 'Corner bakery',
      locale: cart.locale,
      customer: { referenceId: 'demo-customer', name: 'Dana Demo', email: 'dana@shop.example' },
      returnUrls: { success: page, pending: `${page}?returned=pending`, fail: page },
    });
    response.redirect(303, `/orders/${orderId}/choose`);
  });
  router.get('/orders/:id/choose', async ({ params: { id } }, response) => {
    const payment = await withServices(await api.get(id));
    if (pages.canChoose(payment)) response.send(pages.choicePage(payment, languageOf(id)));
    else response.redirect(303, `/orders/${id}`);
  });
  router.post('/orders/:id/method', async (request, response) => {
    const { id } = request.params;
    const { service, attempt, ...serviceFields } = choice.parse(request.body);
    try {
      await api.choose(id, { service, serviceFields, attempt });
      response.redirect(303, `/orders/${id}/pay`);
    } catch (error) {
      if (!(error instanceof PaymentProblem) || error.status !== 422) throw error;
      const payment = await withServices(await api.get(id));
      response.status(422).send(pages.choicePage(payment, languageOf(id), error.errors));
    }
  });
  router.get('/orders/:id/pay', async ({ params: { id } }, response) => {
    const { redirect } = await api.get(id);
    if (!redirect) response.redirect(303, `/orders/${id}`);
    else if (redirect.method === 'GET') response.redirect(303, redirect.url);
    else response.send(pages.redirectPage(redirect, languageOf(id)));
  });
  router.post('/orders/:id/cancel', async ({ params: { id } }, response) => {
    await api.cancel(id, 'canceled by the customer');
    response.redirect(303, `/orders/${id}`);
  });
  router.post('/orders/:id/refund', async ({ params: { id } }, response) => {
    // One refund of the whole order: its id makes a second click the same request.
    await api.refund(id, { refundId: `${id}-whole`, reason: 'returned by the customer' });
    response.redirect(303, `/orders/${id}`);
  });
  router.get('/orders/:id/events', liveStatus({ api, outcomes, languageOf }));
  router.get('/orders/:id', async ({ params: { id }, query }, response) => {
    const isPending = query['returned'] === 'pending';
    const payment = await api.get(id);
    response.send(pages.statusPage({ payment, told: outcomes.of(id), locale: languageOf(id), isPending }));
  });
  router.use(problems(languageOf));
  return router;
}

// Express knows an error handler by its four parameters.
const problems =
  (languageOf: (orderId: string) => ShopLocale): ErrorRequestHandler =>
  // eslint-disable-next-line max-params
  (error, { path }, response, next) => {
    if (response.headersSent) return next(error);
    const locale = languageOf(/^\/orders\/([^/]+)/.exec(path)?.[1] ?? '');
    if (error instanceof PaymentProblem && error.status === 404)
      return response.status(404).send(pages.unknownOrderPage(locale));
    if (error instanceof PaymentProblem)
      return response.status(error.status).send(pages.errorPage(error, locale));
    response.status(502).send(pages.outagePage(locale));
  };
