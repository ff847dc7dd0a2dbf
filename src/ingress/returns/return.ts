import { Router } from 'express';
import type { OrderId } from '../../domain/identity.ts';
import type { PaymentRecord } from '../../domain/payment/payment-record.ts';
import { ArchiveError } from '../../payments/archive.ts';
import type { Returns } from '../../payments/returns.ts';
import { wrongMethod } from '../send-problem.ts';
import { returnPage, sendNoReturn, type Ending } from './return-page.ts';
import { verifyReturnToken } from './return-token.ts';

export interface ReturnParts {
  readonly returns: Returns;
  /** The first signs return tokens, any may have. */
  readonly tokenSecrets: readonly string[];
  readonly returnOrigins: readonly string[];
  readonly isUnavailable: (error: unknown) => boolean;
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
export function returnRoute({ returns, tokenSecrets, returnOrigins, isUnavailable }: ReturnParts): Router {
  /** Undefined: nobody knows right now. */
  const visit = (orderId: OrderId) =>
    returns.visit(orderId).catch((error: unknown) => {
      if (!isUnavailable(error) && !(error instanceof ArchiveError)) throw error;
      return undefined;
    });
  const router = Router({ caseSensitive: true });
  router
    .route('/:token')
    .get(async (request, response) => {
      const orderId = verifyReturnToken(request.params.token, tokenSecrets, Date.now());
      const record = orderId && (await visit(orderId));
      if (!record) return sendNoReturn(request, response, record === undefined ? 'unavailable' : 'unknown');
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
