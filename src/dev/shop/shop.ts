import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import express, { Router, type ErrorRequestHandler, type Request } from 'express';
import { PaymentProblem, paymentsApi, type Payment } from 'paytone-payments-http';
import { z } from 'zod';
import { assets } from './assets.ts';
import { cartPage } from './cart-page.ts';
import { canChoose, choicePage } from './choice-page.ts';
import { pricesByCurrency, decimalOf } from './goods.ts';
import { languageOf, rememberLanguage } from './language.ts';
import { liveStatus } from './live.ts';
import { messagePage, redirectPage, type Message } from './message-pages.ts';
import { Outcomes, outcomeRoute } from './outcomes.ts';
import { statusPage } from './status-page.ts';
import { isLocale, locales, shopWords } from './words.ts';

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
  locale: z.enum(locales).optional().catch(undefined),
  currency: z.string().refine((code) => Object.hasOwn(pricesByCurrency, code)),
  quantity: z.array(z.string()),
});
const quantities = z.array(z.coerce.number().int().min(0).max(20));

const choice = z.object({ service: z.string(), attempt: z.coerce.number() }).catchall(z.string());

/** A shop written as any order service would be: against the published HTTP client and the outcomes alone. */
export async function startShop(options: ShopOptions) {
  const outcomes = new Outcomes();
  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.use('/outcomes', outcomeRoute(options.outcomeSecrets, outcomes));
  app.get('/outcomes.json', (_request, response) => response.json(outcomes.all));
  app.use('/assets', assets());
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
  /** A customer who came back from the payment page may choose another way while the first is open. */
  const withServices = async (payment: Payment): Promise<Payment> =>
    payment.status === 'awaiting_payment'
      ? { ...payment, services: (await api.services(payment.amount.currency)).services }
      : payment;
  const router = Router();
  router.use(express.urlencoded({ extended: false }), (request, response, next) => {
    response.set('content-security-policy', "default-src 'self'; img-src *; frame-ancestors 'none'");
    response.vary('accept-language').vary('cookie');
    if (isLocale(request.query['locale'])) rememberLanguage(response, request.query['locale']);
    next();
  });

  router.get('/', (request, response) => {
    const wish = request.query['currency'];
    const currency = typeof wish === 'string' && Object.hasOwn(pricesByCurrency, wish) ? wish : 'USD';
    response.send(cartPage({ locale: languageOf(request), currency }));
  });
  router.post('/checkout', async (request, response) => {
    const { locale = languageOf(request), currency, quantity } = checkout.parse(request.body);
    const total = totalOf(currency, quantities.safeParse(quantity).data ?? []);
    if (total === null) {
      response.status(422).send(cartPage({ locale, currency, quantities: quantity, isRefused: true }));
      return;
    }
    const orderId = `S${Date.now().toString(36).toUpperCase()}${randomBytes(3).toString('hex').toUpperCase()}`;
    rememberLanguage(response, locale);
    const page = `${publicUrl}/orders/${orderId}`;
    await api.start(orderId, {
      amount: { value: total, currency },
      description: shopWords[locale].title,
      locale,
      customer: { referenceId: 'demo-customer', name: 'Dana Demo', email: 'dana@shop.example' },
      returnUrls: { success: page, pending: `${page}?returned=pending`, fail: page },
    });
    response.redirect(303, `/orders/${orderId}/choose`);
  });
  router.get('/orders/:id/choose', async (request, response) => {
    const { id } = request.params;
    const payment = await withServices(await api.get(id));
    if (canChoose(payment)) response.send(choicePage(payment, languageOf(request)));
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
      const refused = { service, serviceFields, faults: error.errors };
      response.status(422).send(choicePage(payment, languageOf(request), refused));
    }
  });
  router.get('/orders/:id/pay', async (request, response) => {
    const { id } = request.params;
    const payment = await api.get(id);
    const { redirect } = payment;
    if (!redirect) response.redirect(303, `/orders/${id}`);
    else if (redirect.method === 'GET') response.redirect(303, redirect.url);
    else response.send(redirectPage(payment, redirect, languageOf(request)));
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
  router.get('/orders/:id/events', liveStatus({ api, outcomes }));
  router.get('/orders/:id', async (request, response) => {
    const { id } = request.params;
    const isPending = request.query['returned'] === 'pending';
    const payment = await api.get(id);
    const locale = languageOf(request);
    response.send(statusPage({ payment, told: outcomes.of(id), locale, isPending }));
  });
  router.use((request, response) => {
    response.status(404).send(messagePage('unknownPage', placeOf(request)));
  });
  router.use(problems);
  return router;
}

/** What the cart costs; null where there is nothing in it. */
function totalOf(currency: string, counts: readonly number[]): string | null {
  const { decimals, prices } = pricesByCurrency[currency] ?? { decimals: 2, prices: [] };
  const total = prices.reduce((sum, price, index) => sum + price * (counts[index] ?? 0), 0);
  return total === 0 ? null : decimalOf(total, decimals);
}

/** Where the customer is, for a page that says that something did not work. */
function placeOf(request: Request) {
  const orderId = /^\/orders\/([\w-]+)/.exec(request.path)?.[1] ?? null;
  const origin = orderId === null ? '/' : `/orders/${orderId}`;
  return { locale: languageOf(request), orderId, here: request.method === 'GET' ? request.path : origin };
}

function messageFor(error: unknown): readonly [status: number, message: Message] {
  if (error instanceof z.ZodError) return [400, 'badForm'];
  if (!(error instanceof PaymentProblem)) return [502, 'outage'];
  if (error.status === 404) return [404, 'unknownOrder'];
  if (error.status === 409) return [409, 'tooLate'];
  return error.status === 429 || error.status >= 500 ? [503, 'outage'] : [error.status, 'badForm'];
}

// Express knows an error handler by its four parameters.
// eslint-disable-next-line max-params
const problems: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) return next(error);
  const [status, message] = messageFor(error);
  response.status(status).send(messagePage(message, placeOf(request)));
};
