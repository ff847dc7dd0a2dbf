import { endOf, startOf } from './day.ts';
import { formatMoney } from '../money.ts';
import { minorOf, moneyOf } from '../invoice/invoice-money.ts';
import { meaningOf, stateOf } from '../invoice/invoice-state.ts';
import type { Finding, FindingKind, ListedInvoice } from './compare.ts';

/** What became of an invoice, and of money. */
export const lines = ['open', 'failed', 'paid', 'verified', 'refunded', 'chargedBack'] as const;
export type Line = (typeof lines)[number];

interface Sum {
  readonly count: number;
  readonly minor: number;
}
/** The platform's commission stands beside the lines: it is part of what was paid. */
type TallyPart = Line | 'fee';
type Sums = Readonly<Record<string, Readonly<Record<TallyPart, Sum>>>>;

/** What a sweep has counted so far; as small as its findings. */
export interface Tally {
  readonly pages: number;
  /** Invoices read from the list. */
  readonly read: number;
  /** Invoices compared with their payments. */
  readonly compared: number;
  /** Changed so recently that a callback may be on its way. */
  readonly young: number;
  readonly otherMode: number;
  readonly unreadable: number;
  readonly sums: Sums;
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
  readonly findings: readonly Finding[];
}

/** Findings that are kept in full; beyond that they are counted, and each still goes to its payment. */
const mostFindings = 1_000;

export const emptyTally: Tally = {
  pages: 0,
  read: 0,
  compared: 0,
  young: 0,
  otherMode: 0,
  unreadable: 0,
  sums: {},
  counts: {},
  findings: [],
};

export function addTally(a: Tally, b: Tally): Tally {
  const kinds = Object.keys({ ...a.counts, ...b.counts }) as FindingKind[];
  return {
    pages: a.pages + b.pages,
    read: a.read + b.read,
    compared: a.compared + b.compared,
    young: a.young + b.young,
    otherMode: a.otherMode + b.otherMode,
    unreadable: a.unreadable + b.unreadable,
    sums: addSums(a.sums, b.sums),
    counts: Object.fromEntries(kinds.map((kind) => [kind, (a.counts[kind] ?? 0) + (b.counts[kind] ?? 0)])),
    findings: [...a.findings, ...b.findings].slice(0, mostFindings),
  };
}

export const countFindings = (findings: readonly Finding[]): Tally['counts'] =>
  findings.reduce<Partial<Record<FindingKind, number>>>(
    (counts, { kind }) => ({ ...counts, [kind]: (counts[kind] ?? 0) + 1 }),
    {},
  );

const none: Readonly<Record<TallyPart, Sum>> = {
  open: { count: 0, minor: 0 },
  failed: { count: 0, minor: 0 },
  paid: { count: 0, minor: 0 },
  verified: { count: 0, minor: 0 },
  refunded: { count: 0, minor: 0 },
  chargedBack: { count: 0, minor: 0 },
  fee: { count: 0, minor: 0 },
};

function addSums(a: Sums, b: Sums): Sums {
  const currencies = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(
    currencies.map((currency) => [currency, addLines(a[currency] ?? none, b[currency] ?? none)]),
  );
}

const addLines = (a: Record<TallyPart, Sum>, b: Record<TallyPart, Sum>): Record<TallyPart, Sum> => ({
  open: plus(a.open, b.open),
  failed: plus(a.failed, b.failed),
  paid: plus(a.paid, b.paid),
  verified: plus(a.verified, b.verified),
  refunded: plus(a.refunded, b.refunded),
  chargedBack: plus(a.chargedBack, b.chargedBack),
  fee: plus(a.fee, b.fee),
});
const plus = (a: Sum, b: Sum): Sum => ({ count: a.count + b.count, minor: a.minor + b.minor });

/** The sums of those invoices that were created on the day. */
export const sumsOf = (invoices: readonly ListedInvoice[], day: string): Sums =>
  invoices
    .filter(({ created }) => created >= startOf(day) && created < endOf(day))
    .reduce<Sums>((sums, invoice) => addSums(sums, sumsOfInvoice(invoice)), {});

/** An invoice counts once, by what it is; its money by what became of each part: what was not returned is paid. */
function sumsOfInvoice(invoice: ListedInvoice): Sums {
  const { line } = meaningOf(stateOf(invoice));
  const money = moneyOf(invoice);
  // An amount that is none in its currency counts for nothing; it is a finding.
  if (!money) {
    const minor = minorOf(invoice.amount, invoice.currency) ?? 0;
    return { [invoice.currency]: { ...none, [line]: { count: 1, minor } } };
  }
  const { currency, paid, refunded, chargedBack, fee } = money;
  const part = (name: Line, minor: number): Sum => ({ count: name === line ? 1 : 0, minor });
  return {
    [currency]: {
      ...none,
      paid: part('paid', Math.max(0, paid - refunded - chargedBack)),
      refunded: part('refunded', refunded),
      chargedBack: part('chargedBack', chargedBack),
      fee: { count: fee > 0 ? 1 : 0, minor: fee },
    },
  };
}

interface ReportedSum {
  readonly count: number;
  /** Decimal string. */
  readonly amount: string;
}

/** A day's report, as the API answers it. */
export interface Report {
  readonly day: string;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Why the walk ended before its end; null where it is complete. */
  readonly incomplete: string | null;
  /** The invoices created on the day, as the platform has them: by currency, each line and their total. */
  readonly currencies: readonly {
    readonly currency: string;
    readonly lines: Readonly<Record<Line, ReportedSum>>;
    readonly total: ReportedSum;
    /** The platform's commission on what was paid, and what is left of that for the merchant: decimal strings. */
    readonly fee: string;
    readonly net: string;
  }[];
  readonly walked: Pick<Tally, 'pages' | 'read' | 'compared' | 'young' | 'otherMode' | 'unreadable'>;
  readonly counts: Tally['counts'];
  readonly findings: readonly Finding[];
  /** Findings that are counted only. */
  readonly leftOut: number;
}

export function reportOf(
  tally: Tally,
  about: Pick<Report, 'day' | 'startedAt' | 'finishedAt' | 'incomplete'>,
): Report {
  const { sums, counts, findings, pages, read, compared, young, otherMode, unreadable } = tally;
  const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    ...about,
    currencies: Object.entries(sums).map(([currency, of]) => ({
      currency,
      lines: {
        open: toTold(of.open, currency),
        failed: toTold(of.failed, currency),
        paid: toTold(of.paid, currency),
        verified: toTold(of.verified, currency),
        refunded: toTold(of.refunded, currency),
        chargedBack: toTold(of.chargedBack, currency),
      },
      total: toTold(lines.map((line) => of[line]).reduce(plus), currency),
      fee: formatMoney({ minor: of.fee.minor, currency }),
      net: netOf(of, currency),
    })),
    walked: { pages, read, compared, young, otherMode, unreadable },
    counts,
    findings,
    leftOut: counted - findings.length,
  };
}

const toTold = ({ count, minor }: Sum, currency: string): ReportedSum => ({
  count,
  amount: formatMoney({ minor, currency }),
});

/** Less than nothing where the fees of a day are more than what stayed of it. */
function netOf({ paid, fee }: Readonly<Record<TallyPart, Sum>>, currency: string): string {
  const minor = paid.minor - fee.minor;
  return minor < 0 ? `-${formatMoney({ minor: -minor, currency })}` : formatMoney({ minor, currency });
}
