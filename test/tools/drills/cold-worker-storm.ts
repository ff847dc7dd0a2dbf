import { setTimeout as pause } from 'node:timers/promises';
import type { BuiltProcess } from '../../support/built-process.ts';
import { say } from './product.ts';
import { startReaders } from './readers.ts';
import { whatIsWrong } from './settled.ts';
import { between, comesTrue, type Stand } from './stand.ts';
import { inTurns } from '../../support/in-turns.ts';

interface Plan {
  /** So many are under way at any time. */
  readonly payments: number;
  readonly seconds: number;
}

/** What the customers know of the workers: while a cold one starts, those who wait to pay do so. */
interface Weather {
  readonly isOver: () => boolean;
  isReturning: boolean;
  /** How long a worker took to start, the last time. */
  startMs: number;
}

/** All readers together: what two cores bear beside the rest. */
const readsPerSecond = 300;

/**
 * Payments begin, are called back, are paid and end, all the time and each read all the time, while workers are killed
 * and return cold at random moments, after a short or a long absence, and the receiver of outcomes is down now and then.
 */
export async function storm(stand: Stand, { payments, seconds }: Plan): Promise<string[]> {
  const end = Date.now() + seconds * 1000;
  const isOver = (): boolean => Date.now() > end;
  const weather: Weather = { isOver, isReturning: false, startMs: 1_000 };
  const readers = startReaders(stand, (payments * 1000) / readsPerSecond);
  const orders: string[] = [];
  const customers = Array.from({ length: payments }, async () => {
    await pause(between(0, Math.min(20_000, seconds * 250)));
    while (!isOver()) {
      const orderId = `storm${orders.length}`;
      orders.push(orderId);
      readers.add(orderId);
      await live(stand, orderId, weather);
      await comesTrue((end - Date.now()) / 1000, () => readers.last(orderId)?.status === 'paid');
      if (!isOver()) await pause(between(1_000, 3_000));
      readers.remove(orderId);
    }
  });
  const [kills, outages] = await Promise.all([killWorkers(stand, weather), failReceiver(stand, isOver)]);
  await Promise.all(customers);
  say(`${orders.length} payments, ${kills} kills and ${outages} outages of the receiver in ${seconds} s`);
  await inTurns(orders, 8, (orderId) => payAtLast(stand, orderId));
  const findings = await whatIsWrong(stand, orders, 180);
  await readers.stop();
  say(
    `${findings.length} of ${orders.length} payments are broken; reads by answer ${readers.answers.text()}`,
  );
  return findings;
}

/** An order from its first `PUT` to its payment, with callbacks ahead of it that tell of nothing. */
async function live({ orders, platform }: Stand, orderId: string, weather: Weather): Promise<void> {
  const { isOver } = weather;
  while ((await orders.put(orderId)).status !== 'awaiting_payment' && !isOver()) await pause(500);
  for (let left = Math.floor(between(1, 4)); left > 0 && !isOver(); left--) {
    const call = Math.random() < 0.7 ? platform.callAhead(orderId) : platform.callBack(orderId);
    await call.catch(() => undefined);
    await pause(between(1_000, 8_000));
  }
  if (await comesTrue(between(1, 40), () => weather.isReturning)) await pause(between(0, weather.startMs));
  if (!isOver()) await platform.pay(orderId).catch(() => undefined);
}

/** Two workers, one or both of which are killed again and again; both run when it is over. */
async function killWorkers(stand: Stand, weather: Weather): Promise<number> {
  let workers: BuiltProcess[] = [await stand.startWorker(), await stand.startWorker()];
  let kills = 0;
  while (!weather.isOver()) {
    await pause(between(4_000, 20_000));
    const dying = Math.random() < 0.7 ? workers : workers.slice(0, 1);
    for (const worker of dying) await worker.end('SIGKILL');
    kills += dying.length;
    await pause(Math.random() < 0.3 ? between(0, 3_000) : between(10_000, 14_000));
    const began = Date.now();
    weather.isReturning = true;
    const cold = await stand.startWorker();
    weather.isReturning = false;
    weather.startMs = Date.now() - began;
    // It is alone for a while: everything waits for it.
    await pause(between(0, 4_000));
    const second = dying.length > 1 ? [await stand.startWorker()] : [];
    workers = [...workers.filter((worker) => !dying.includes(worker)), cold, ...second];
  }
  return kills;
}

async function failReceiver({ outcomes }: Stand, isOver: () => boolean): Promise<number> {
  let count = 0;
  for (; !isOver(); count++) {
    outcomes.answerWith(500);
    await pause(between(5_000, 25_000));
    outcomes.answerWith(204);
    await pause(between(3_000, 15_000));
  }
  return count;
}

/** Whatever became of the order in the storm, it is there, and its customer pays. */
async function payAtLast({ orders, platform }: Stand, orderId: string): Promise<void> {
  const there = await comesTrue(60, async () => {
    await orders.put(orderId);
    return (await platform.invoiceOf(orderId)) !== null;
  });
  if (there && !(await platform.isPaid(orderId))) await platform.pay(orderId);
}
