// `npm run drill:cold-worker` (ROUNDS=10 PAYMENTS=30): payments that have one look behind them which learned nothing.
// Both workers are killed and stay away; one comes back cold while every order is read ten times a second and the
// platform takes the money; it is killed once more while the payments are kept open, and comes back again. With
// SECONDS=300 (and PAYMENTS=200): the same at random moments, see cold-worker-storm.ts.
import { setTimeout as pause } from 'node:timers/promises';
import { env } from 'node:process';
import { storm } from './cold-worker-storm.ts';
import { named, say } from './product.ts';
import { startReaders } from './readers.ts';
import { whatIsWrong } from './settled.ts';
import { isLook } from './stand-platform.ts';
import { between, comesTrue, judge, numberOf, onStand, type Stand } from './stand.ts';
import { inTurns } from '../../support/in-turns.ts';

/** After 10 s without a poll Temporal gives a dead worker's own queue up; nothing waits on it any more. */
const awayMs = 12_000;

async function looksOf({ platform }: Stand): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { referenceId } of (await platform.journal({ kind: 'request' })).filter(isLook))
    counts.set(referenceId ?? '', (counts.get(referenceId ?? '') ?? 0) + 1);
  return counts;
}

/** Gives every order a look that learns nothing; a first look is that of whoever made the callback. */
async function begin(stand: Stand, orders: readonly string[]): Promise<void> {
  const { orders: api, platform } = stand;
  await inTurns(orders, 8, async (orderId) => {
    const waits = await comesTrue(60, async () => (await api.put(orderId)).status === 'awaiting_payment');
    if (!waits) throw new Error(`${orderId} never came to wait for its customer`);
    const code = await platform.callAhead(orderId);
    if (code !== 200) throw new Error(`a callback of ${orderId} was answered ${code}`);
  });
  const looked = await comesTrue(60, async () => {
    const looks = await looksOf(stand);
    return orders.every((orderId) => (looks.get(orderId) ?? 0) > 1);
  });
  if (!looked) throw new Error('a callback brought no look at the platform');
  await pause(1_000);
}

async function round(stand: Stand, name: string, payments: number): Promise<string[]> {
  const orders = named(name, payments);
  const began = Date.now();
  const workers = [await stand.startWorker(), await stand.startWorker()];
  const startMs = (Date.now() - began) / 2;
  await begin(stand, orders);
  for (const worker of workers) await worker.end('SIGKILL');
  await pause(awayMs);

  const before = await looksOf(stand);
  stand.outcomes.answerWith(500);
  const readers = startReaders(stand, 100);
  for (const orderId of orders) readers.add(orderId);
  const cold = stand.startWorker();
  await inTurns(orders, orders.length, async (orderId) => {
    // Most of them shortly before the cold worker polls for the first time, while a read waits for an answer.
    await pause(between(startMs * 0.3, startMs * 1.1));
    await stand.platform.pay(orderId);
  });
  const first = await cold;
  await comesTrue(20, async () => {
    const looks = await looksOf(stand);
    return orders.every((orderId) => (looks.get(orderId) ?? 0) > (before.get(orderId) ?? 0));
  });
  await pause(2_000);
  await first.end('SIGKILL');

  const second = await stand.startWorker();
  await pause(3_000);
  stand.outcomes.answerWith(204);
  const findings = await whatIsWrong(stand, orders, 75);
  await readers.stop();
  await second.end('SIGKILL');
  say(
    `${name}: ${findings.length} of ${payments} payments are broken; reads by answer ${readers.answers.text()}`,
  );
  return findings;
}

async function rounds(stand: Stand): Promise<void> {
  const findings: string[] = [];
  const [count, payments] = [numberOf('ROUNDS', 10), numberOf('PAYMENTS', 30)];
  for (let index = 1; index <= count; index++)
    findings.push(...(await round(stand, `cold-${index}-`, payments)));
  judge(findings);
}

if (env['SECONDS'] === undefined) await onStand(numberOf('ROUNDS', 10) * 240 + 60, rounds);
else {
  const [payments, seconds] = [numberOf('PAYMENTS', 200), numberOf('SECONDS', 300)];
  await onStand(seconds + 600, async (stand) => judge(await storm(stand, { payments, seconds })));
}
