import { Router } from 'express';
import { isDay } from '../domain/reconciliation/day.ts';
import type { Report } from '../domain/reconciliation/report.ts';
import { ownerOf } from './bearer.ts';
import { malformed } from '../payments/problem.ts';
import { sendProblem, wrongMethod } from './send-problem.ts';
import { reportCsv } from '../reconciliation/report-csv.ts';
import { reportPage } from '../reconciliation/report-page.ts';

export interface ReportParts {
  readonly reports: {
    /** Of the account that an order service's payments charge. */
    read(
      day: string,
      owner: string,
    ): Promise<
      | { readonly kind: 'report'; readonly report: Report }
      | { readonly kind: 'absent' | 'underway' | 'ended' }
    >;
  };
}

/** A day's reconciliation as JSON, CSV or a page, by `Accept`. It is about the order service's account as a whole. */
export function reportRoute({ reports }: ReportParts): Router {
  const router = Router({ caseSensitive: true });
  router
    .route('/:day')
    .get(async (request, response) => {
      const { day } = request.params;
      if (!isDay(day)) return sendProblem(response, malformedDay);
      const answer = await reports.read(day, ownerOf(response));
      if (answer.kind !== 'report')
        return sendProblem(response, { ...noReport, detail: details[answer.kind] });
      response.vary('accept');
      const type = request.accepts(['json', 'csv', 'html']);
      switch (type) {
        case 'csv':
          response.attachment(`reconciliation-${day}.csv`).type('csv').send(reportCsv(answer.report));
          return;
        case 'html':
          response.type('html').send(reportPage(answer.report));
          return;
        default:
          response.json(answer.report);
      }
    })
    .all(wrongMethod('GET'));
  return router;
}

const malformedDay = malformed('Name a day of the calendar, such as /v1/reports/2026-11-23.', [
  { field: 'day', message: 'must be yyyy-mm-dd' },
]);
const noReport = { kind: 'not-found', status: 404 } as const;
const details = {
  absent: 'There is no report of that day. A day is reported from 03:00 UTC of the next.',
  underway: 'The report of that day is being made. Ask again in a few minutes.',
  ended: 'The sweep of that day was ended before it had a report. An operator can run it again.',
};
