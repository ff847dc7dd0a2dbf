// `npm run drill:fairness` (ORDERS=40, PACE_MS=8000): an order service pays an order every eight seconds, alone, then beside one that
// has twenty times its load, then alone again. How long its callbacks take to their outcomes is compared.
import { setTimeout as pause } from 'node:timers/promises';
import { named, say } from './product.ts';
import { judge, numberOf, onStand, quantile, startPayable, type Stand } from './stand.ts';

/**
 * Together 2.6 orders a second. Everything runs on one machine here: from five a second on, it is its two cores that
 * everybody waits for, and what is fair at Temporal cannot show.
 */
const everyMs = numberOf('PACE_MS', 8_000);
/** The sandbox answers at once, which no platform does; beside that, two orders at a time on two cores would be all one sees. */
const platformMs = 400;
const times = 20;
const maxRatio = 1.5;
const keys = { quiet: 'key-of-the-quiet-one', loud: 'key-of-the-loud-one' };

/** Milliseconds from the customer's payment, which calls back at once, to the outcome at the order service. */
async function msToOutcome({ ordersOf, platform, outcomes }: Stand, key: string, orderId: string) {
  await startPayable(ordersOf(key), orderId);
  const began = Date.now();
  await platform.pay(orderId);
  await outcomes.arrival(orderId, 'payment.paid');
  return Date.now() - began;
}

/** Orders at an even pace, whatever becomes of those before. */
async function load(stand: Stand, name: keyof typeof keys, orders: readonly string[], paceMs: number) {
  const running: Promise<number>[] = [];
  const end = Date.now() + orders.length * paceMs;
  for (const [index, orderId] of orders.entries()) {
    const paid = msToOutcome(stand, keys[name], orderId);
    // What failed is thrown at the end.
    paid.catch(() => undefined);
    running.push(paid);
    await pause(Math.max(0, end - (orders.length - index - 1) * paceMs - Date.now()));
  }
  return (await Promise.all(running)).sort((a, b) => a - b);
}

async function measure(stand: Stand, name: string): Promise<number> {
  const waited = await load(stand, 'quiet', named(name, numberOf('ORDERS', 40)), everyMs);
  const p99 = quantile(waited, 0.99);
  say(`${name}: ${waited.length} orders, callback to outcome p50 ${quantile(waited, 0.5)} ms, p99 ${p99} ms`);
  return p99;
}

await onStand(
  900,
  async (stand) => {
    await stand.startWorker();
    await stand.platform.answersAfter(platformMs);
    await load(stand, 'loud', named('warm', 100), everyMs / times);
    const before = await measure(stand, 'alone');
    const flood = load(stand, 'loud', named('loud', numberOf('ORDERS', 40) * times), everyMs / times);
    // What failed is thrown at the end.
    flood.catch(() => undefined);
    const beside = await measure(stand, 'beside');
    const loud = await flood;
    say(`the other's ${loud.length}: p50 ${quantile(loud, 0.5)} ms, p99 ${quantile(loud, 0.99)} ms`);
    const after = await measure(stand, 'again');
    const ratio = beside / Math.max(before, after);
    say(`the quiet service's p99 beside the loud one is ${ratio.toFixed(2)} times what it is alone`);
    judge(ratio > maxRatio ? [`${ratio.toFixed(2)} is above ${maxRatio}`] : []);
  },
  {
    settings: { ORDER_API_KEYS: `quiet=${keys.quiet},loud=${keys.loud}` },
    dynamicConfig: ['matching.enableFairness=true'],
  },
);
