// `npm run drill:down-service` (OUTCOMES=500, MINUTES=3): an order service takes no outcomes, while many of its payments are
// paid. Another one's orders are timed before, meanwhile, and while what waited is delivered.
import { setTimeout as pause } from 'node:timers/promises';
import { inTurns } from '../../support/in-turns.ts';
import { secretOf, startOutcomeReceiver } from '../../support/outcome-receiver.ts';
import { startServicesFile } from '../../support/services-file.ts';
import { named, say } from './product.ts';
import { comesTrue, judge, numberOf, onStand, quantile, startPayable, type Stand } from './stand.ts';

const many = numberOf('OUTCOMES', 500);
const outageMs = numberOf('MINUTES', 3) * 60_000;
const timed = numberOf('ORDERS', 30);
const mostMs = 10 * 60_000;
const keys = { down: 'key-of-the-one-that-is-down', other: 'key-of-the-other-one' };

const down = await startOutcomeReceiver(secretOf('d'));
const other = await startOutcomeReceiver(secretOf('o'));
const file = await startServicesFile(
  ...(
    [
      ['down', down.url],
      ['other', other.url],
    ] as const
  ).map(([name, url]) => ({
    name,
    keys: [keys[name]],
    rights: ['payments'] as const,
    endpoints: [{ url, secrets: [secretOf(name.charAt(0))] }],
  })),
);

async function pay(stand: Stand, name: keyof typeof keys, orderId: string): Promise<void> {
  await startPayable(stand.ordersOf(keys[name]), orderId);
  await stand.platform.pay(orderId);
}

/** One order a second of the service that is up: from the customer's payment to the outcome. */
async function measure(stand: Stand, name: string): Promise<number> {
  const waited: number[] = [];
  for (const orderId of named(name, timed)) {
    const next = pause(1_000);
    await startPayable(stand.ordersOf(keys.other), orderId);
    const began = Date.now();
    await stand.platform.pay(orderId);
    await other.arrival(orderId, 'payment.paid');
    waited.push(Date.now() - began);
    await next;
  }
  waited.sort((a, b) => a - b);
  const p99 = quantile(waited, 0.99);
  say(
    `the other, ${name}: ${waited.length} orders, callback to outcome p50 ${quantile(waited, 0.5)} ms, p99 ${p99} ms`,
  );
  return p99;
}

await onStand(
  3_600,
  async (stand) => {
    await stand.startWorker();
    await stand.startWorker();
    await measure(stand, 'warm');
    const alone = await measure(stand, 'alone');
    down.answerWith(503);
    const orders = named('down', many);
    const downSince = Date.now();
    await inTurns(orders, 4, (orderId) => pay(stand, 'down', orderId));
    say(`${many} orders of the one that is down are paid`);
    const beside = await measure(stand, 'beside');
    await pause(Math.max(0, downSince + outageMs - Date.now()));
    say(`it refused ${down.refused()} calls in ${Math.round((Date.now() - downSince) / 1000)} s`);
    down.answerWith(204);
    const back = Date.now();
    const meanwhile = measure(stand, 'released');
    const isTold = (orderId: string): boolean => down.of(orderId).length > 0;
    await comesTrue((2 * mostMs) / 1000, () => orders.every(isTold));
    const lastMs = Date.now() - back;
    say(
      `all ${orders.filter(isTold).length} were delivered ${Math.round(lastMs / 1000)} s after it was back`,
    );
    const released = await meanwhile;
    // What is delivered twice is seen after the last one.
    await pause(30_000);
    const notOnce = orders.filter((orderId) => down.of(orderId).length !== 1);
    const ratio = Math.max(beside, released) / alone;
    say(`the other's p99 was ${ratio.toFixed(2)} times what it is alone at most`);
    judge([
      ...notOnce.map((orderId) => `${orderId} was delivered ${down.of(orderId).length} times`),
      ...(lastMs > mostMs ? ['not all within ten minutes'] : []),
    ]);
  },
  { settings: file.settings, dynamicConfig: ['matching.enableFairness=true'] },
).finally(async () => {
  down.close();
  other.close();
  await file.remove();
});
