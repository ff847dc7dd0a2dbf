import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { fetch } from 'undici';
import { expect, inject, it } from 'vitest';
import { startIngressProcess, startWorkerProcess } from '../support/built-process.ts';
import { provision } from '../support/global-setup.ts';
import { account } from '../support/rig.ts';
import { startTemporalProcess } from '../support/temporal-process.ts';
import { freePort } from '../support/whole-product.ts';

const settings = {
  PAYTONE_URL: 'http://127.0.0.1:1',
  PAYTONE_ACCOUNT_ID: account.id,
  PAYTONE_PRIVATE_KEY: account.privateKey,
  PAYTONE_PUBLIC_KEY: account.publicKey,
  PUBLIC_URL: 'http://127.0.0.1:1',
  ORDER_API_KEYS: 'shop=key-of-the-shop',
};
const ask = (port: string, path: string) => fetch(`http://127.0.0.1:${port}${path}`);
const ready = (port: string) =>
  expect.poll(async () => (await ask(port, '/readyz')).status, { timeout: 20_000 });

it('of a worker goes while Temporal is away, and comes back', async () => {
  const dbFilename = join(tmpdir(), `paytone-readiness-${randomUUID()}.db`);
  const [port, adminPort] = [await freePort(), String(await freePort())];
  const start = () => startTemporalProcess(inject('temporalCliPath'), { port, dbFilename });
  let temporal = await start();
  await provision(temporal.address);
  const worker = await startWorkerProcess({
    ...settings,
    TEMPORAL_ADDRESS: temporal.address,
    ADMIN_PORT: adminPort,
  });
  await ready(adminPort).toBe(200);
  await temporal.stop();
  await ready(adminPort).toBe(503);
  temporal = await start();
  await ready(adminPort).toBe(200);
  expect(await worker.end('SIGTERM')).toBe(0);
  await temporal.stop();
  await rm(dbFilename);
}, 90_000);

it('of an ingress goes before its port, and connections with it', async () => {
  const [port, adminPort] = [String(await freePort()), String(await freePort())];
  const ingress = await startIngressProcess({
    ...settings,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    PORT: port,
    ADMIN_PORT: adminPort,
  });
  await ready(port).toBe(200);
  // As browsers and balancers open them ahead of a request: it must not hold up the end.
  const silent = connect(Number(port), '127.0.0.1');
  await once(silent, 'connect');
  const ended = ingress.end('SIGTERM');
  await ready(port).toBe(503);
  const [still, admin] = await Promise.all([ask(port, '/livez'), ask(adminPort, '/readyz')]);
  expect([still.status, still.headers.get('connection'), admin.status]).toEqual([200, 'close', 503]);
  expect(await ended).toBe(0);
  await expect(ask(port, '/livez')).rejects.toThrow();
  silent.destroy();
}, 60_000);

it('never comes for a worker that is told to stop while it starts, which says why it did not start', async () => {
  const silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const script = fileURLToPath(new URL('../../dist/src/main/worker.js', import.meta.url));
  const child = spawn(execPath, [script], {
    env: { PATH: env['PATH'], ...settings, TEMPORAL_ADDRESS: address, ADMIN_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  await once(silent, 'connection');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await said).toMatch(/"msg":"draining"[^]*cannot be reached\. Check TEMPORAL_ADDRESS/);
  silent.close();
}, 30_000);
