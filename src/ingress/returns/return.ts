import { Router } from 'express';
import type { PaymentRecord } from '../../domain/payment/payment-record.ts';
import type { Returns } from '../../payments/returns.ts';
import { wrongMethod } from '../send-problem.ts';
import { returnPage, type Ending } from './return-page.ts';
import { verifyReturnToken } from './return-token.ts';

export interface ReturnParts {
  readonly returns: Returns;
  /** The first signs return tokens, any may have. */
  readonly tokenSecrets: readonly string[];
  readonly returnOrigins: readonly string[];
}

/** By our state alone; the query string the platform appends is never looked at (docs/contract.md §3). */
function endingOf(status: PaymentRecord['payment']['status']): Ending {
  switch (status) {
    case 'paid':
    case 'verified':
      return 'success';
    case 'failed':
    case 'expired':
    case 'canceled':
    case 'choosing':
    case 'refunded':
    case 'charged_back':
      return 'fail';
    default:
      return 'pending';
  }
}

/** Where the platform sends the customer back: asks for the truth, then 303 to the order's page or a page of ours. */
export function returnRoute({ returns, tokenSecrets, returnOrigins }: ReturnParts): Router {
  const router = Router({ caseSensitive: true });
  router
    .route('/:token')
    .get(async (request, response) => {
      const orderId = verifyReturnToken(request.params.token, tokenSecrets, Date.now());
      const record = orderId && (await returns.visit(orderId));
      if (!record) {
        response.status(404).type('html').send(returnPage('unknown', 'en'));
        return;
      }
      const ending = endingOf(record.payment.status);
      const url = record.terms.returnUrls?.[ending];
      if (url !== undefined && returnOrigins.includes(new URL(url).origin)) response.redirect(303, url);
      else response.redirect(303, `/return/page/${record.terms.locale}/${ending}`);
    })
    .all(wrongMethod('GET'));
  router
    .route('/page/:locale/:ending')
    .get((request, response) => {
      response.type('html').send(returnPage(request.params.ending, request.params.locale));
    })
    .all(wrongMethod('GET'));
  return router;
}
