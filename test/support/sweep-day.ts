import { randomUUID } from 'node:crypto';
import { formatMoney, toMajorNumber, type Money } from '../../src/domain/money.ts';
import type { FindingKind } from '../../src/domain/reconciliation/compare.ts';
import { plantPayment, type Seen } from './planting.ts';
import type { Rig } from './rig.ts';
import type { Planted } from './sandbox-control.ts';

const currencies = ['USD', 'JPY', 'KWD'] as const;
const serviceOf = (currency: string): string => `payment_card_${currency.toLowerCase()}_hpp`;

/** One invoice and the payment that belongs to it; either side may be absent. */
interface Pair {
  readonly orderId: string;
  readonly referenceId: string;
  readonly amount: Money;
  readonly created: number;
  readonly there: Partial<Planted> | null;
  readonly here: readonly Seen[] | null;
  readonly kind?: FindingKind;
  readonly name?: string;
  /** An earlier attempt that failed, with an invoice of its own. */
  readonly retried?: boolean;
}

const daySeconds = 86_400;

/** Thirteen, each wrong in its own way. */
export function wrongOnes(start: number): Pair[] {
  const run = randomUUID().slice(0, 8);
  const pair = (name: string, kind: FindingKind, more: Partial<Pair>): Pair => ({
    orderId: `W-${run}-${name}`,
    referenceId: `W-${run}-${name}`,
    amount: { minor: 12_345, currency: 'USD' },
    created: start + 5_000,
    there: { status: 'processed' },
    here: [],
    kind,
    name,
    ...more,
  });
  const at = (seconds: number, status: string): Seen => ({ status, updated: start + seconds });
  const old = { created: start - 20 * daySeconds };
  const paidLongAgo = [at(-20 * daySeconds + 1, 'processed')];
  return [
    pair('paid_there', 'paid_there', {}),
    pair('paid_late', 'paid_there', { here: [at(5_001, 'process_failed')] }),
    pair('missing_there', 'missing_there', { there: null, created: start + 40_000 }),
    pair('paid_here', 'paid_here', {
      there: { status: 'process_failed', updated: start + 5_001 },
      here: [at(5_002, 'processed')],
    }),
    pair('other_amount', 'other_amount', { there: { status: 'processed', amount: 100 } }),
    pair('partly_paid', 'other_amount', { there: { status: 'partially_processed', processedAmount: 60 } }),
    pair('amount_changed', 'other_amount', {
      there: { status: 'processed', amount: 100 },
      here: [at(5_001, 'processed')],
    }),
    pair('nobody', 'not_ordered', { here: null }),
    pair('foreign', 'not_ordered', { here: null, referenceId: `=not <b>one of ours ${run}` }),
    pair('refund_unseen', 'refund_unseen', {
      ...old,
      here: paidLongAgo,
      there: { status: 'refunded', refunded: 123.45, updated: start + 900 },
    }),
    pair('second_refund', 'refund_unseen', {
      here: [at(5_001, 'processed'), { ...at(5_002, 'partially_refunded'), refundedAmount: '10' }],
      there: { status: 'partially_refunded', refunded: 30, updated: start + 6_000 },
    }),
    pair('chargeback_unseen', 'chargeback_unseen', {
      ...old,
      here: paidLongAgo,
      there: { status: 'charged_back', updated: start + 900 },
    }),
    pair('ended_there', 'ended_there', { there: { status: 'process_failed', resolution: 'declined' } }),
  ];
}

/** Right ones, of all kinds; `plain`: of those kinds that a row shows, so that no payment needs to be read. */
export function rightOnes(
  count: number,
  createdOf: (index: number) => number,
  { plain = false } = {},
): Pair[] {
  const run = randomUUID().slice(0, 8);
  return Array.from({ length: count }, (_, index): Pair => {
    const created = createdOf(index);
    const orderId = `R-${run}-${index}`;
    const amount = { minor: 10_000 + index, currency: currencies[index % 3] ?? 'USD' };
    const seen = (status: string): Seen => ({ status, updated: created + 1 });
    const part = formatMoney({ ...amount, minor: 1_000 });
    const lives: readonly Pick<Pair, 'there' | 'here'>[] = [
      { there: { status: 'processed' }, here: [seen('processed')] },
      { there: { status: 'process_pending' }, here: [] },
      { there: { status: 'process_failed' }, here: [seen('process_failed')] },
      { there: { status: 'processed' }, here: [seen('processed')] },
      {
        there: { status: 'refunded', refunded: toMajorNumber(amount) },
        here: [{ ...seen('processed'), updated: created }, seen('refunded')],
      },
      {
        there: { status: 'partially_refunded', refunded: Number(part) },
        here: [
          { ...seen('processed'), updated: created },
          { ...seen('partially_refunded'), refundedAmount: part },
        ],
      },
    ];
    const isRetried = !plain && index % 50 === 0;
    const life = lives[index % (plain ? 5 : lives.length)] ?? { there: null, here: null };
    return {
      orderId,
      referenceId: isRetried ? `${orderId}.2` : orderId,
      amount,
      created,
      retried: isRetried,
      ...life,
    };
  });
}

