import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, exit, stdout } from 'node:process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { atRate } from './at-rate.ts';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { startIngressProcess, startSandboxProcess, startWorkerProcess } from '../../support/built-process.ts';
import { provision } from '../../support/global-setup.ts';
import { startTemporalProcess } from '../../support/temporal-process.ts';
import { freePort } from '../../support/whole-product.ts';
import { signatureOf } from '../../support/sign-callback.ts';

// `npm run bench:reads`: what status-page reads of one payment, ten for each callback, do to the callbacks of that
// payment and of others. Fails where they make the p99 of callbacks more than 1.5 times what it is without.

const payments = 50;
const readsPerCallback = 10;
const stepSeconds = 4;
const roundSeconds = 10;
const rounds = 3;
const mostRatio = 1.5;
const key = 'bench-key';
const privateKey = 'sk_test_bench';

const say = (line: string): void => void stdout.write(`${line}\n`);
const [temporalPort, metricsPort, ingressPort, sandboxPort] = await Promise.all(
  Array.from({ length: 4 }, freePort),
);
const dbFilename = join(tmpdir(), `paytone-bench-${randomUUID()}.db`);
const { path } = await findTemporalProgram(temporalCli, { environment: env, onProgress: say });
const temporal = await startTemporalProcess(path, {
  port: temporalPort ?? 0,
  metricsPort: metricsPort ?? 0,
  dbFilename,
});
await provision(temporal.address);
const settings = {
  TEMPORAL_ADDRESS: temporal.address,
  PAYTONE_URL: `http://127.0.0.1:${sandboxPort}`,
  PAYTONE_ACCOUNT_ID: 'coma_bench',
  PAYTONE_PRIVATE_KEY: privateKey,
  PAYTONE_PUBLIC_KEY: 'pk_test_bench',
  PUBLIC_URL: `http://127.0.0.1:${ingressPort}`,
  ORDER_API_KEYS: `bench=${key}`,
  ORDER_API_RATE_LIMIT: '10000000',
  ADMIN_PORT: '0',
};
const running = [
  await startSandboxProcess({ ...settings, PORT: String(sandboxPort), PUBLIC_URL: settings.PAYTONE_URL }),
  await startWorkerProcess(settings),
  await startIngressProcess({ ...settings, PORT: String(ingressPort) }),
];
const pool = new Pool(settings.PUBLIC_URL, { connections: 200 });
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };

async function start(orderId: string): Promise<void> {
  const amount = { value: '100.55', currency: 'USD' };
  const body = JSON.stringify({ amount, service: 'payment_card_usd_hpp' });
  const answer = await pool.request({ path: `/v1/payments/${orderId}`, method: 'PUT', headers, body });
  await answer.body.dump();
  if (answer.statusCode >= 300) throw new Error(`PUT answered ${answer.statusCode}`);
}

async function callback(orderId: string, updated: number): Promise<void> {
  const attributes = { reference_id: orderId, status: 'process_pending', updated };
  const body = JSON.stringify({ data: { id: 'cpi_1', attributes } });
  const signature = signatureOf(body, privateKey);
  const answer = await pool.request({
    path: '/callbacks/paytone',
    method: 'POST',
    headers: { 'x-signature': signature },
    body,
  });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`the callback was answered ${answer.statusCode}`);
}

const reader = fork(
  fileURLToPath(new URL('./reader.ts', import.meta.url)),
  [settings.PUBLIC_URL, '/v1/payments/read', key],
  { execArgv: ['--import', 'tsx'] },
);
async function read(perSecond: number, seconds: number): Promise<number[]> {
  reader.send({ perSecond, seconds });
  const [times] = (await once(reader, 'message')) as [number[]];
  return times;
}

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

let updated = 4_000_000_000;
async function round(callbacksPerSecond: number, seconds: number, withReads: boolean) {
  const [callbacks, reads] = await Promise.all([
    atRate(callbacksPerSecond, seconds, (n) => callback(orders[n % orders.length] ?? '', ++updated)),
    withReads ? read(callbacksPerSecond * readsPerCallback, seconds) : [],
  ]);
  return { callbacks, reads };
}

const orders = ['read', ...Array.from({ length: payments }, (_, n) => `bench-${n}`)];
for (const orderId of orders) await start(orderId);
await round(20, stepSeconds, true);

let sustained = 20;
for (let rate = 20; rate <= 400; rate += 20) {
  const { callbacks } = await round(rate, stepSeconds, true);
  const p99 = quantile(callbacks, 0.99);
  say(`${rate} callbacks/s and ${rate * readsPerCallback} reads/s: callbacks p99 ${p99.toFixed(1)} ms`);
  if (p99 > 250) break;
  sustained = rate;
}
const half = sustained / 2;
say(`sustained (p99 of callbacks up to 250 ms): ${sustained} callbacks/s; measured at ${half}`);

const p99s: Record<'alone' | 'with reads', number[]> = { alone: [], 'with reads': [] };
const before = await temporal.actions();
for (let n = 0; n < rounds; n++) {
  for (const kind of ['alone', 'with reads'] as const) {
    const { callbacks, reads } = await round(half, roundSeconds, kind === 'with reads');
    p99s[kind].push(quantile(callbacks, 0.99));
    say(
      `${kind}: callbacks p50 ${quantile(callbacks, 0.5).toFixed(1)} ms, p99 ${quantile(callbacks, 0.99).toFixed(1)} ms; ${reads.length} reads, p99 ${quantile(reads, 0.99).toFixed(0)} ms`,
    );
  }
}
await setTimeout(2_000);
const after = await temporal.actions();
const median = (values: number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
const ratio = median(p99s['with reads']) / median(p99s.alone);
say(`callback p99 with reads / alone (medians of ${rounds} rounds): ${ratio.toFixed(2)}`);
for (const [type, count] of Object.entries(after)) {
  const made = count - (before[type] ?? 0);
  if (made > 0) say(`billable actions in these rounds: ${type} ${made}`);
}
say(
  `of which by ${half * readsPerCallback * roundSeconds * rounds} reads: ${(after['grpc_QueryWorkflow'] ?? 0) - (before['grpc_QueryWorkflow'] ?? 0)} (queries)`,
);

await pool.close();
reader.kill();
for (const each of running.reverse()) await each.end('SIGTERM');
await temporal.stop();
await rm(dbFilename, { force: true });
exit(ratio <= mostRatio ? 0 : 1);
