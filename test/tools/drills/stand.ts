import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { dataConverterFor } from '../../../src/temporal/connection.ts';
import {
  startIngressProcess,
  startSandboxProcess,
  startWorkerProcess,
  type BuiltProcess,
} from '../../support/built-process.ts';
import { root } from '../../support/histories.ts';
import { startOutcomeReceiver } from '../../support/outcome-receiver.ts';
import { startTemporalProcess } from '../../support/temporal-process.ts';
import { freePort } from '../../support/whole-product.ts';
import { say } from './product.ts';
import { orderClient } from './stand-orders.ts';
import { platformOf } from './stand-platform.ts';

const apiKey = 'key-of-the-drill';
const outcomeSecret = 'whsec_ZHJpbGwtZHJpbGwtZHJpbGwtZHJpbGwtZHJpbGw=';
const account = { id: 'coma_drill', privateKey: 'sk_test_drill', publicKey: 'pk_test_drill' };
export const payloadKey = { id: 'drill', key: new Uint8Array(Buffer.from('drill-'.repeat(6).slice(0, 32))) };

/** A number of the environment's; `fallback` where it says nothing. */
export function numberOf(name: string, fallback: number): number {
  const number = Number(env[name] ?? fallback);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} is not a whole number above 0`);
  return number;
}

/** Of numbers in ascending order, by nearest rank. */
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.ceil(sorted.length * part) - 1] ?? 0;

export const between = (least: number, most: number): number => least + Math.random() * (most - least);

/** Looks until it is true or the time is over; says which. */
export async function comesTrue(seconds: number, isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + seconds * 1000; ; await pause(250)) {
    if (await isTrue()) return true;
    if (Date.now() > end) return false;
  }
}

/** Starts an order, and again until it has a redirect. */
export async function startPayable(orders: Stand['orders'], orderId: string): Promise<void> {
  if (!(await comesTrue(60, async () => (await orders.put(orderId)).hasRedirect)))
    throw new Error(`${orderId} has no redirect after a minute`);
}

/** Says each finding, the first few of many, and makes the drill's process end with 1 where there is one. */
export function judge(findings: readonly string[]): void {
  for (const finding of findings.slice(0, 12)) say(`  ${finding}`);
  if (findings.length > 12) say(`  and ${findings.length - 12} more`);
  if (findings.length > 0) process.exitCode = 1;
  say(findings.length > 0 ? `FAILED: ${findings.length} findings` : 'passed');
}

/** The environment of the built processes: what production would set. */
async function environmentOf(temporal: string, outcomes: string, settings: Settings) {
  const [ingress, platform] = [await freePort(), await freePort()];
  const common = {
    TEMPORAL_ADDRESS: temporal,
    TEMPORAL_TASK_QUEUE: 'payments',
    PAYLOAD_KEYS: `${payloadKey.id}=${Buffer.from(payloadKey.key).toString('base64')}`,
    PAYTONE_ACCOUNT_ID: account.id,
    PAYTONE_PRIVATE_KEY: account.privateKey,
    PAYTONE_PUBLIC_KEY: account.publicKey,
    ADMIN_PORT: '0',
  };
  const product = {
    ...common,
    PAYTONE_URL: `http://127.0.0.1:${platform}`,
    PUBLIC_URL: `http://127.0.0.1:${ingress}`,
    PORT: String(ingress),
    OUTCOME_URL: outcomes,
    OUTCOME_SECRETS: outcomeSecret,
    ORDER_API_KEYS: `drill=${apiKey}`,
    ORDER_API_RATE_LIMIT: '10000000',
    ...settings,
  };
  return { product, sandbox: { ...common, PORT: String(platform) } };
}

type Settings = Readonly<Record<string, string>>;

interface StandOptions {
  readonly settings?: Settings;
  /** Of the Temporal server, such as `matching.enableFairness=true`. */
  readonly dynamicConfig?: readonly string[];
}

async function startStand(
  { dynamicConfig = [], settings = {} }: StandOptions,
  ends: (() => Promise<unknown>)[],
) {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-drill-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const { path } = await findTemporalProgram(temporalCli, { environment: env, onProgress: say });
  const starting = startTemporalProcess(path, {
    port: await freePort(),
    dbFilename: join(folder, 'temporal.db'),
    dynamicConfig,
  });
  ends.push(async () => (await starting).stop());
  const temporal = await starting;
  const connection = await Connection.connect({ address: temporal.address });
  ends.push(() => connection.close());
  const outcomes = await startOutcomeReceiver(outcomeSecret);
  ends.push(() => Promise.resolve(outcomes.close()));
  const environment = await environmentOf(temporal.address, outcomes.url, settings);
  const provisioning = promisify(execFile)(process.execPath, [join(root, 'dist/src/main/provision.js')], {
    env: { PATH: env['PATH'], ...environment.product },
  });
  ends.push(() => Promise.resolve(provisioning.child.kill('SIGKILL')));
  await provisioning;
  const keep = (starting: Promise<BuiltProcess>): Promise<BuiltProcess> => {
    ends.push(async () => {
      const process = await starting;
      // One that has ended already is told nothing.
      if (isAlive(process.pid)) await process.end('SIGKILL');
    });
    return starting;
  };
  /** Again where it cannot start, as an orchestrator does: on a busy machine Temporal may take too long to answer. */
  const startWorker = async (tries = 3): Promise<BuiltProcess> => {
    try {
      return await keep(startWorkerProcess(environment.product));
    } catch (error) {
      if (tries <= 1) throw error;
      return startWorker(tries - 1);
    }
  };
  await keep(startSandboxProcess(environment.sandbox));
  await keep(startIngressProcess(environment.product));
  return {
    client: new Client({ connection, dataConverter: dataConverterFor({ payloadKeys: [payloadKey] }) }),
    outcomes,
    orders: orderClient(environment.product.PUBLIC_URL, apiKey),
    ordersOf: (key: string) => orderClient(environment.product.PUBLIC_URL, key),
    platform: platformOf(environment.product.PAYTONE_URL, account),
    startWorker: () => startWorker(),
    taskQueue: environment.product.TEMPORAL_TASK_QUEUE,
  };
}

export type Stand = Awaited<ReturnType<typeof startStand>>;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * The built product before a Temporal development server on a file, with the sandbox as a process of its own, for one
 * drill, which must be over within so many seconds. However it ends, it leaves no process and no file.
 */
export async function onStand(
  seconds: number,
  drill: (stand: Stand) => Promise<void>,
  options: StandOptions = {},
): Promise<void> {
  const ends: (() => Promise<unknown>)[] = [];
  let ending: Promise<void> | undefined;
  const endEach = async (): Promise<void> => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end().catch(() => undefined);
  };
  /** Once, whoever asks: nobody may exit while another still ends something. */
  const endAll = (): Promise<void> => (ending ??= endEach());
  const giveUp = (why: string): void => {
    say(`FAILED: ${why}`);
    void endAll().finally(() => process.exit(1));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => giveUp(`ended by ${signal}`));
  const alarm = setTimeout(() => giveUp(`not over within ${seconds} s`), seconds * 1000);
  try {
    await drill(await startStand(options, ends));
  } catch (error) {
    say(`FAILED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  } finally {
    clearTimeout(alarm);
    await endAll();
  }
  // Connections that linger must not keep a drill from ending.
  process.exit();
}