/** Puts a day into the sandbox and into Temporal, and says what a sweep of it must find. */
export async function plantAll(rig: Rig, start: number) {
  // Before, on and after the day, 120 of them in one second.
  const right = rightOnes(310, (index) => (index < 120 ? start + 7_000 : start - 40_000 + index * 600));
  const wrong = wrongOnes(start);
  const invoices = await plantPairs(rig, [...right, ...wrong]);
  return {
    wrong: wrong.flatMap(({ kind, referenceId }) => (kind ? [{ kind, referenceId }] : [])),
    orders: Object.fromEntries(wrong.map(({ name, orderId }) => [name ?? '', orderId])),
    listed: invoices.length,
    currencies: counted(invoices, start),
  };
}

const atOnce = 100;

/** Puts both sides in, so that Temporal lists every payment; answers with the platform's. */
export async function plantPairs(
  rig: Rig,
  pairs: readonly Pair[],
  { sleeps = false } = {},
): Promise<Planted[]> {
  const earlier = pairs.filter(({ retried }) => retried);
  const invoices: Planted[] = [
    ...earlier.map((pair) => ({ ...invoiceOf(pair), ...failed, referenceId: pair.orderId })),
    ...pairs.flatMap((pair) => (pair.there ? [invoiceOf(pair)] : [])),
  ];
  const made = await rig.sandbox.plant(invoices);
  const ids = new Map(made.map(({ id, referenceId }) => [referenceId, id]));
  const before = await listed(rig);
  for (let from = 0; from < pairs.length; from += atOnce)
    await Promise.all(pairs.slice(from, from + atOnce).map((pair) => plantPair(rig, pair, { ids, sleeps })));
  const count = before + pairs.filter(({ here }) => here).length;
  while ((await listed(rig)) < count);
  return invoices;
}

const listed = (rig: Rig): Promise<number> =>
  rig.count("WorkflowType = 'payment' AND PaymentInvoiceCreatedAt IS NOT NULL");

async function plantPair(
  rig: Rig,
  { orderId, referenceId, amount, created, here, retried }: Pair,
  { ids, sleeps }: { ids: ReadonlyMap<string, string>; sleeps: boolean },
): Promise<void> {
  if (!here) return;
  const planted = {
    orderId,
    amount,
    service: serviceOf(amount.currency),
    invoiceId: ids.get(referenceId) ?? `cpi_gone_${orderId}`,
    created,
    seen: here,
    ...(retried === true && { failedBefore: { invoiceId: ids.get(orderId) ?? '', created } }),
  };
  await plantPayment(rig, planted, { sleeps });
}

const failed = { status: 'process_failed' };
const invoiceOf = ({ referenceId, amount, created, there }: Pair): Planted => ({
  referenceId,
  amount: toMajorNumber(amount),
  service: serviceOf(amount.currency),
  created,
  status: 'processed',
  ...there,
});

type Line = 'open' | 'failed' | 'paid' | 'verified' | 'refunded' | 'chargedBack';
const lineNames: readonly Line[] = ['open', 'failed', 'paid', 'verified', 'refunded', 'chargedBack'];
const lineByStatus: Readonly<Record<string, Line>> = {
  process_pending: 'open',
  process_failed: 'failed',
  processed: 'paid',
  partially_processed: 'paid',
  refunded: 'refunded',
  partially_refunded: 'refunded',
  charged_back: 'chargedBack',
};
const decimals: Readonly<Record<string, number>> = { USD: 2, JPY: 0, KWD: 3 };

/** The sums, counted apart from the product: in whole currency units, rounded at the end. */
export function counted(invoices: readonly Planted[], start: number) {
  const ofDay = invoices.filter(({ created }) => created >= start && created < start + daySeconds);
  return [...currencies].sort().map((currency) => {
    const mine = ofDay.filter(({ service }) => service === serviceOf(currency));
    const told = (count: number, amount: number) => ({
      count,
      amount: amount.toFixed(decimals[currency] ?? 2),
    });
    const lines = Object.fromEntries(
      lineNames.map((line) => {
        const of = mine.filter(({ status }) => lineByStatus[status] === line);
        const kept = mine.filter(({ status }) => status === 'partially_refunded');
        const moved = of.reduce((sum, it) => sum + (it.refunded ?? it.processedAmount ?? it.amount), 0);
        const rest = kept.reduce((sum, it) => sum + it.amount - (it.refunded ?? 0), 0);
        return [line, told(of.length, line === 'paid' ? moved + rest : moved)];
      }),
    );
    const all = mine.reduce((sum, it) => sum + (it.processedAmount ?? it.amount), 0);
    // None of these invoices has a fee.
    const none = told(0, 0).amount;
    return { currency, lines, total: told(mine.length, all), fee: none, net: lines['paid']?.amount ?? none };
  });
}
