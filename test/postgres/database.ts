import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/whole-product.ts';
import { run, type TemporalPrograms } from './programs.ts';

export interface Database {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A scratch cluster of PostgreSQL, run by its own user, which answers on loopback alone. */
export async function startPostgres(bin: string): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-postgres-'));
  const [user, password] = ['temporal', 'scratch'];
  const secret = join(folder, 'password');
  await writeFile(secret, password);
  await chmod(folder, 0o777);
  await chmod(secret, 0o644);
  const data = join(folder, 'data');
  const asPostgres = (program: string, ...words: string[]) =>
    run('runuser', ['-u', 'postgres', '--', join(bin, program), ...words], { cwd: folder });
  await asPostgres('initdb', '-D', data, '-U', user, '--pwfile', secret, '-A', 'scram-sha-256', '-E', 'UTF8');
  const port = await freePort();
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
  const log = join(folder, 'log');
  await asPostgres('pg_ctl', '-D', data, '-l', log, '-o', settings, '-w', 'start');
  return {
    port,
    user,
    password,
    pid: Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    async stop() {
      await asPostgres('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      await rm(folder, { recursive: true });
    },
  };
}

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
