// `npm run drill:return-flood` (VISITS=10000 AT_ONCE=64): one return link is visited again and again while the
// platform calls back, the order service asks for the same payment again, and the customer pays half way. With
// PAYMENTS=20 (ROUNDS=10): so many payments at once, each under a flood of its own (400 visits, 40 at once).
import { setTimeout as pause } from 'node:timers/promises';
import { env } from 'node:process';
import { named, say } from './product.ts';
import { whatIsWrong } from './settled.ts';
import { eventsOf } from './stand-histories.ts';
import { codeOf, tally } from './stand-orders.ts';
import { isLook } from './stand-platform.ts';
import { comesTrue, judge, numberOf, onStand, type Stand } from './stand.ts';
import { inTurns } from '../../support/in-turns.ts';

interface Flood {
  readonly visits: number;
  readonly atOnce: number;
}

const mostEvents = 299;

async function begin({ orders, platform }: Stand, orderId: string): Promise<string> {
  const waits = await comesTrue(60, async () => (await orders.put(orderId)).status === 'awaiting_payment');
  if (!waits) throw new Error(`${orderId} never came to wait for its customer`);
  return platform.returnLink(orderId);
}

/** All visits, and what else comes for the order meanwhile; the answers to the visits by their code. */
async function flood(stand: Stand, orderId: string, { visits, atOnce }: Flood) {
  const { orders, platform } = stand;
  const link = await begin(stand, orderId);
  await pause(1_000);
  const [answers, puts] = [tally(), tally()];
  let [begun, isOver] = [0, false];
  const visit = async (): Promise<void> => {
    while (begun < visits) {
      begun += 1;
      answers.count(await codeOf(link));
    }
  };
  const every = async (ms: number, act: () => Promise<unknown>): Promise<void> => {
    for (; !isOver; await pause(ms)) await act();
  };
  const payHalfWay = async (): Promise<void> => {
    while (begun < visits / 2) await pause(50);
    await platform.pay(orderId);
  };
  const others = [
    every(500, async () => puts.count((await orders.put(orderId)).code)),
    every(5_000, () => platform.callBack(orderId)),
    payHalfWay(),
  ];
  const began = Date.now();
  await Promise.all(Array.from({ length: atOnce }, visit));
  const ended = Date.now();
  isOver = true;
  await Promise.all(others);
  return { answers, puts, began, ended };
}

/** Most of the looks that fell within any so many milliseconds. */
const mostWithin = (ms: number, looks: readonly number[]): number =>
  Math.max(0, ...looks.map((from) => looks.filter((at) => at >= from && at < from + ms).length));

async function oneFlood(stand: Stand): Promise<void> {
  const orderId = 'flooded';
  const plan = { visits: numberOf('VISITS', 10_000), atOnce: numberOf('AT_ONCE', 64) };
  await stand.startWorker();
  const { answers, puts, began, ended } = await flood(stand, orderId, plan);
  const seconds = (ended - began) / 1000;
  say(`${plan.visits} visits, ${plan.atOnce} at once, in ${seconds.toFixed(1)} s: ${answers.text()}`);
  say(`the same PUT meanwhile: ${puts.text()}`);
  const findings = await whatIsWrong(stand, [orderId], 90);

  const journal = await stand.platform.journal({ kind: 'request', referenceId: orderId });
  const looks = journal.filter((seen) => isLook(seen) && seen.at >= began).map(({ at }) => at);
  const [inOne, inFive] = [mostWithin(1_000, looks), mostWithin(5_000, looks)];
  say(`looks at the platform: ${looks.length}; at most ${inOne} within a second, ${inFive} within five`);
  // Five seconds hold five pauses between six looks.
  if (inFive > 6) findings.push(`more than one look a second: ${inFive} within five seconds`);

  const events = await eventsOf(stand, orderId);
  const sum = events.reduce((total, count) => total + count, 0);
  say(`events of its history: ${sum} in ${events.length} runs (${events.join(' + ')})`);
  if (sum > mostEvents) findings.push(`its history has ${sum} events, more than ${mostEvents}`);

  const unsent = plan.visits - answers.of(303);
  if (unsent > 0) findings.push(`${unsent} visits were not sent on with 303`);
  judge(findings);
}

async function manyFloods(stand: Stand): Promise<void> {
  const findings: string[] = [];
  const [rounds, payments] = [numberOf('ROUNDS', 10), numberOf('PAYMENTS', 20)];
  const plan = { visits: numberOf('VISITS', 400), atOnce: numberOf('AT_ONCE', 40) };
  await stand.startWorker();
  for (let round = 1; round <= rounds; round++) {
    const orders = named(`flooded-${round}-`, payments);
    const answers = tally();
    await inTurns(orders, payments, async (orderId) => {
      const { answers: own } = await flood(stand, orderId, plan);
      for (const [code, count] of own.entries()) answers.count(code, count);
    });
    const found = await whatIsWrong(stand, orders, 90);
    say(
      `round ${round}: ${found.length} of ${payments} payments are broken; visits by answer ${answers.text()}`,
    );
    findings.push(...found);
  }
  judge(findings);
}

if (env['PAYMENTS'] === undefined) await onStand(1_200, oneFlood);
else await onStand(numberOf('ROUNDS', 10) * 420 + 60, manyFloods);
