import { lines, type Report } from '../domain/reconciliation/report.ts';
import type { Finding } from '../domain/reconciliation/compare.ts';
import { toIso } from '../domain/time.ts';
import { csvOf, type CsvRow } from './csv-table.ts';

const findingColumns = [
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
type FindingRow = CsvRow<(typeof findingColumns)[number]>;

/** One table: a `report` that says whether it is complete, a `sum` a line and currency, a `total` a currency, a `finding` each. */
export function reportCsv(report: Report): string {
  const about = { record: 'report', day: report.day, kind: report.incomplete ?? 'complete' };
  const rows: FindingRow[] = [
    about,
    ...sumRows(report),
    ...report.findings.map((finding) => findingRow(report, finding)),
  ];
  return csvOf(findingColumns, rows);
}

const sumRows = ({ day, currencies }: Report): FindingRow[] =>
  currencies.flatMap(({ currency, lines: of, total }) => [
    ...lines.map((kind) => ({ record: 'sum', day, kind, currency, ...of[kind] })),
    { record: 'total', day, currency, ...total },
  ]);

const findingRow = ({ day }: Report, { kind, referenceId, invoiceId, there, here }: Finding): FindingRow => ({
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
