import { InvalidArgumentError, type Command } from 'commander';
import { isAccountId, type AccountId } from '../../domain/identity.ts';
import { dayAfter } from '../../domain/reconciliation/day.ts';
import { financeOf, type FinanceLine } from '../../domain/reconciliation/finance.ts';
import type { Report } from '../../domain/reconciliation/report.ts';
import { csvOf } from '../../reconciliation/csv-table.ts';
import { calendarDay } from './listing.ts';
import { financeText, reportText } from './text.ts';
import { command, type Connected, type Tools } from './tools.ts';

interface Options {
  readonly until?: string;
  readonly account?: AccountId;
  readonly csv?: boolean;
}

export function addReporting(program: Command, tools: Tools): void {
  const reporting = command(program, 'report')
    .description("a day's reconciliation, or what each day of a range brought, by currency")
    .argument('<day>', 'yyyy-mm-dd', calendarDay)
    .option('--until <day>', 'the last day of a range', calendarDay)
    .option('--account <id>', "of another account than the environment's", accountOption)
    .option('--csv', 'what each day brought, for a spreadsheet');
  reporting.action(async (day: string, { until, account, csv = false }: Options) => {
    const days = daysFrom(day, until ?? day);
    if (days.length === 0) reporting.error(`error: ${until} is before ${day}`);
    const reports = await readReports(tools, await tools.connect(), { days, account });
    const [only] = reports;
    if (csv) tools.terminal.out(financeCsv(financeOf(reports)));
    else if (until !== undefined) tools.print(financeOf(reports), financeText(financeOf(reports)));
    else if (only) tools.print(only, reportText(only));
  });
}

const mostReportDays = 400;

function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last && days.length < mostReportDays; day = dayAfter(day, 1)) days.push(day);
  return days;
}

function accountOption(text: string): AccountId {
  if (isAccountId(text)) return text;
  throw new InvalidArgumentError('Name the id of an account, such as coma_….');
}

interface Asked {
  readonly days: readonly string[];
  readonly account: AccountId | undefined;
}

async function readReports(
  tools: Tools,
  { reports }: Connected,
  { days, account }: Asked,
): Promise<Report[]> {
  const found: Report[] = [];
  for (const day of days) {
    tools.terminal.progress(`reading ${day}`);
    const answer = await reports.read(day, account);
    tools.terminal.progress('');
    if (answer.kind === 'report') found.push(answer.report);
    else tools.fail(`no report of ${day}: ${answer.kind}`);
  }
  return found;
}

const financeColumns = [
  'day',
  'currency',
  'gross',
  'refunded',
  'charged_back',
  'fee',
  'net',
  'complete',
] as const;

const financeCsv = (lines: readonly FinanceLine[]): string =>
  csvOf(
    financeColumns,
    lines.map(({ chargedBack, isComplete, ...line }) => ({
      ...line,
      charged_back: chargedBack,
      complete: isComplete ? 'yes' : 'no',
    })),
  ).trimEnd();
