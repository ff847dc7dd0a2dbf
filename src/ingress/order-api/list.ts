import type { RequestHandler } from 'express';
import type { PaymentsPage } from '../../payments/list-schema.ts';
import type { OrderPayments } from '../../payments/payments.ts';
import { ownerOf } from '../bearer.ts';
import { csvOf } from '../../reconciliation/csv-table.ts';
import { sendProblem } from '../send-problem.ts';

const columns = [
  'orderId',
  'status',
  'amount',
  'currency',
  'service',
  'invoiceId',
  'createdAt',
  'expiresAt',
] as const;

/** `GET /v1/payments` as JSON or CSV, by `Accept`; `Link` leads to the next page. */
export function listRoute(payments: Pick<OrderPayments, 'list'>): RequestHandler {
  return async (request, response) => {
    const answer = await payments.list(ownerOf(response), request.query);
    if (answer.kind === 'problem') return sendProblem(response, answer.problem);
    const { nextCursor } = answer.body;
    if (nextCursor !== null) response.links({ next: nextOf(request.originalUrl, nextCursor) });
    response.vary('accept');
    if (request.accepts(['json', 'csv']) === 'csv')
      response.attachment('payments.csv').type('csv').send(pageCsv(answer.body));
    else response.json(answer.body);
  };
}

function nextOf(asked: string, cursor: string): string {
  const [path, query] = asked.split('?');
  const next = new URLSearchParams(query);
  next.set('cursor', cursor);
  return `${path}?${next.toString()}`;
}

const pageCsv = ({ payments }: PaymentsPage): string =>
  csvOf(
    columns,
    payments.map(({ amount, ...payment }) => ({
      ...payment,
      amount: amount.value,
      currency: amount.currency,
    })),
  );
