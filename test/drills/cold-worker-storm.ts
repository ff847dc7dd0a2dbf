import { setTimeout as pause } from 'node:timers/promises';
import type { BuiltProcess } from '../support/built-process.ts';
import { say } from './product.ts';
import { startReaders } from './readers.ts';
import { whatIsWrong } from './settled.ts';
import { between, comesTrue, inTurns, type Stand } from './stand.ts';

interface Plan {
  /** So many are under way at any time. */
  readonly payments: number;
  readonly seconds: number;
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
  const readers = startReaders(stand, (payments * 1000) / readsPerSecond);
  const orders: string[] = [];
  const customers = Array.from({ length: payments }, async () => {
    await pause(between(0, Math.min(20_000, seconds * 250)));
    while (!isOver()) {
      const orderId = `storm${orders.length}`;
      orders.push(orderId);
      readers.add(orderId);
      await live(stand, orderId, isOver);
      await comesTrue((end - Date.now()) / 1000, () => readers.last(orderId)?.status === 'paid');
      if (!isOver()) await pause(between(1_000, 3_000));
      readers.remove(orderId);
    }
  });
  const [kills, outages] = await Promise.all([killWorkers(stand, isOver), failReceiver(stand, isOver)]);
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
async function live({ orders, platform }: Stand, orderId: string, isOver: () => boolean): Promise<void> {
  while ((await orders.put(orderId)).status !== 'awaiting_payment' && !isOver()) await pause(500);
  for (let left = Math.floor(between(1, 4)); left > 0 && !isOver(); left--) {
    await pause(between(1_000, 15_000));
    const call = Math.random() < 0.7 ? platform.callAhead(orderId) : platform.callBack(orderId);
    await call.catch(() => undefined);
  }
  if (!isOver()) await platform.pay(orderId).catch(() => undefined);
}

/** Two workers, one or both of which are killed again and again; both run when it is over. */
async function killWorkers(stand: Stand, isOver: () => boolean): Promise<number> {
  let workers: BuiltProcess[] = [await stand.startWorker(), await stand.startWorker()];
  let kills = 0;
  while (!isOver()) {
    await pause(between(4_000, 20_000));
    const dying = Math.random() < 0.7 ? workers : workers.slice(0, 1);
    for (const worker of dying) await worker.end('SIGKILL');
    kills += dying.length;
    await pause(Math.random() < 0.5 ? between(0, 3_000) : between(10_000, 14_000));
    const back: BuiltProcess[] = [];
    // The first comes back alone for a while: it is the cold one that everything waits for.
    while (back.length < dying.length) {
      back.push(await stand.startWorker());
      await pause(between(0, 4_000));
    }
    workers = [...workers.filter((worker) => !dying.includes(worker)), ...back];
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
