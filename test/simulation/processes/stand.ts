import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from '@temporalio/client';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { CallbackInbox } from '../../../src/payments/callback-inbox.ts';
import { OperatorClient } from '../../../src/operators/operator-client.ts';
import { PaymentReader } from '../../../src/payments/payment-reader.ts';
import { disconnect } from '../../../src/temporal/connection.ts';
import { startIngressProcess, startWorkerProcess, type BuiltProcess } from '../../support/built-process.ts';
import { root } from '../../support/histories.ts';
import { plainClient } from '../../support/plain-client.ts';
import { startTemporalProcess } from '../../support/temporal-process.ts';
import { freePort } from '../../support/whole-product.ts';
import { versionCommand } from '../../support/worker-versions.ts';
import type { Policy } from '../plan.ts';
import { apiKey } from '../workflow/cast.ts';
import { account } from '../workflow/site.ts';
import type { Line, Victim } from './chaos.ts';
import { mountDisk } from './disk.ts';
import { Link } from './link.ts';
import { nextVersion } from './next-version.ts';

const faketime = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
export const outcomeSecret = 'whsec_c2ltdWxhdGlvbi1zaW11bGF0aW9uLXNpbXVsYXRl';

type Running = Pick<BuiltProcess, 'end'>;

/** A process that is started again whenever it was killed. */
class Kept {
  readonly #start: () => Promise<Running>;
  #running: Promise<Running> | null = null;

  constructor(start: () => Promise<Running>) {
    this.#start = start;
  }

  /** Once, whoever asks. */
  start(): Promise<Running> {
    return (this.#running ??= this.#begin(60));
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await (await running)?.end(signal);
  }

  /** Again where it cannot start, as an orchestrator does. */
  async #begin(tries: number): Promise<Running> {
    try {
      return await this.#start();
    } catch (error) {
      if (tries <= 1) throw error;
      await pause(500);
      return this.#begin(tries - 1);
    }
  }
}

/** The doors of what is played: where the platform and the order service listen. */
export interface Played {
  readonly platformPort: number;
  readonly receiverPort: number;
}

/** The built product before a Temporal server on a file: two workers, two ingresses, and lines between them all. */
export async function startStand(
  { platformPort, receiverPort }: Played,
  policy: Policy,
  { isVersioned }: { readonly isVersioned: boolean },
) {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-simulation-'));
  const { path } = await findTemporalProgram(temporalCli, { environment: env, onProgress: () => undefined });
  const temporalPort = await freePort();
  const ingressPorts = [await freePort(), await freePort()] as const;
  const disk = await mountDisk(join(folder, 'disk'));
  const files = { port: temporalPort, dbFilename: join(folder, 'disk', 'temporal.db') };
  const address = `127.0.0.1:${temporalPort}`;
  const makeCurrent = (buildId: string) =>
    versionCommand({ executable: path, address })('set-current-version', buildId, '--yes');
  const alive = new Set<number>();
  const links: Record<Line, Link> = {
    'order API': new Link(() => anyOf([...alive])),
    platform: new Link(() => platformPort),
    temporal: new Link(() => temporalPort),
    receiver: new Link(() => receiverPort),
  };
  const at = async (line: Line): Promise<string> => `127.0.0.1:${await links[line].listen()}`;
  const publicUrl = `http://${await at('order API')}`;
  const environment = {
    TEMPORAL_ADDRESS: await at('temporal'),
    PAYTONE_URL: `http://${await at('platform')}`,
    PAYTONE_ACCOUNT_ID: account.id,
    PAYTONE_PRIVATE_KEY: account.privateKey,
    PAYTONE_PUBLIC_KEY: account.publicKey,
    PUBLIC_URL: publicUrl,
    OUTCOME_URL: `http://${await at('receiver')}/`,
    OUTCOME_SECRETS: outcomeSecret,
    ORDER_API_KEYS: `shop=${apiKey}`,
    ORDER_API_RATE_LIMIT: '10000000',
    POLL_SCHEDULE_SECONDS: '2,3,5',
    LATE_PAYMENT: policy.latePayment,
    PAID_AFTER_CANCEL: policy.paidAfterCancel,
    PAID_TWICE: policy.paidTwice,
    ADMIN_PORT: '0',
  };
  const clock = join(folder, 'clock');
  await writeFile(clock, '+0s');
  const hasClock = existsSync(faketime);
  const jumping = {
    LD_PRELOAD: faketime,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
    FAKETIME_CACHE_DURATION: '1',
  };
  const startServer = async () => {
    const server = await startTemporalProcess(path, files);
    return { end: async (signal: 'SIGKILL' | 'SIGTERM') => (await server.stop(signal), null) };
  };
  const startIngress = (port: number) => async () => {
    const ingress = await startIngressProcess({ ...environment, PORT: String(port) });
    alive.add(port);
    return {
      end: (signal: 'SIGKILL' | 'SIGTERM') => {
        alive.delete(port);
        return ingress.end(signal);
      },
    };
  };
  let version = 'v1';
  let tree: string | null = null;
  const kept: Record<Victim, Kept> = {
    server: new Kept(startServer),
    'worker 1': new Kept(() =>
      startWorkerProcess({ ...environment, ...(isVersioned && { WORKER_BUILD_ID: 'v1' }) }),
    ),
    'worker 2': new Kept(() =>
      startWorkerProcess(
        { ...environment, ...(hasClock && jumping), ...(isVersioned && { WORKER_BUILD_ID: version }) },
        tree === null ? {} : { tree },
      ),
    ),
    'ingress 1': new Kept(startIngress(ingressPorts[0])),
    'ingress 2': new Kept(startIngress(ingressPorts[1])),
  };
  await kept.server.start();
  await promisify(execFile)(process.execPath, [join(root, 'dist/src/main/provision.js')], {
    env: { PATH: env['PATH'], ...environment },
  });
  await Promise.all(
    Object.values(kept)
      .filter((it) => it !== kept.server)
      .map((it) => it.start()),
  );
  if (isVersioned) await makeCurrent(version);
  const client: Client = plainClient(address);
  return {
    publicUrl,
    hasClock,
    disk,
    links,
    inbox: new CallbackInbox(client, 'payments', {
      ...{ reader: new PaymentReader(client), archive: null },
      others: () => [],
    }),
    operators: new OperatorClient(client, {
      address,
      namespace: 'default',
      taskQueue: 'payments',
    }),
    kill: (victim: Victim) => kept[victim].end('SIGKILL'),
    revive: (victim: Victim) => kept[victim].start(),
    setClock: (aheadMs: number) => writeFile(clock, `${aheadMs < 0 ? '-' : '+'}${Math.abs(aheadMs) / 1000}s`),
    async deploy(): Promise<void> {
      tree = await nextVersion();
      version = 'v2';
      await kept['worker 2'].end('SIGTERM');
      await kept['worker 2'].start();
      await makeCurrent(version);
    },
    async close(): Promise<void> {
      for (const link of Object.values(links)) link.close();
      await disconnect(client);
      await Promise.all(Object.values(kept).map((it) => it.end('SIGKILL')));
      await disk?.unmount();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Stand = Awaited<ReturnType<typeof startStand>>;

const anyOf = (ports: readonly number[]): number | null =>
  ports[Math.floor(Math.random() * ports.length)] ?? null;
