import express, { type ErrorRequestHandler, type Express } from 'express';
import { controlApi } from './control-api.ts';
import { controlPage } from './control-page.ts';
import { hostedPage } from './hosted-page.ts';
import { logos } from './logos.ts';
import type { Platform } from './platform.ts';
import { privateApi } from './private-api.ts';
import { publicApi } from './public-api.ts';
import { errorReply, send } from './reply.ts';

// Express knows an error handler by its four parameters.
// eslint-disable-next-line max-params
const badBody: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  const status = error.status ?? 500;
  send(response, errorReply(status, status === 500 ? 'internal_error' : 'Bad Request'));
};

/** Everything that the sandbox answers. */
export function sandboxApp(platform: Platform): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple');
  app.use('/control/api', controlApi(platform));
  app.use('/control', controlPage(platform));
  app.use('/logos', logos());
  app.use('/hpp', hostedPage(platform));
  app.use(express.json({ type: ['application/json', 'application/vnd.api+json'], limit: '1mb' }));
  app.use(express.urlencoded({ extended: true, limit: '1mb' }));
  app.use('/api', privateApi(platform));
  app.use('/public-api', publicApi(platform));
  app.get('/', (_request, response) => response.redirect('/control'));
  app.use(['/api', '/public-api'], (request, response) => {
    const known = /^\/(payment-invoices(\/[^/]+(\/refund)?)?|payment-services(\/[^/]+)?|payment-prerequest)$/;
    send(
      response,
      known.test(request.path) ? errorReply(405, 'Method Not Allowed') : errorReply(404, 'Not Found'),
    );
  });
  app.use(badBody);
  return app;
}
