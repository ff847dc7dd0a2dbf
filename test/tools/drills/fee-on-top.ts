// `npm run drill:fee-on-top` (ORDERS=500): an account whose customers pay the fee on top of the order's amount. Every
// order ends as `paid`, with the platform's figures, and the day's report adds up to the platform's own list.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { reportAnswer } from '../../../src/reconciliation/report-schema.ts';
import { named, say } from './product.ts';
import { tally } from './stand-orders.ts';
import { comesTrue, judge, numberOf, onStand, type Stand } from './stand.ts';
import { inTurns } from '../../support/in-turns.ts';

const fee = { strategy: 'external', rate: 0.0275, fix: 0.3 };
const atOnce = 16;

const cents = (amount: number): number => Math.round(amount * 100);
const valueOf = (minor: number): string => (minor / 100).toFixed(2);
const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

async function pay({ orders, platform, outcomes }: Stand, orderId: string, value: string): Promise<void> {
  if (!(await comesTrue(60, async () => (await orders.put(orderId, value)).hasRedirect)))
    throw new Error(`${orderId} has no redirect after a minute`);
  await platform.pay(orderId);
  await outcomes.arrival(orderId, 'payment.paid');
}

/** The reconciliation of today, which an operator may start before the day is over. */
async function reportOf({ client, orders, taskQueue }: Stand, day: string) {
  const args = [{ day, graceSeconds: 0 }];
  await client.workflow.execute('dailySweep', { workflowId: `sweep-${day}`, taskQueue, args });
  return reportAnswer.parse(await orders.report(day));
}

async function feeOnTop(stand: Stand): Promise<void> {
  const { orders, platform, outcomes } = stand;
  await platform.charge(fee);
  await stand.startWorker();
  const ids = named('fee', numberOf('ORDERS', 500));
  const ordered = new Map(ids.map((orderId, index) => [orderId, valueOf(100 + index * 217)]));
  await inTurns(ids, atOnce, (orderId) => pay(stand, orderId, ordered.get(orderId) ?? ''));
  await pause(1_000);

  const [statuses, wrong] = [tally(), [] as string[]];
  const listed = new Map(
    (await platform.list()).map(({ attributes }) => [attributes.reference_id, attributes]),
  );
  for (const orderId of ids) {
    const { status, money } = await orders.get(orderId);
    statuses.count(status);
    const there = listed.get(orderId);
    const figures = there && [there.processed_amount, there.processed_fee].map((it) => it.toFixed(2));
    const isRight = money?.['paid'] === figures?.[0] && money?.['fee'] === figures?.[1];
    const isOnTop = cents(there?.processed_amount ?? 0) > cents(Number(ordered.get(orderId)));
    if (!isRight || !isOnTop)
      wrong.push(`${orderId}: ${JSON.stringify(money)}, the platform ${figures?.join(', fee ')}`);
    if (outcomes.of(orderId).length !== 1)
      wrong.push(`${orderId} was told ${outcomes.of(orderId).length} times`);
  }
  say(`${ids.length} orders with a fee of 2.75 percent and 0.30 USD on top: ${statuses.text()}`);

  const report = await reportOf(stand, z.iso.date().parse(new Date().toISOString().slice(0, 10)));
  const usd = report.currencies.find(({ currency }) => currency === 'USD');
  const [paid, fees] = [
    valueOf(sum([...listed.values()].map((it) => cents(it.processed_amount)))),
    valueOf(sum([...listed.values()].map((it) => cents(it.processed_fee)))),
  ];
  say(`report: ${usd?.lines.paid.count} paid, ${usd?.lines.paid.amount}, fee ${usd?.fee}, net ${usd?.net}`);
  say(
    `list:   ${listed.size} paid, ${paid}, fee ${fees}, net ${valueOf(cents(Number(paid)) - cents(Number(fees)))}`,
  );
  say(`findings of the report: ${report.findings.length}, incomplete: ${report.incomplete ?? 'no'}`);
  judge([
    ...wrong,
    ...(statuses.of('paid') === ids.length ? [] : ['not every order is paid']),
    ...(usd?.lines.paid.amount === paid && usd.fee === fees
      ? []
      : ['the report does not add up to the list']),
    ...(report.findings.length > 0 || report.incomplete !== null ? ['the report has findings or a gap'] : []),
  ]);
}

await onStand(900, feeOnTop);
