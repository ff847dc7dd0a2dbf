/** What one round of a flow showed; an order's share of everything that is counted. */
export interface Round {
  readonly perSecond: number;
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly actions: Readonly<Record<string, number>>;
  readonly databaseBytes: number;
  readonly history: { readonly events: number; readonly bytes: number };
  /** Milliseconds from start to redirect, one order at a time. */
  readonly alone: readonly number[];
  readonly redirect: readonly number[];
  readonly acknowledged: readonly number[];
  readonly outcome: readonly number[];
}

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Summary {
  readonly name: string;
  readonly figures: Readonly<Record<string, Spread>>;
  readonly actions: Readonly<Record<string, number>>;
}

export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

const spreadOf = (values: readonly number[]): Spread => ({
  median: quantile(values, 0.5),
  min: Math.min(...values),
  max: Math.max(...values),
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Rows of the table, by their names. */
const rows: Readonly<Record<string, (round: Round) => number>> = {
  'orders/s': ({ perSecond }) => perSecond,
  'start to redirect alone, p50 ms': ({ alone }) => quantile(alone, 0.5),
  'start to redirect, p50 ms': ({ redirect }) => quantile(redirect, 0.5),
  'start to redirect, p99 ms': ({ redirect }) => quantile(redirect, 0.99),
  'callback acknowledged, p50 ms': ({ acknowledged }) => quantile(acknowledged, 0.5),
  'callback acknowledged, p99 ms': ({ acknowledged }) => quantile(acknowledged, 0.99),
  'callback to outcome, p50 ms': ({ outcome }) => quantile(outcome, 0.5),
  'callback to outcome, p99 ms': ({ outcome }) => quantile(outcome, 0.99),
  'CPU ms an order: server, database, worker': ({ cpuMs }) =>
    (cpuMs['server'] ?? 0) + (cpuMs['database'] ?? 0) + (cpuMs['worker'] ?? 0),
  '- server': ({ cpuMs }) => cpuMs['server'] ?? 0,
  '- database': ({ cpuMs }) => cpuMs['database'] ?? 0,
  '- worker': ({ cpuMs }) => cpuMs['worker'] ?? 0,
  '- ingress (not in the sum)': ({ cpuMs }) => cpuMs['ingress'] ?? 0,
  '- sandbox (not in the sum)': ({ cpuMs }) => cpuMs['sandbox'] ?? 0,
  'history events': ({ history }) => history.events,
  'history bytes': ({ history }) => history.bytes,
  'billable actions': ({ actions }) => sum(Object.values(actions)),
  'database bytes an order': ({ databaseBytes }) => databaseBytes,
};

export function summaryOf(name: string, measured: readonly Round[]): Summary {
  const figures = Object.fromEntries(
    Object.entries(rows).map(([row, of]) => [row, spreadOf(measured.map(of))]),
  );
  return { name, figures, actions: measured.at(-1)?.actions ?? {} };
}

const shown = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

/** Medians with the least and the most of all rounds, as Markdown; then what the product is to the bare flow. */
export function tableOf(summaries: readonly Summary[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cell = ({ median, min, max }: Spread): string =>
    min === max ? shown(median) : `${shown(median)} (${shown(min)}–${shown(max)})`;
  const body = Object.keys(rows).map((row) =>
    line([row, ...summaries.map(({ figures }) => (figures[row] ? cell(figures[row]) : ''))]),
  );
  const head = [line(['', ...summaries.map(({ name }) => name)]), line(['', ...summaries].map(() => '---'))];
  return [...head, ...body, '', ...ratiosOf(summaries), ...summaries.map(actionsOf)].join('\n');
}

const actionsOf = ({ name, actions }: Summary): string =>
  `Actions, ${name}: ${Object.entries(actions)
    .map(([type, count]) => `${type} ${shown(count)}`)
    .join(', ')}`;

function ratiosOf(summaries: readonly Summary[]): string[] {
  const compared = ['orders/s', 'callback acknowledged, p99 ms', 'CPU ms an order: server, database, worker'];
  return summaries.flatMap(({ name, figures }) => {
    const bare = summaries.find((other) => other.name === name.replace('product', 'bare'));
    if (!bare || bare.name === name) return [];
    const ratio = (row: string): string =>
      `${row} ${((figures[row]?.median ?? 0) / (bare.figures[row]?.median ?? 1)).toFixed(2)}`;
    return [`Product ÷ bare, ${name.replace('product, ', '')}: ${compared.map(ratio).join('; ')}`];
  });
}
