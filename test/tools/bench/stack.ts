import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { applySchemas, startPostgres } from '../postgres/database.ts';
import { postgresPrograms, temporalPrograms } from '../postgres/programs.ts';
import { startTemporal } from '../postgres/server.ts';
import { provision } from '../../support/global-setup.ts';
import { actionsAt, startTemporalProcess } from '../../support/temporal-process.ts';
import { freePort } from '../../support/whole-product.ts';

/** A Temporal server to be measured. */
export interface Stack {
  readonly address: string;
  /** Process ids by what they are. */
  readonly pids: Readonly<Record<string, number>>;
  actions(): Promise<Record<string, number>>;
  databaseBytes(): Promise<number>;
  stop(): Promise<void>;
}

export const stacks: Readonly<Record<string, (say: (line: string) => void) => Promise<Stack>>> = {
  postgres: startOnPostgres,
  dev: startDevServer,
};

/** As docker-compose.yml configures it. */
async function startOnPostgres(): Promise<Stack> {
  const [programs, bin, metricsPort] = [await temporalPrograms(), await postgresPrograms(), await freePort()];
  const database = await startPostgres(bin);
  await applySchemas(programs, database);
  const temporal = await startTemporal(programs.server, database, {
    NUM_HISTORY_SHARDS: '128',
    PROMETHEUS_ENDPOINT: `127.0.0.1:${metricsPort}`,
  });
  await provision(temporal.address);
  const sizes = 'SELECT pg_database_size($$temporal$$) + pg_database_size($$temporal_visibility$$)';
  return {
    address: temporal.address,
    pids: { server: temporal.pid, database: database.pid },
    actions: () => actionsAt(metricsPort),
    async databaseBytes() {
      const words = ['-h', '127.0.0.1', '-p', String(database.port), '-U', database.user];
      const { stdout } = await promisify(execFile)('psql', [...words, '-d', 'temporal', '-tAc', sizes], {
        env: { ...env, PGPASSWORD: database.password },
      });
      return Number(stdout);
    },
    async stop() {
      await temporal.stop();
      await database.stop();
    },
  };
}

async function startDevServer(say: (line: string) => void): Promise<Stack> {
  const { path } = await findTemporalProgram(temporalCli, { environment: env, onProgress: say });
  const dbFilename = join(tmpdir(), `paytone-bench-${randomUUID()}.db`);
  const [port, metricsPort] = [await freePort(), await freePort()];
  const temporal = await startTemporalProcess(path, { port, metricsPort, dbFilename });
  await provision(temporal.address);
  return {
    address: temporal.address,
    pids: { server: temporal.pid },
    actions: temporal.actions,
    databaseBytes: async () => (await stat(dbFilename)).size,
    async stop() {
      await temporal.stop();
      await rm(dbFilename, { force: true });
    },
  };
}
