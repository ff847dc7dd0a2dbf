import { lines, type Report } from '../domain/reconciliation/report.ts';
import type { Finding } from '../domain/reconciliation/compare.ts';
import { toIso } from '../domain/time.ts';
import { csvOf, type CsvRow } from './csv-table.ts';

const columns = [
  'record',
  'day',
  'kind',
  'currency',
  'count',
  'amount',
  'reference',
  'invoice',
  'platform_status',
  'platform_amount',
  'platform_currency',
  'platform_processed',
  'platform_refunded',
  'platform_updated',
  'our_status',
  'our_amount',
  'our_currency',
] as const;
type Row = CsvRow<(typeof columns)[number]>;

/** One table: a `report` that says whether it is complete, a `sum` a line and currency, a `total` a currency, a `finding` each. */
export function toCsv(report: Report): string {
  const about = { record: 'report', day: report.day, kind: report.incomplete ?? 'complete' };
  const rows: Row[] = [
    about,
    ...sumRows(report),
    ...report.findings.map((finding) => findingRow(report, finding)),
  ];
  return csvOf(columns, rows);
}

const sumRows = ({ day, currencies }: Report): Row[] =>
  currencies.flatMap(({ currency, lines: of, total }) => [
    ...lines.map((kind) => ({ record: 'sum', day, kind, currency, ...of[kind] })),
    { record: 'total', day, currency, ...total },
  ]);

const findingRow = ({ day }: Report, { kind, referenceId, invoiceId, there, here }: Finding): Row => ({
  record: 'finding',
  day,
  kind,
  reference: referenceId,
  invoice: invoiceId,
  ...(there && {
    platform_status: there.status,
    platform_amount: there.amount,
    platform_currency: there.currency,
    platform_processed: there.processedAmount,
    platform_refunded: there.refundedAmount,
    platform_updated: toIso(there.updated * 1000),
  }),
  ...(here && { our_status: here.status, our_amount: here.amount, our_currency: here.currency }),
});
