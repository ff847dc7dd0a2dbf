import { formatMoney, parseMoney } from '../money.ts';
import type { Report } from './report.ts';

/** What a day, or a range of days, brought in one currency: decimal strings. */
export interface FinanceLine {
  /** `yyyy-mm-dd`, or `total`. */
  readonly day: string;
  readonly currency: string;
  /** What customers paid, wherever it is now. */
  readonly gross: string;
  readonly refunded: string;
  readonly chargedBack: string;
  readonly fee: string;
  /** What is left for the merchant: gross less refunds, chargebacks and fee. */
  readonly net: string;
  readonly isComplete: boolean;
}

const parts = ['gross', 'refunded', 'chargedBack', 'fee', 'net'] as const;

/** A line for each day and currency, then one for each currency in all. */
export function financeOf(reports: readonly Report[]): FinanceLine[] {
  const days = reports.flatMap(linesOf);
  const currencies = [...new Set(days.map(({ currency }) => currency))].sort();
  return [...days, ...currencies.map((currency) => totalOf(days, currency))];
}

const linesOf = ({ day, currencies, incomplete }: Report): FinanceLine[] =>
  currencies.map(({ currency, lines: { paid, refunded, chargedBack }, fee, net }) => ({
    day,
    currency,
    gross: sum([paid.amount, refunded.amount, chargedBack.amount], currency),
    refunded: refunded.amount,
    chargedBack: chargedBack.amount,
    fee,
    net,
    isComplete: incomplete === null,
  }));

function totalOf(days: readonly FinanceLine[], currency: string): FinanceLine {
  const own = days.filter((line) => line.currency === currency);
  const [gross = '', refunded = '', chargedBack = '', fee = '', net = ''] = parts.map((part) =>
    sum(
      own.map((line) => line[part]),
      currency,
    ),
  );
  const isComplete = own.every((line) => line.isComplete);
  return { day: 'total', currency, gross, refunded, chargedBack, fee, net, isComplete };
}

/** Of amounts that we wrote ourselves; a net may be less than nothing. */
function sum(amounts: readonly string[], currency: string): string {
  const minor = amounts.reduce((total, amount) => total + signedMinorOf(amount, currency), 0);
  return `${minor < 0 ? '-' : ''}${formatMoney({ minor: Math.abs(minor), currency })}`;
}

function signedMinorOf(amount: string, currency: string): number {
  const parsed = parseMoney(amount.replace(/^-/, ''), currency);
  if (!parsed.ok) throw new Error('a report with an amount that is none');
  return amount.startsWith('-') ? -parsed.money.minor : parsed.money.minor;
}
