import { execFile } from 'node:child_process';
import { access, cp, readdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { env, stdout } from 'node:process';
import { promisify } from 'node:util';

export const run = promisify(execFile);
/** The newest that Go 1.26.8 builds, and what the Temporal CLI of the tests has inside. */
const version = '1.32.0';
const module = `go.temporal.io/server`;
const folder = join(
  env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'paytone-payments',
  `temporal-server-${version}`,
);

export interface TemporalPrograms {
  readonly server: string;
  readonly sqlTool: string;
  /** Folders of the schema's versions, by database. */
  readonly schemas: string;
  /** What its image runs. */
  readonly entrypoint: string;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The Temporal server and its schema tool, from the cache or built from their Go module (some minutes, once). */
export async function temporalPrograms(): Promise<TemporalPrograms> {
  const programs = {
    server: join(folder, 'temporal-server'),
    sqlTool: join(folder, 'temporal-sql-tool'),
    schemas: join(folder, 'schema/postgresql/v12'),
    entrypoint: join(folder, 'entrypoint.sh'),
  };
  if ((await Promise.all(Object.values(programs).map(exists))).every(Boolean)) return programs;
  stdout.write(
    `Building the Temporal server ${version} from its Go module: this takes some minutes, once.\n`,
  );
  const packages = ['cmd/server', 'cmd/tools/sql'].map((path) => `${module}/${path}@v${version}`);
  await run('go', ['install', '-trimpath', '-ldflags=-s -w', ...packages], {
    env: { ...env, GOBIN: folder, GOFLAGS: '-buildvcs=false' },
  });
  const { stdout: modules } = await run('go', ['env', 'GOMODCACHE']);
  const source = join(modules.trim(), `${module}@v${version}`);
  await cp(join(source, 'schema'), join(folder, 'schema'), { recursive: true });
  await cp(join(source, 'docker/scripts/sh/entrypoint.sh'), programs.entrypoint);
  await rename(join(folder, 'sql'), programs.sqlTool);
  await rename(join(folder, 'server'), programs.server);
  return programs;
}

const debian = '/usr/lib/postgresql';

/** Where Debian keeps PostgreSQL's programs; installs them where they are missing. */
export async function postgresPrograms(): Promise<string> {
  if (!(await exists(debian))) {
    const noninteractive = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
    await run('apt-get', ['update', '-qq'], noninteractive);
    await run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'postgresql'], noninteractive);
  }
  const [newest] = (await readdir(debian)).sort((a, b) => Number(b) - Number(a));
  return join(debian, newest ?? '', 'bin');
}
