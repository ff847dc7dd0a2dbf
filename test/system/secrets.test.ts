import proto from '@temporalio/proto';
import { env } from 'node:process';
import { fetch } from 'undici';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startCodecProcess, startIngressProcess, startWorkerProcess } from '../support/built-process.ts';
import { provision } from '../support/global-setup.ts';
import { account, startRig } from '../support/rig.ts';
import { startWithPostgres, startWithSqlite } from '../support/stores.ts';
import { tracesOf } from '../support/traces.ts';
import { freePort } from '../support/whole-product.ts';
import { customers, pan } from './secrets/customer.ts';
import { playAll } from './secrets/flows.ts';

const { Payload } = proto.temporal.api.common.v1;
const rawKey = 'secrets:9x4Qz-of-the-rawkey!Wm7J';
const payloadKey = Buffer.from(rawKey).toString('base64');
const codecToken = 'token-of-the-codec-of-secrets';

// `npm run test:postgres` says so: everybody else would have to build a server first.
const store =
  env['TEMPORAL_STORE'] === 'postgres'
    ? { name: 'PostgreSQL', start: startWithPostgres }
    : { name: 'SQLite', start: () => startWithSqlite(inject('temporalCliPath')) };

/** Plays every flow with a customer's data in it; answers with all that the product left behind. */
async function played(PAYLOAD_KEYS: string) {
  const stops: (() => Promise<unknown>)[] = [];
  const stopAll = async (): Promise<void> => {
    const stop = stops.pop();
    if (!stop) return;
    try {
      await stop();
    } finally {
      await stopAll();
    }
  };
  // However the test ends; even by its time limit.
  onTestFinished(stopAll);
  const server = await store.start();
  let database: Buffer = Buffer.alloc(0);
  stops.push(async () => (database = await server.end()));
  await provision(server.address);
  const rig = await startRig({ TEMPORAL_ADDRESS: server.address, PAYLOAD_KEYS, SURVEY_SECONDS: '1' });
  stops.push(() => rig.close());
  await rig.stopWorker();
  const admins = [String(await freePort()), String(await freePort()), String(await freePort())];
  const [PORT, CODEC] = [String(await freePort()), String(await freePort())];
  const [api, codecUrl] = [`http://127.0.0.1:${PORT}`, `http://127.0.0.1:${CODEC}`];
  const environment = { ...rig.environment, PORT, PUBLIC_URL: api };
  // A codec server has a key in any case.
  const ofCodec = { PORT: CODEC, CODEC_TOKENS: codecToken, PAYLOAD_KEYS: `one=${payloadKey}` };
  const starts = [startWorkerProcess, startIngressProcess, startCodecProcess];
  const processes = [];
  for (const [index, start] of starts.entries()) {
    const own = start === startCodecProcess ? ofCodec : {};
    const started = await start({ ...environment, ...own, ADMIN_PORT: admins[index] ?? '0' });
    stops.push(() => started.end('SIGTERM'));
    processes.push(started);
  }

  const paid = await playAll(rig, api);
  const { events } = await rig.handle(paid).fetchHistory();
  const started = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const decoded = await decodedBy(codecUrl, started);

  const metrics = await Promise.all(
    admins.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  const shown: unknown[] = [];
  for await (const { workflowId, typedSearchAttributes, memo } of rig.temporal.workflow.list()) {
    shown.push({ workflowId, memo, attributes: typedSearchAttributes.getAll() });
    const page = rig.temporal.workflow
      .getHandle(workflowId)
      .query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    // Those that are over have none that a worker would answer for. What operators write is for all to read.
    shown.push((await page.catch(() => null))?.currentDetails?.split('- Operators:')[0]);
  }
  await stopAll();
  return {
    database,
    logs: processes.flatMap(({ lines }) => lines).join('\n'),
    metrics: metrics.join('\n'),
    shown: JSON.stringify(shown),
    secrets: [
      ...[rig.apiKey, account.privateKey, rig.environment['OUTCOME_SECRETS'] ?? ''],
      ...[rawKey, payloadKey, codecToken],
    ],
    decoded,
  };
}

type Payloads = Parameters<typeof Payload.fromObject>[0][];

/** What the codec server says of a payment's input: to its token, to a guess, and after a try to log in with a card. */
async function decodedBy(url: string, started: Payloads) {
  const payloads = started.map((it) => Payload.toObject(Payload.fromObject(it), { bytes: String }));
  const ask = async (token: string) => {
    const answer = await fetch(`${url}/decode`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ payloads }),
    });
    return answer.text();
  };
  const login = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { origin: url },
    body: new URLSearchParams({ token: pan }),
  });
  return { byToken: await ask(codecToken), byGuess: await ask('guess'), byLogin: await login.text() };
}

describe(`what a customer entrusts to us, and our own keys, with ${store.name}`, () => {
  it('stand neither in the database of Temporal, nor in logs, metrics or search attributes', async () => {
    const left = await played(`one=${payloadKey}`);
    const all = [...customers, ...left.secrets];
    // What they are searched in is there.
    expect(left.database.includes('payment-A')).toBe(true);
    expect(left.database.includes('unexpected TypeError')).toBe(false);
    for (const said of ['worker is polling', 'ingress is listening', 'codec server is listening'])
      expect(left.logs).toContain(said);
    expect(left.metrics).toContain('temporal_num_pollers');
    expect(tracesOf(all, left.database)).toEqual([]);
    expect(tracesOf(all, left.logs)).toEqual([]);
    expect(tracesOf(all, left.metrics)).toEqual([]);
    expect(tracesOf(all, left.shown)).toEqual([]);
    expect(left.shown).toContain('No payment was ever started for this reference');
    expect(tracesOf(customers, left.decoded.byToken)).toEqual(customers);
    expect(tracesOf(all, `${left.decoded.byGuess}${left.decoded.byLogin}`)).toEqual([]);
  }, 240_000);

  it('is found in the database, and only there, where PAYLOAD_KEYS is unset: the search can find', async () => {
    const left = await played('');
    expect(tracesOf(customers, left.database)).toEqual(customers);
    // Nothing of ours, and an error is its name alone.
    expect(tracesOf(left.secrets, left.database)).toEqual([]);
    expect(left.database.includes('unexpected TypeError')).toBe(true);
    expect(left.database.includes('cannot read {')).toBe(false);
    const elsewhere = `${left.logs}${left.metrics}${left.shown}`;
    expect(tracesOf([...customers, ...left.secrets], elsewhere)).toEqual([]);
  }, 240_000);
});
