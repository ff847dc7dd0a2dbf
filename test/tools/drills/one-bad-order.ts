// `npm run drill:one-bad-order`: the platform answers everything about one reference with 403 for a minute; how long
// others take from their `PUT` to their redirect is held against the same load before and after it.
// `npm run drill:one-bad-order credentials` (PAYMENTS=1000): the platform rejects the credentials themselves.
import { setTimeout as pause } from 'node:timers/promises';
import { argv } from 'node:process';
import { named, say } from './product.ts';
import { tally } from './stand-orders.ts';
import { comesTrue, judge, numberOf, onStand, quantile, type Stand } from './stand.ts';
import { inTurns } from '../../support/in-turns.ts';

const badSeconds = 60;
const worstRatio = 1.5;
/** What a busy machine may add at any time; below it, a p99 is taken for this. */
const noiseMs = 300;
const mostRejected = 10;

/** From the `PUT` to the redirect, milliseconds; gives up after two minutes. */
async function msToRedirect({ orders }: Stand, orderId: string): Promise<number> {
  const began = Date.now();
  let { hasRedirect } = await orders.put(orderId);
  while (!hasRedirect && Date.now() < began + 120_000) {
    await pause(100);
    ({ hasRedirect } = await orders.get(orderId));
  }
  return Date.now() - began;
}

/** Orders that begin one after the other at an even pace, whatever becomes of those before; how long each took. */
async function load(stand: Stand, name: string, everyMs = 1_000): Promise<number[]> {
  const running: Promise<number>[] = [];
  for (const orderId of named(name, numberOf('ORDERS', 40))) {
    running.push(msToRedirect(stand, orderId));
    await pause(everyMs);
  }
  return (await Promise.all(running)).sort((a, b) => a - b);
}

const p99Of = (sorted: readonly number[]): number => quantile(sorted, 0.99);
const inWords = (times: readonly number[]): string =>
  `p50 ${quantile(times, 0.5)} ms, p99 ${p99Of(times)} ms`;

async function oneBadOrder(stand: Stand): Promise<void> {
  const { orders, platform } = stand;
  await stand.startWorker();
  await load(stand, 'warm', 200);
  const without = await load(stand, 'without');
  say(`${without.length} orders without a bad one, from PUT to redirect: ${inWords(without)}`);

  const bad = 'bad';
  await platform.refuse(bad, 403);
  const began = Date.now();
  const first = orders.put(bad);
  const refused = async (): Promise<number> =>
    (await platform.journal({ referenceId: bad })).filter(({ status }) => status === 403).length;
  if (!(await comesTrue(30, async () => (await refused()) > 0)))
    throw new Error('the bad order was not refused');
  const others = load(stand, 'beside');
  await pause(badSeconds * 1000 - (Date.now() - began));
  const [seen, asked] = [await orders.get(bad), await refused()];
  await platform.clearFaults();
  const cleared = Date.now();
  const starts = await comesTrue(180, async () => (await orders.get(bad)).hasRedirect);
  const afterwards = starts
    ? `began ${Math.round((Date.now() - cleared) / 1000)} s after the last`
    : 'never began';
  say(`the bad order stood as ${seen.status} after ${asked} refusals, and ${afterwards}`);
  await first;
  const beside = await others;
  say(`${beside.length} orders beside one answered 403 for ${badSeconds} s: ${inWords(beside)}`);
  // Once more, since the machine may have been busier for a while.
  const again = await load(stand, 'again');
  say(`${again.length} orders without a bad one, once more: ${inWords(again)}`);

  const [base, p99] = [Math.max(p99Of(without), p99Of(again)), p99Of(beside)];
  const ratio = Math.max(p99, noiseMs) / Math.max(base, noiseMs);
  say(`ratio of the p99 ${(p99 / base).toFixed(2)}; with at least ${noiseMs} ms each ${ratio.toFixed(2)}`);
  judge([
    ...(ratio > worstRatio ? [`one bad order makes the others ${ratio.toFixed(1)} times slower`] : []),
    ...(starts ? [] : ['the bad order never began']),
  ]);
}

async function credentials(stand: Stand): Promise<void> {
  const { orders, platform } = stand;
  await stand.startWorker();
  await msToRedirect(stand, 'warm');
  const ids = named('rejected', numberOf('PAYMENTS', 1_000));
  await platform.rejectCredentials(true);
  const began = Date.now();
  const answers = tally();
  await inTurns(ids, 100, async (orderId) => {
    // Again until it is taken, as an order service does.
    const taken = await comesTrue(120, async () => {
      const { code, status } = await orders.put(orderId);
      answers.count(`${code} ${status}`);
      return code >= 200 && code < 300;
    });
    if (!taken) throw new Error(`${orderId} was not taken within two minutes: ${answers.text()}`);
  });
  await pause(Math.max(0, 60_000 - (Date.now() - began)));
  const met = (await platform.journal({ kind: 'request' })).filter(
    ({ status, at }) => status === 401 && at >= began,
  );
  const seconds = Math.round((Date.now() - began) / 1000);
  say(
    `${met.length} requests met rejected credentials, of ${ids.length} payments in ${seconds} s; PUT: ${answers.text()}`,
  );
  await platform.rejectCredentials(false);
  const again = Date.now();
  const created = async (): Promise<number> =>
    (await platform.journal({ kind: 'request' })).filter(
      (it) => it.created && it.referenceId?.startsWith('rejected'),
    ).length;
  const all = await comesTrue(400, async () => (await created()) >= ids.length);
  say(
    `${await created()} of them have their invoice ${Math.round((Date.now() - again) / 1000)} s after the credentials are good again`,
  );
  judge([
    ...(met.length > mostRejected
      ? [`${met.length} requests, more than ${mostRejected}, met rejected credentials`]
      : []),
    ...(all ? [] : ['not every payment went on by itself']),
  ]);
}

if (argv[2] === 'credentials') await onStand(900, credentials);
else await onStand(720, oneBadOrder);
