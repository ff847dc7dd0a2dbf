import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { applySchemas, startPostgres } from '../tools/postgres/database.ts';
import { postgresPrograms, temporalPrograms } from '../tools/postgres/programs.ts';
import { startTemporal } from '../tools/postgres/server.ts';
import { startTemporalProcess } from './temporal-process.ts';
import { freePort } from './whole-product.ts';

const run = promisify(execFile);

/** A Temporal server of a test's own, with what stands in its database. */
export interface Store {
  readonly address: string;
  /** Stops the server; answers with all that it kept. */
  end(): Promise<Buffer>;
}

/** The development server, whose database is a file. */
export async function startWithSqlite(executable: string): Promise<Store> {
  const dbFilename = join(tmpdir(), `paytone-store-${randomUUID()}.db`);
  const server = await startTemporalProcess(executable, { port: await freePort(), dbFilename });
  return {
    address: server.address,
    async end() {
      await server.stop();
      const files = [dbFilename, `${dbFilename}-wal`];
      const all = await Promise.all(files.map((file) => readFile(file).catch(() => Buffer.alloc(0))));
      await Promise.all([...files, `${dbFilename}-shm`].map((file) => rm(file, { force: true })));
      return Buffer.concat(all);
    },
  };
}

/** The server that production has, on a scratch cluster; both of its databases. */
export async function startWithPostgres(): Promise<Store> {
  const [programs, bin] = [await temporalPrograms(), await postgresPrograms()];
  const database = await startPostgres(bin);
  const temporal = await applySchemas(programs, database)
    .then(() => startTemporal(programs.server, database))
    .catch(async (error: unknown) => {
      await database.stop();
      throw error;
    });
  const dump = async (name: string): Promise<string> => {
    const { user, password, port } = database;
    const at = ['-h', '127.0.0.1', '-p', String(port), '-U', user, name];
    const options = { env: { PGPASSWORD: password }, maxBuffer: 2 ** 30 };
    return (await run(join(bin, 'pg_dump'), at, options)).stdout;
  };
  return {
    address: temporal.address,
    async end() {
      const text = await temporal
        .stop()
        .then(async () => `${await dump('temporal')}${await dump('temporal_visibility')}`)
        .finally(() => database.stop());
      // A dump writes bytes as hexadecimal digits, after two backslashes.
      const blobs = [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
      return Buffer.concat([Buffer.from(text), ...blobs]);
    },
  };
}
