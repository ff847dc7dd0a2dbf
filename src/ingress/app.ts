import type { BlockList } from 'node:net';
import express, { type Express } from 'express';
import { isAmong } from '../http/address-list.ts';
import type { Logger } from '../observability/logger.ts';
import { callbackRoute, type CallbackParts } from './callback.ts';
import { docsRoute } from './docs/docs.ts';
import { openApiDocument } from './docs/openapi.ts';
import { orderApi, type OrderApiParts } from './order-api/order-api.ts';
import { notFound, type Problem } from '../payments/problem.ts';
import { problemHandler, sendProblem, wrongMethod } from './send-problem.ts';
import { returnRoute, type ReturnParts } from './returns/return.ts';
import { securityHeaders } from './security-headers.ts';

export interface IngressParts extends OrderApiParts, CallbackParts, ReturnParts {
  readonly logger: Logger;
  /** Live keys: what is answered goes over TLS. */
  readonly isLive: boolean;
  /** `TRUSTED_PROXIES`: whose `X-Forwarded-For` says where a request is from. */
  readonly trustedProxies: BlockList | null;
  readonly isReady: () => Promise<boolean>;
  readonly isUnavailable: (error: unknown) => boolean;
}

const noPath: Problem = { ...notFound, detail: 'There is no such path.' };

/** Everything the outside may call: the order API, the platform's callbacks, returning customers, health. */
export function ingressApp(parts: IngressParts): Express {
  const { trustedProxies, isLive } = parts;
  const app = express();
  app.disable('x-powered-by').enable('case sensitive routing').set('etag', false);
  app.set('trust proxy', (address: string) => trustedProxies !== null && isAmong(trustedProxies, address));
  app.use(securityHeaders(isLive));
  app
    .route('/livez')
    .get((_request, response) => response.type('text').send('ok\n'))
    .all(wrongMethod('GET'));
  app
    .route('/readyz')
    .get(async (_request, response) => {
      const ready = await parts.isReady();
      response
        .status(ready ? 200 : 503)
        .type('text')
        .send(ready ? 'ready\n' : 'not ready\n');
    })
    .all(wrongMethod('GET'));
  app
    .route('/openapi.json')
    .get((_request, response) => response.json(openApiDocument))
    .all(wrongMethod('GET'));
  app.use('/docs', docsRoute());
  app.use('/callbacks/paytone', callbackRoute(parts));
  app.use('/return', returnRoute(parts));
  app.use('/v1', orderApi(parts));
  app.use((_request, response) => sendProblem(response, noPath));
  app.use(problemHandler(parts.logger, parts.isUnavailable));
  return app;
}
