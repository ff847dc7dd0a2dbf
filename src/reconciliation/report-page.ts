import { lines, type Line, type Report } from '../domain/reconciliation/report.ts';
import type { Finding, FindingKind } from '../domain/reconciliation/compare.ts';
import { escaped } from '../http/html.ts';

const names: Readonly<Record<Line, string>> = {
  open: 'Open',
  failed: 'Failed or expired',
  paid: 'Paid',
  verified: 'Verified',
  refunded: 'Refunded',
  chargedBack: 'Charged back',
};
const findingMeanings: Readonly<Record<FindingKind, string>> = {
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

const htmlTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map((it) => `<th>${escaped(it)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((it) => `<td>${escaped(it)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

/** The report for people. */
export function reportPage(report: Report): string {
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
  `<div class="sums">${htmlTable(
    [currency, 'Invoices', 'Amount'],
    [
      ...lines.map((line) => [names[line], String(of[line].count), of[line].amount]),
      ['Total', String(total.count), total.amount],
    ],
  )}</div>`;

const findingsTable = (findings: readonly Finding[]): string =>
  htmlTable(
    ['What', 'Reference', 'Invoice', 'There', 'Here'],
    findings.map(({ kind, referenceId, invoiceId, there, here }) => [
      findingMeanings[kind],
      referenceId,
      invoiceId,
      there ? `${there.status}, ${there.processedAmount ?? there.amount} ${there.currency}` : 'not there',
      here ? `${here.status}, ${here.amount} ${here.currency}` : '',
    ]),
  );
