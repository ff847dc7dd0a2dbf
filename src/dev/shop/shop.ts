import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import express, { Router, type Response } from 'express';
import { z } from 'zod';
import { css, redirectScript, statusScript } from './assets.ts';
import { currencies, decimalOf } from './goods.ts';
import { orderApi, type Answer, type Payment } from './order-api.ts';
import { outcomeRoute, type Outcomes } from './outcomes.ts';
import * as pages from './pages.ts';
import { isLocale, type Locale } from './words.ts';

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
  currency: z.string().refine((code) => Object.hasOwn(currencies, code)),
  quantity: z.array(z.coerce.number().int().min(0).max(20)),
});

/** A shop written as any order service would be: against the order API and the outcomes alone. */
export async function startShop(options: ShopOptions) {
  const outcomes: Outcomes = new Map();
  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.use('/outcomes', outcomeRoute(options.outcomeSecrets, outcomes));
  app.get('/outcomes.json', (_request, response) => response.json([...outcomes.values()].flat()));
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
  const api = orderApi(apiUrl, apiKey);
  const languages = new Map<string, Locale>();
  const languageOf = (orderId: string): Locale => languages.get(orderId) ?? 'en';
  const router = Router();
  router.use(express.urlencoded({ extended: false }), (_request, response, next) => {
    response.set('content-security-policy', "default-src 'self'; img-src *; frame-ancestors 'none'");
    next();
  });
  const withPayment = (
    response: Response,
    [orderId, answer]: readonly [string, Answer],
    use: (payment: Payment) => void,
  ): void => {
    if ('payment' in answer) use(answer.payment);
    else response.status(400).send(pages.problemPage(answer.problem, languageOf(orderId)));
  };

  router.get('/', ({ query }, response) => {
    const currency =
      typeof query['currency'] === 'string' && Object.hasOwn(currencies, query['currency'])
        ? query['currency']
        : 'USD';
    response.send(pages.cartPage(isLocale(query['locale']) ? query['locale'] : 'en', currency));
  });
  router.post('/checkout', async (request, response) => {
    const cart = checkout.parse(request.body);
    const { decimals, prices } = currencies[cart.currency] ?? { decimals: 2, prices: [] };
    const total = prices.reduce((sum, price, index) => sum + price * (cart.quantity[index] ?? 0), 0);
    if (total === 0) return response.redirect(303, `/?locale=${cart.locale}&currency=${cart.currency}`);
    const orderId = `S${Date.now().toString(36).toUpperCase()}${randomBytes(3).toString('hex').toUpperCase()}`;
    languages.set(orderId, cart.locale);
    const page = `${publicUrl}/orders/${orderId}`;
    const answer = await api.start(orderId, {
      amount: { value: decimalOf(total, decimals), currency: cart.currency },
      description: 'Corner bakery',
      locale: cart.locale,
      customer: { referenceId: 'demo-customer', name: 'Dana Demo', email: 'dana@shop.example' },
      returnUrls: { success: page, pending: page, fail: page },
    });
    withPayment(response, [orderId, answer], () => response.redirect(303, `/orders/${orderId}/choose`));
  });
  router.get('/orders/:id/choose', async ({ params: { id } }, response) => {
    withPayment(response, [id, await api.get(id)], (payment) => {
      if (payment.status === 'choosing') response.send(pages.choicePage(payment, languageOf(id)));
      else response.redirect(303, `/orders/${id}`);
    });
  });
  router.post('/orders/:id/method', async (request, response) => {
    const { id } = request.params;
    const { service, ...serviceFields } = z.record(z.string(), z.string()).parse(request.body);
    const answer = await api.choose(id, { service, serviceFields });
    if ('payment' in answer) return response.redirect(303, `/orders/${id}/pay`);
    withPayment(response, [id, await api.get(id)], (payment) => {
      response.status(422).send(pages.choicePage(payment, languageOf(id), answer.problem.errors));
    });
  });
  router.get('/orders/:id/pay', async ({ params: { id } }, response) => {
    withPayment(response, [id, await api.get(id)], ({ redirect }) => {
      if (!redirect) response.redirect(303, `/orders/${id}`);
      else if (redirect.method === 'GET') response.redirect(303, redirect.url);
      else response.send(pages.redirectPage(redirect, languageOf(id)));
    });
  });
  router.post('/orders/:id/cancel', async ({ params: { id } }, response) => {
    withPayment(response, [id, await api.cancel(id)], () => response.redirect(303, `/orders/${id}`));
  });
  router.get('/orders/:id/status.json', async ({ params: { id } }, response) => {
    withPayment(response, [id, await api.get(id)], (payment) => {
      response.json(pages.statusOf(payment, outcomes.get(id) ?? [], languageOf(id)));
    });
  });
  router.get('/orders/:id', async ({ params: { id } }, response) => {
    withPayment(response, [id, await api.get(id)], (payment) => {
      response.send(pages.statusPage(payment, outcomes.get(id) ?? [], languageOf(id)));
    });
  });
  return router;
}
