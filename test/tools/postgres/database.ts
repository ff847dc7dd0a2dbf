import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { freePort } from '../../support/whole-product.ts';
import { run, type TemporalPrograms } from './programs.ts';

export interface Database {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** A base backup of the whole cluster while it runs: both databases of one moment. */
  backup(): Promise<void>;
  /** As when its disk is lost. */
  destroy(): Promise<void>;
  restore(): Promise<void>;
  stop(): Promise<void>;
}

/** A scratch cluster of PostgreSQL, run by its own user, which answers on loopback alone. */
export async function startPostgres(bin: string): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-postgres-'));
  const [data, kept, secret] = ['data', 'backup', 'password'].map((name) => join(folder, name)) as Paths;
  const [user, password, port] = ['temporal', 'scratch', await freePort()];
  await writeFile(secret, password);
  await chmod(folder, 0o777);
  await chmod(secret, 0o644);
  const asPostgres = (program: string, ...words: string[]) =>
    run('runuser', ['-u', 'postgres', '--', join(bin, program), ...words], {
      cwd: folder,
      env: { ...env, PGPASSWORD: password },
    });
  await asPostgres('initdb', '-D', data, '-U', user, '--pwfile', secret, '-A', 'scram-sha-256', '-E', 'UTF8');
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
  const start = () =>
    asPostgres('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-o', settings, '-w', 'start');
  const end = () => asPostgres('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
  await start();
  return {
    port,
    user,
    password,
    pid: Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    async backup() {
      const at = ['-h', '127.0.0.1', '-p', String(port), '-U', user];
      await asPostgres('pg_basebackup', ...at, '-D', kept, '-X', 'stream', '-c', 'fast');
    },
    async destroy() {
      await end();
      await rm(data, { recursive: true });
    },
    async restore() {
      await rename(kept, data);
      await start();
    },
    async stop() {
      if (existsSync(data)) await end();
      await rm(folder, { recursive: true });
    },
  };
}
type Paths = [string, string, string];

/** Temporal's two databases, brought to their schemas as its own tool does it. */
export async function applySchemas(
  { sqlTool, schemas }: TemporalPrograms,
  database: Database,
): Promise<void> {
  const { port, user, password } = database;
  for (const [name, schema] of [
    ['temporal', 'temporal'],
    ['temporal_visibility', 'visibility'],
  ] as const) {
    const at = ['--plugin', 'postgres12_pgx', '--ep', '127.0.0.1', '-p', String(port)];
    const tool = (...words: string[]) =>
      run(sqlTool, [...at, '-u', user, '--pw', password, '--db', name, ...words]);
    await tool('create-database');
    await tool('setup-schema', '-v', '0.0');
    await tool('update-schema', '-d', join(schemas, schema, 'versioned'));
  }
}
