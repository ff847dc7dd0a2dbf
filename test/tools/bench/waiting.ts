// `npm run bench:waiting`: many payments that wait for their customers, on Temporal with PostgreSQL. How much of the
// worker's memory and of the database they take, how soon callbacks among them settle, and what their polls cost.
import { argv, exit, stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { policyIn } from '../../support/policy.ts';
import { toOrderId, workflowIdFor } from '../../../src/domain/identity.ts';
import { disconnect } from '../../../src/temporal/connection.ts';
import { inputOf } from '../../support/payment-facts.ts';
import { plainClient } from '../../support/plain-client.ts';
import { paymentWorkflow } from '../../../workflows/messages.ts';
import { cpuMsOfAll, memoryOf } from './cpu.ts';
import { createPayer, startReceiver } from './flow.ts';
import { startProduct } from './product.ts';
import { stacks } from './stack.ts';
import { quantile } from './summary.ts';

const payments = Number(argv[2] ?? 50_000);
const callbacks = Math.min(1_000, payments);
const polled = Math.min(1_000, payments);
const pollAfterSeconds = 60;
const concurrent = 48;
const say = (line: string): void => void stdout.write(`${line}\n`);
const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

const start = stacks['postgres'];
if (!start) throw new Error('there is no Temporal on PostgreSQL');
const stack = await start(say);
const receiver = await startReceiver();
// As docker-compose.yml starts a worker.
const heap = (name: string): string[] => (name === 'worker' ? ['--max-old-space-size=400'] : []);
const product = await startProduct(stack, { OUTCOME_URL: receiver.url }, heap);
const client = plainClient(stack.address);
const pids = { ...stack.pids, worker: product.worker.pid };
const policy = policyIn({ ...product.settings, PORT: '0' });
const payer = createPayer({ ...product, arrival: receiver.arrival });

const empty = { bytes: await stack.databaseBytes(), memory: await memoryOf(pids.worker) };
const began = performance.now();
const memory: number[] = [];
await many(payments, async (n) => {
  await begin(`wait-${n}`, 86_400);
  if (n % Math.ceil(payments / 10) === 0) {
    memory.push(await memoryOf(pids.worker));
    say(`${n} payments wait; the worker takes ${mib(memory.at(-1) ?? 0)}`);
  }
});
await invoicesOf('wait', payments);
const seconds = (performance.now() - began) / 1000;
const full = { bytes: await stack.databaseBytes(), memory: await memoryOf(pids.worker) };
say(`${payments} payments wait after ${seconds.toFixed(0)} s (${(payments / seconds).toFixed(0)}/s)`);
say(`database: ${((full.bytes - empty.bytes) / payments).toFixed(0)} bytes each`);
say(`worker: ${mib(empty.memory)} before, ${memory.map(mib).join(', ')}, ${mib(full.memory)} after`);

const settling: number[] = [];
const at = performance.now();
const step = Math.floor(payments / callbacks);
await many(callbacks, async (n) => {
  const orderId = `wait-${n * step}`;
  const invoiceId = await product.invoiceOf(orderId);
  await payer.setPaid(invoiceId);
  const told = receiver.arrival(orderId);
  const sent = performance.now();
  await payer.callBack(orderId, 'processed', invoiceId);
  await told;
  settling.push(performance.now() - sent);
});
say(
  `${callbacks} callbacks among them, ${concurrent} at a time: all settled after ${((performance.now() - at) / 1000).toFixed(1)} s; each p50 ${quantile(settling, 0.5).toFixed(0)} ms, p99 ${quantile(settling, 0.99).toFixed(0)} ms; the worker takes ${mib(await memoryOf(pids.worker))}`,
);

await many(polled, (n) => begin(`poll-${n}`, pollAfterSeconds));
await invoicesOf('poll', polled);
const before = { cpu: await cpuMsOfAll(pids), actions: await stack.actions() };
await setTimeout((pollAfterSeconds + 10) * 1000);
const after = { cpu: await cpuMsOfAll(pids), actions: await stack.actions() };
const perPoll = Object.entries(after.cpu).map(
  ([name, ms]) => `${name} ${((ms - (before.cpu[name] ?? 0)) / polled).toFixed(1)}`,
);
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
say(
  `a poll of one of ${payments}: CPU ms ${perPoll.join(', ')}, ${((sum(after.actions) - sum(before.actions)) / polled).toFixed(1)} billable actions (the idle time of ${pollAfterSeconds + 10} s included)`,
);

await payer.close();
await disconnect(client);
await product.stop();
receiver.close();
await stack.stop();
exit(0);

async function begin(id: string, pollAfter: number): Promise<void> {
  const orderId = toOrderId(id);
  const input = inputOf(
    { ttlSeconds: 172_800 },
    { ...policy, tellsOutcomes: true, pollPausesSeconds: [pollAfter, 86_400] },
  );
  await client.workflow.start(paymentWorkflow, {
    workflowId: workflowIdFor(orderId),
    taskQueue: 'payments',
    args: [{ ...input, orderId, requestId: id }],
  });
}

async function many(count: number, act: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: concurrent }, one));
}

/** Resolves once the platform has an invoice for the last of them. */
async function invoicesOf(prefix: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += Math.max(1, Math.floor(count / 100)))
    while ((await product.invoiceOf(`${prefix}-${n}`)) === '') await setTimeout(200);
  while ((await product.invoiceOf(`${prefix}-${count - 1}`)) === '') await setTimeout(200);
}
