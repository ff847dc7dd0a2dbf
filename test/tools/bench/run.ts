// `npm run bench`: what a paid order costs, beside a bare flow of the same steps; `-- postgres` or `-- dev` for one
// Temporal server alone. Prints a table and writes .cache/bench.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { argv, exit, stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import proto from '@temporalio/proto';
import { disconnect } from '../../../src/temporal/connection.ts';
import { plainClient } from '../../support/plain-client.ts';
import { cpuMsOfAll } from './cpu.ts';
import { load } from './flow.ts';
import { startFlows, type Flow } from './flows.ts';
import { stacks, type Stack } from './stack.ts';
import { quantile, summaryOf, tableOf, type Round, type Summary } from './summary.ts';

const rounds = 5;
const concurrent = 16;
const orders = { warmUp: 48, throughput: 160, latency: 30 };
const say = (line: string): void => void stdout.write(`${line}\n`);

const wanted = argv.slice(2).filter((name) => name in stacks);
const summaries: Record<string, Summary[]> = {};
for (const name of wanted.length > 0 ? wanted : Object.keys(stacks)) summaries[name] = await benchOn(name);
await mkdir('.cache', { recursive: true });
const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? ''}, Node ${process.version}`;
await writeFile('.cache/bench.json', JSON.stringify({ machine, rounds, orders, summaries }, null, 2));
for (const [name, of] of Object.entries(summaries)) say(`\nTemporal on ${name} (${machine})\n${tableOf(of)}`);
exit(0);

async function benchOn(name: string): Promise<Summary[]> {
  const start = stacks[name];
  if (!start) throw new Error(`there is no Temporal server called ${name}`);
  const stack = await start(say);
  try {
    return await benchOnStack(name, stack);
  } finally {
    await stack.stop();
  }
}

async function benchOnStack(name: string, stack: Stack): Promise<Summary[]> {
  const { flows, stop } = await startFlows(stack);
  const measured = new Map<Flow, Round[]>(flows.map((flow) => [flow, []]));
  try {
    for (const flow of flows) await load(payOf(flow, 'w'), { orders: orders.warmUp, concurrent });
    for (let n = 0; n < rounds; n++)
      for (const [flow, those] of measured) {
        const round = await playRound(stack, flow, n);
        those.push(round);
        say(
          `${name} ${flow.name} ${n + 1}: ${round.perSecond.toFixed(1)} orders/s, redirect p50 ${quantile(round.alone, 0.5).toFixed(0)} ms`,
        );
      }
    return [...measured].map(([flow, those]) => summaryOf(flow.name, those));
  } finally {
    await stop();
  }
}

function payOf(flow: Flow, prefix: string) {
  return (n: number) => flow.payer.pay(`${flow.name}-${prefix}-${n}`);
}

/** Sixteen at a time for what the machine can do, then one at a time for what an order takes. */
async function playRound(stack: Stack, flow: Flow, n: number): Promise<Round> {
  const pids = { ...stack.pids, ...flow.pids };
  const before = {
    cpu: await cpuMsOfAll(pids),
    actions: await stack.actions(),
    bytes: await stack.databaseBytes(),
  };
  const { timings, seconds } = await load(payOf(flow, `c${n}`), { orders: orders.throughput, concurrent });
  const cpu = await cpuMsOfAll(pids);
  // What the last orders still cost after their outcome: their workflows' ends, and the server's counters.
  await setTimeout(2_000);
  const actions = await stack.actions();
  const bytes = await stack.databaseBytes();
  const alone = await load(payOf(flow, `a${n}`), { orders: orders.latency, concurrent: 1 });
  const per = (after: number, then: number): number => (after - then) / orders.throughput;
  const perOrder = (after: Record<string, number>, then: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(after).flatMap(([key, value]) => {
        const made = per(value, then[key] ?? 0);
        return made > 0 ? [[key, made] as const] : [];
      }),
    );
  return {
    perSecond: orders.throughput / seconds,
    cpuMs: perOrder(cpu, before.cpu),
    actions: perOrder(actions, before.actions),
    databaseBytes: per(bytes, before.bytes),
    history: await historyOf(stack, `payment-${flow.name}-a${n}-0`),
    alone: alone.timings.map(({ redirect }) => redirect),
    redirect: timings.map(({ redirect }) => redirect),
    acknowledged: timings.flatMap(({ acknowledged }) => acknowledged),
    outcome: timings.map(({ outcome }) => outcome),
  };
}

async function historyOf({ address }: Stack, workflowId: string): Promise<{ events: number; bytes: number }> {
  const client = plainClient(address);
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  await disconnect(client);
  const { History } = proto.temporal.api.history.v1;
  return { events: events?.length ?? 0, bytes: History.encode({ events: events ?? [] }).finish().length };
}
