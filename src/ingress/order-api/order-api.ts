import { json, Router, type Request, type Response } from 'express';
import type { Answer } from '../../payments/api-answer.ts';
import type { OwnedOrder, OrderPayments } from '../../payments/payments.ts';
import { bearer, ownerOf, type BearerParts } from '../bearer.ts';
import { limitPerKey } from '../rate-limits.ts';
import { needs } from '../rights.ts';
import { sendTagged } from './conditional.ts';
import { listRoute } from './list.ts';
import { feed } from './feed.ts';
import { jsonOnly, sendProblem, wrongMethod } from '../send-problem.ts';
import { reportRoute, type ReportParts } from '../reports.ts';

export interface OrderApiParts extends ReportParts, BearerParts {
  readonly payments: OrderPayments;
}

/** The order API (docs/contract.md §3): reads what HTTP says, asks the use case, sends its answer. */
export function orderApi(parts: OrderApiParts): Router {
  const { payments } = parts;
  const router = Router({ caseSensitive: true });
  router.use(bearer(parts), limitPerKey(parts.rateLimit), jsonOnly, json({ limit: '64kb', strict: false }));

  router
    .route('/services')
    .get(toRead, async (request, response) =>
      send(response, await payments.services(ownerOf(response), request.query['currency'])),
    )
    .all(wrongMethod('GET'));
  router.route('/payments').get(toRead, listRoute(payments)).all(wrongMethod('GET'));
  router
    .route('/payments/:orderId')
    .put(toPay, async (request, response) =>
      send(response, await payments.start(orderOf(request, response), request.body)),
    )
    .get(toRead, async (request, response) => {
      const answer = await payments.get(orderOf(request, response));
      if (answer.kind === 'ok') sendTagged(request, response, answer.body);
      else send(response, answer);
    })
    .all(wrongMethod('GET', 'PUT'));
  router
    .route('/payments/:orderId/method')
    .post(toPay, async (request, response) =>
      send(response, await payments.choose(orderOf(request, response), request.body)),
    )
    .all(wrongMethod('POST'));
  router
    .route('/payments/:orderId/cancel')
    .post(toPay, async (request, response) =>
      send(response, await payments.cancel(orderOf(request, response), request.body)),
    )
    .all(wrongMethod('POST'));
  router
    .route('/payments/:orderId/refunds')
    .post(needs('refunds'), async (request, response) =>
      send(response, await payments.refund(orderOf(request, response), request.body)),
    )
    .all(wrongMethod('POST'));
  router
    .route('/payments/:orderId/outcomes')
    .get(toRead, async (request, response) =>
      send(response, await payments.outcomes(orderOf(request, response))),
    )
    .all(wrongMethod('GET'));
  router
    .route('/payments/:orderId/outcomes/:webhookId/redeliver')
    .post(toPay, async (request, response) =>
      send(response, await payments.redeliver(orderOf(request, response), request.params.webhookId)),
    )
    .all(wrongMethod('POST'));
  router.use('/reports', needs('reports'), reportRoute(parts));
  router.route('/payments/:orderId/events').get(toRead, feed(payments)).all(wrongMethod('GET'));
  return router;
}

const toPay = needs('payments');
const toRead = needs('read', 'payments');

const orderOf = (request: Request<{ orderId: string }>, response: Response): OwnedOrder => ({
  owner: ownerOf(response),
  orderId: request.params.orderId,
});

function send<Body>(response: Response, answer: Answer<Body>): void {
  if (answer.kind === 'ok') response.status(answer.status).json(answer.body);
  else sendProblem(response, answer.problem);
}
