import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { msToTs } from '@temporalio/common/lib/time.js';
import { disconnect, isReachable } from '../../../src/temporal/connection.ts';
import { plainClient } from '../../support/plain-client.ts';
import { freePort } from '../../support/whole-product.ts';
import type { Database } from './database.ts';

const services = ['FRONTEND', 'MATCHING', 'HISTORY', 'WORKER'];

/** The Temporal server as its image runs it: configured by environment, all services in one process. */
export async function startTemporal(
  server: string,
  { port, user, password }: Database,
  more: Readonly<Record<string, string>> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-temporal-'));
  const ports: Record<string, string> = {};
  for (const service of services)
    for (const kind of ['GRPC', 'MEMBERSHIP']) ports[`${service}_${kind}_PORT`] = String(await freePort());
  const environment = {
    DB: 'postgres12_pgx',
    POSTGRES_SEEDS: '127.0.0.1',
    // The template reads the one for the default store, the other for visibility.
    DB_PORT: String(port),
    POSTGRES_PORT: String(port),
    POSTGRES_USER: user,
    POSTGRES_PWD: password,
    BIND_ON_IP: '127.0.0.1',
    TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1',
    DYNAMIC_CONFIG_FILE_PATH: '/dev/null',
    FRONTEND_HTTP_PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
    TEMPORAL_ALLOW_NO_AUTH: 'true',
    ...ports,
    ...more,
  };
  const address = `127.0.0.1:${ports['FRONTEND_GRPC_PORT']}`;
  const log = openSync(join(folder, 'log'), 'w');
  const spawned = () => spawn(server, ['start'], { stdio: ['ignore', log, log], env: environment });
  const ready = () =>
    untilReady(address, () => {
      if (child.exitCode !== null) throw new Error(`the Temporal server ended: see ${folder}/log`);
    });
  let child = spawned();
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  await ready();
  return {
    address,
    pid: child.pid ?? 0,
    end,
    /** Again, at the same address. */
    async startAgain(): Promise<void> {
      child = spawned();
      await ready();
    },
    async stop(): Promise<void> {
      await end('SIGTERM');
      await rm(folder, { recursive: true });
    },
  };
}

/** Answers once the namespace can be used. */
async function untilReady(address: string, check: () => void): Promise<void> {
  const client = plainClient(address);
  const registration = { namespace: 'default', workflowExecutionRetentionPeriod: msToTs('1 day') };
  for (;;) {
    check();
    const registered = await client
      .withDeadline(Date.now() + 2_000, () => client.workflowService.registerNamespace(registration))
      .then(
        () => true,
        (error: unknown) => /already/i.test(String(error)),
      );
    if (registered) break;
  }
  while (!(await isReachable(client))) check();
  await disconnect(client);
}
