import { lines, type Line, type Report } from '../domain/reconciliation/report.ts';
import type { Finding, FindingKind } from '../domain/reconciliation/compare.ts';
import { toIso } from '../domain/time.ts';
import { csvOf, type CsvRow } from './csv.ts';
import { escaped } from './escaped.ts';

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

const names: Readonly<Record<Line, string>> = {
  open: 'Open',
  failed: 'Failed or expired',
  paid: 'Paid',
  verified: 'Verified',
  refunded: 'Refunded',
  chargedBack: 'Charged back',
};
const meanings: Readonly<Record<FindingKind, string>> = {
  paid_there: 'Paid there, not here',
  ended_there: 'Over there, open here',
  paid_here: 'Paid here, not there',
  missing_there: 'Here, not there',
  other_amount: 'Other amount',
  not_ordered: 'Nobody ordered it',
  refund_unseen: 'Refund not seen',
  chargeback_unseen: 'Chargeback not seen',
  unreadable: 'The payment did not answer',
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map((it) => `<th>${escaped(it)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((it) => `<td>${escaped(it)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

/** The report for people. */
export function toPage(report: Report): string {
  const { day, currencies, findings, leftOut, walked, incomplete } = report;
  const title = `Reconciliation of ${day}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>
body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1.5rem;color:#1c2430}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{text-align:left;padding:.3rem .8rem;border-bottom:1px solid #d5dbe3}
.sums td:nth-child(n+2),.sums th:nth-child(n+2){text-align:right;font-variant-numeric:tabular-nums}
.sums tr:last-child{font-weight:600}.warning{background:#fff3d6;padding:.5rem .8rem}
</style></head><body><main><h1>${title}</h1>
${incomplete === null ? '' : `<p class="warning">Not complete: ${escaped(incomplete)}.</p>`}
<p>${walked.read} invoices of the platform read on ${walked.pages} pages, ${walked.compared} compared with our payments; ${walked.young} changed too recently to compare. Made from ${report.startedAt} to ${report.finishedAt}.</p>
<h2>Invoices created on ${day} (UTC)</h2>
${currencies.map(sumsTable).join('') || '<p>None.</p>'}
<h2>Differences</h2>
${findings.length === 0 ? '<p>None.</p>' : findingsTable(findings)}
${leftOut === 0 ? '' : `<p class="warning">${leftOut} more are counted only.</p>`}
<p>Each was handed to its payment, as a callback would have been. Its page in the Temporal UI shows what became of it.</p>
</main></body></html>`;
}

const sumsTable = ({ currency, lines: of, total }: Report['currencies'][number]): string =>
  `<div class="sums">${table(
    [currency, 'Invoices', 'Amount'],
    [
      ...lines.map((line) => [names[line], String(of[line].count), of[line].amount]),
      ['Total', String(total.count), total.amount],
    ],
  )}</div>`;

const findingsTable = (findings: readonly Finding[]): string =>
  table(
    ['What', 'Reference', 'Invoice', 'There', 'Here'],
    findings.map(({ kind, referenceId, invoiceId, there, here }) => [
      meanings[kind],
      referenceId,
      invoiceId,
      there ? `${there.status}, ${there.processedAmount ?? there.amount} ${there.currency}` : 'not there',
      here ? `${here.status}, ${here.amount} ${here.currency}` : '',
    ]),
  );
