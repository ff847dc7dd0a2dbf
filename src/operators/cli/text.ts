import type { FinanceLine } from '../../domain/reconciliation/finance.ts';
import { lines, type Report } from '../../domain/reconciliation/report.ts';
import type {
  UnmatchedInvoiceView,
  UnmatchedMoneyView,
} from '../../domain/unmatched-money/unmatched-view.ts';
import { toIso } from '../../domain/time.ts';
import type { ListedPayment } from '../../payments/payment-search.ts';
import type { AttentionRow } from '../attention-list.ts';
import { arrivalOf } from '../../domain/payment/operator-view.ts';
import type { RecoveryView } from '../../../workflows/messages.ts';
import type { PaymentStory } from '../story-reader.ts';

type Cell = string | number | null;

function textTable(rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map((cell) => String(cell ?? '-')));
  const widths = texts[0]?.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  return texts
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What others wrote, as one short word of a table. */
const inQuotes = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

export function attentionText(rows: readonly AttentionRow[], scope: string): string {
  if (rows.length === 0) return `Nothing needs attention in ${scope}.`;
  const head = ['ATTENTION', 'ORDER', 'STATUS', 'AMOUNT', 'SERVICE', 'INVOICE', 'DEADLINE'];
  const line = (row: AttentionRow): Cell[] => [
    row.attention,
    row.orderId ?? row.workflowId,
    row.status,
    row.amount === null ? null : `${row.amount} ${row.currency ?? ''}`,
    row.service,
    row.invoiceId,
    row.deadline,
  ];
  const unmatched = rows.flatMap(({ workflowId, reference }) =>
    reference === null ? [] : [`${workflowId}: the reference ${inQuotes(reference)}`],
  );
  return [
    textTable([head, ...rows.map(line)]),
    ...section('Late money', unmatched),
    ...section('Stopped', rows.flatMap(stoppedLine)),
    `${rows.length} in ${scope}`,
  ].join('\n');
}

export function servicesDownText(down: readonly RecoveryView[]): string {
  if (down.length === 0) return 'Every order service takes its outcomes.';
  const head = ['ORDER SERVICE', 'FAILING SINCE', 'TRIES', 'NEXT TRY', 'PAYMENTS WAITING'];
  const line = ({ owner, failingSince, tries, nextTryAt, waiting }: RecoveryView): Cell[] => [
    owner,
    failingSince,
    tries,
    nextTryAt,
    waiting,
  ];
  return textTable([head, ...down.map(line)]);
}

function stoppedLine({ workflowId, stopped }: AttentionRow): string[] {
  if (!stopped) return [];
  const since = stopped.failsSince === null ? '' : ` since ${stopped.failsSince}`;
  const cause = stopped.cause === null ? '' : ` (${stopped.cause})`;
  return [
    `${workflowId} stands still: its workflow tasks fail${since}${cause}.`,
    '  Roll the workers back, deploy a mended version, or reset it: docs/runbook/PaytonePaymentStopped.md',
  ];
}

export function unmatchedText(workflowId: string, view: UnmatchedMoneyView): string {
  const facts: [string, Cell][] = [
    ['Late money', workflowId],
    ['Reference', `${inQuotes(view.referenceId)}, on ${view.account}`],
    ['Needs attention', view.attention],
    ['Last poll', view.lastLook],
    ['Waits for', view.waiting],
  ];
  const lineOf = ({ invoiceId, status, amount, money, standing }: UnmatchedInvoiceView): string =>
    [
      `${invoiceId}, ${amount.value} ${amount.currency}, the platform says ${status}`,
      money && moneyLine({ money }),
      standing,
    ]
      .filter((part) => part !== null)
      .join('; ');
  return [
    textTable(facts.filter(([, value]) => value !== null)),
    ...section('Invoices', view.invoices.map(lineOf)),
    ...section('Operators', view.operators.map(operatorLine)),
  ].join('\n');
}

const operatorLine = ({ at, by, what, why }: UnmatchedMoneyView['operators'][number]): string =>
  `${at} ${by}: ${what}, ${why}`;

type ShownStory = Omit<PaymentStory, 'terms'> & Partial<Pick<PaymentStory, 'terms'>>;

