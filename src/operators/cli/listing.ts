import { InvalidArgumentError, Option, type Command } from 'commander';
import { dayAfter, isDay, startOf } from '../../domain/reconciliation/day.ts';
import { toIso } from '../../domain/time.ts';
import type { ListAsking, ListedPayment, PaymentSearch } from '../../payments/payment-search.ts';
import { paymentStatus } from '../../payments/payment-schema.ts';
import { csvOf } from '../../reconciliation/csv-table.ts';
import { instant } from './acting.ts';
import { listText } from './text.ts';
import { command, type Tools } from './tools.ts';

interface Filters {
  readonly status?: string;
  readonly service?: string;
  readonly owner?: string;
  readonly currency?: string;
  readonly invoice?: string;
  readonly amountFrom?: number;
  readonly amountTo?: number;
  readonly day?: string;
  readonly since?: number;
  readonly until?: number;
  readonly limit: number;
  readonly csv?: true;
}

export function addListing(program: Command, tools: Tools): void {
  command(program, 'list')
    .description('list payments, the newest first')
    .addOption(new Option('--status <status>', 'how they stand now').choices(paymentStatus.options))
    .option('--service <code>', 'the method of the last attempt')
    .option('--owner <name>', 'the order service')
    .option('--currency <code>', 'of the order')
    .option('--invoice <id>', 'of the last attempt')
    .option('--amount-from <decimal>', 'this or more', decimalOption)
    .option('--amount-to <decimal>', 'this or less', decimalOption)
    .option('--day <day>', 'started on it (yyyy-mm-dd, UTC)', calendarDay)
    .option('--since <time>', 'started then or later (RFC 3339)', instant)
    .option('--until <time>', 'started earlier (RFC 3339)', instant)
    .option('--limit <count>', 'at most so many', count, 100)
    .option('--csv', 'for a spreadsheet')
    .action(async (filters: Filters) => {
      const connected = await tools.connect();
      const found = await all(connected.operators.payments, filters);
      if (filters.csv) tools.terminal.out(listingCsv(found));
      else tools.print(found.map(toJson), listText(found, tools.scope(connected), tools.format === 'wide'));
    });
}

const mostOnPage = 200;

async function all(list: PaymentSearch, filters: Filters): Promise<ListedPayment[]> {
  const { limit } = filters;
  const found: ListedPayment[] = [];
  for (;;) {
    const wanted = Math.min(mostOnPage, limit - found.length);
    const page = await list.page({ ...askingOf(filters), after: found.at(-1), limit: wanted });
    found.push(...page);
    if (page.length < wanted || found.length >= limit) return found;
  }
}

function askingOf(filters: Filters): Omit<ListAsking, 'after' | 'limit'> {
  const { day: on, since = 0, until = Date.now() + 60_000, invoice, ...rest } = filters;
  const { status, service, owner, currency, amountFrom, amountTo } = rest;
  return {
    ...{ status, service, owner, currency, amountFrom, amountTo, invoiceId: invoice },
    createdAfter: on === undefined ? since : startOf(on) * 1000,
    createdBefore: on === undefined ? until : startOf(dayAfter(on, 1)) * 1000,
  };
}

const toJson = ({ createdAt, expiresAt, ...payment }: ListedPayment) => ({
  ...payment,
  createdAt: toIso(createdAt),
  expiresAt: toIso(expiresAt),
});

const listingColumns = [
  'orderId',
  'owner',
  'status',
  'amount',
  'currency',
  'service',
  'invoiceId',
  'createdAt',
  'expiresAt',
] as const;

const listingCsv = (found: readonly ListedPayment[]): string =>
  csvOf(listingColumns, found.map(toJson)).trimEnd();

function decimalOption(text: string): number {
  if (/^[0-9]+(\.[0-9]+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('must be a decimal number, such as 100.55');
}

function count(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 10_000) return limit;
  throw new InvalidArgumentError('must be a whole number from 1 to 10000');
}

export function calendarDay(text: string): string {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('must be a day of the calendar, yyyy-mm-dd');
}
