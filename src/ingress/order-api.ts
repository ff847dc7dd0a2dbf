import { json, Router, type Response } from 'express';
import { assertNever } from '../domain/assert-never.ts';
import { exponentOf } from '../domain/money.ts';
import { refusalTypes, type UpdateRefusal } from '../domain/update-refusal.ts';
import { toServiceView } from '../domain/view.ts';
import { bearer, ownerOf, type OrderApiKey } from './bearer.ts';
import { parseBody, parseOrderId } from './parse.ts';
import { reportRoute, type ReportParts } from './reports.ts';
import { notFound, sendProblem, unavailable, type Problem } from './problem.ts';
import { startPayment, type StartAnswer, type StartParts } from './start-payment.ts';
import { cancelSchema, choiceSchema, refundSchema, termsSchema } from './terms-schema.ts';

export interface OrderApiParts extends StartParts, ReportParts {
  readonly keys: readonly OrderApiKey[];
}

/** The order API (contract, section 3). */
export function orderApi(parts: OrderApiParts): Router {
  const { payments, services } = parts;
  const router = Router();
  router.use(bearer(parts.keys), json({ limit: '64kb' }));
  router.use('/reports', reportRoute(parts));

  router.get('/services', async (request, response) => {
    const { currency } = request.query;
    if (typeof currency !== 'string' || exponentOf(currency) === null)
      return sendProblem(response, unknownCurrency);
    const offer = await services(currency).catch(() => null);
    if (!offer) return sendProblem(response, unavailable('Paytone'));
    response.json({ ...offer, services: offer.services.map(toServiceView) });
  });

  router.put('/payments/:orderId', async (request, response) => {
    const orderId = parseOrderId(request.params.orderId, response);
    const body = orderId && parseBody(termsSchema, request.body, response);
    if (!orderId || !body) return;
    const asking = { owner: ownerOf(response), orderId, terms: body };
    sendAnswer(response, await startPayment(parts, asking));
  });

  router.post('/payments/:orderId/method', async (request, response) => {
    const orderId = parseOrderId(request.params.orderId, response);
    const choice = orderId && parseBody(choiceSchema, request.body, response);
    if (!orderId || !choice) return;
    sendAnswer(response, await payments.choose(ownerOf(response), orderId, choice));
  });

  router.post('/payments/:orderId/cancel', async (request, response) => {
    const orderId = parseOrderId(request.params.orderId, response);
    const body = orderId && parseBody(cancelSchema, request.body, response);
    if (!orderId || !body) return;
    sendAnswer(response, await payments.cancel(ownerOf(response), orderId, body.reason));
  });

  router.post('/payments/:orderId/refunds', async (request, response) => {
    const orderId = parseOrderId(request.params.orderId, response);
    const asking = orderId && parseBody(refundSchema, request.body, response);
    if (!orderId || !asking) return;
    sendAnswer(response, await payments.refund(ownerOf(response), orderId, asking));
  });

  router.get('/payments/:orderId', async (request, response) => {
    const orderId = parseOrderId(request.params.orderId, response);
    if (!orderId) return;
    sendAnswer(response, await payments.get(ownerOf(response), orderId));
  });
  return router;
}

const unknownCurrency: Problem = {
  kind: 'malformed',
  status: 400,
  detail: 'Name a currency of ISO 4217, such as ?currency=USD.',
  errors: [{ field: 'currency', message: 'is not a currency of ISO 4217' }],
};

function sendAnswer(response: Response, answer: StartAnswer): void {
  switch (answer.kind) {
    case 'started':
      response.status(answer.payment.status === 'creating' ? 202 : 201).json(answer.payment);
      return;
    case 'found':
      response.status(answer.payment.status === 'creating' ? 202 : 200).json(answer.payment);
      return;
    case 'creating':
      response.status(202).json(answer.payment);
      return;
    case 'absent':
      sendProblem(response, notFound);
      return;
    case 'refused':
      sendProblem(response, problemOf(answer.refusal));
      return;
    case 'invalid':
      sendProblem(response, { ...invalid, errors: answer.errors });
      return;
    default:
      assertNever(answer);
  }
}

const invalid = {
  kind: 'refused',
  status: 422,
  detail: 'The request is well-formed, but cannot be paid like this. See "errors"; nothing was started.',
} as const satisfies Problem;

function problemOf({ type, detail, errors }: UpdateRefusal): Problem {
  switch (type) {
    case refusalTypes.owner:
      return notFound;
    case refusalTypes.input:
      return {
        kind: 'refused',
        status: 422,
        detail: `${detail}. Correct what "errors" names and choose again.`,
        errors,
      };
    case refusalTypes.terms:
      return {
        kind: 'terms-differ',
        status: 409,
        detail: `${detail}. Use another order id for other terms.`,
        errors,
      };
    case refusalTypes.over:
    case refusalTypes.state:
      return {
        kind: 'wrong-state',
        status: 409,
        detail: `${detail}. Read it with GET before the next step.`,
      };
    default:
      return assertNever(type);
  }
}