export function storyText(story: ShownStory): string {
  const facts: [string, Cell][] = [
    ['Order', `${story.orderId}, of ${story.owner}, on ${story.account}`],
    ['Amount', `${story.amount.value} ${story.amount.currency}`],
    ['Status', story.reason === null ? story.status : `${story.status}: ${story.reason}`],
    ['Money', moneyLine(story)],
    ['Decided by', story.decidedBy],
    ['Needs attention', story.attention],
    ['Opened', story.openedAt],
    ['Deadline', story.deadline],
    ['Polled until', story.watchedUntil],
    ['Waits for', story.waiting],
    ['Last poll', story.lastLook],
  ];
  return [
    textTable(facts.filter(([, value]) => value !== null)),
    ...section('Attempts', story.attempts.map(attemptLine)),
    ...section('Outcomes', story.outcomes.map(outcomeLine)),
    ...section(
      'Refunds',
      story.refunds.map(({ refundId, value, status, refusal }) =>
        [`${refundId}: ${value}, ${status}`, refusal].filter((it) => it !== null).join(': '),
      ),
    ),
    ...section('Operators', story.operators.map(operatorLine)),
    ...section(
      'What happened',
      story.events.map(({ at, what }) => `${at} ${what}`),
    ),
    ...section('Customer', story.terms === undefined ? [] : [JSON.stringify(story.terms)]),
  ].join('\n');
}

const section = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${name}:`, ...lines.map((line) => `  ${line}`)];

const moneyLine = ({ money }: Pick<PaymentStory, 'money'>): string | null =>
  money &&
  `paid ${money.paid} ${money.currency}, fee ${money.fee}, refunded ${money.refunded}, charged back ${money.chargedBack}`;

const outcomeLine = (outcome: PaymentStory['outcomes'][number]): string =>
  `${outcome.status} as ${outcome.id} ${arrivalOf(outcome)}`;

const attemptLine = (attempt: PaymentStory['attempts'][number]): string =>
  [
    `${attempt.number}. ${attempt.referenceId}, ${attempt.service}, ${attempt.invoiceId ?? 'no invoice'}`,
    attempt.platformStatus === null ? null : `the platform says ${attempt.platformStatus}`,
    attempt.createdAt === null ? null : `created ${attempt.createdAt}`,
    attempt.expiresAt === null ? null : `expires ${attempt.expiresAt}`,
    attempt.redirectGiven ? 'redirect given' : 'no redirect given',
    attempt.refusal === null ? null : `refused: ${attempt.refusal}`,
  ]
    .filter((part) => part !== null)
    .join('; ');

export function listText(found: readonly ListedPayment[], scope: string, isWide: boolean): string {
  if (found.length === 0) return `No payment is found in ${scope}.`;
  const more = (cells: Cell[]): Cell[] => (isWide ? cells : []);
  const head = ['ORDER', 'STATUS', 'AMOUNT', 'SERVICE', 'INVOICE', 'STARTED', ...more(['EXPIRES', 'OWNER'])];
  const line = (payment: ListedPayment): Cell[] => [
    payment.orderId,
    payment.status,
    `${payment.amount} ${payment.currency}`,
    payment.service,
    payment.invoiceId,
    toIso(payment.createdAt),
    ...more([toIso(payment.expiresAt), payment.owner]),
  ];
  return [textTable([head, ...found.map(line)]), `${found.length} in ${scope}`].join('\n');
}

export function financeText(lines: readonly FinanceLine[]): string {
  const head = ['DAY', 'CURRENCY', 'GROSS', 'REFUNDED', 'CHARGED BACK', 'FEE', 'NET', 'COMPLETE'];
  const cells = ({
    day,
    currency,
    gross,
    refunded,
    chargedBack,
    fee,
    net,
    isComplete,
  }: FinanceLine): Cell[] => [
    day,
    currency,
    gross,
    refunded,
    chargedBack,
    fee,
    net,
    isComplete ? 'yes' : 'no',
  ];
  return textTable([head, ...lines.map(cells)]);
}

export function reportText(report: Report): string {
  const sums = report.currencies.flatMap(({ currency, lines: of, total }) => [
    ...lines.map((line) => [currency, line, of[line].count, of[line].amount]),
    [currency, 'total', total.count, total.amount],
  ]);
  const findings = report.findings.map(({ kind, referenceId, invoiceId, there, here }) => [
    kind,
    referenceId,
    invoiceId,
    `there ${there?.status ?? '-'}`,
    `here ${here?.status ?? '-'}`,
  ]);
  return [
    `Reconciliation of ${report.day}, ${report.incomplete ?? 'complete'}`,
    textTable([['CURRENCY', 'LINE', 'COUNT', 'AMOUNT'], ...sums]),
    ...section('Findings', findings.length === 0 ? [] : textTable(findings).split('\n')),
    ...(report.leftOut > 0 ? [`and ${report.leftOut} more findings`] : []),
  ].join('\n');
}
