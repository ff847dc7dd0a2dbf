import { cp, mkdir, mkdtemp, readFile, realpath, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { arch, env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { temporalPrograms } from '../postgres/programs.ts';
import { exists, run, type Daemon } from './docker.ts';

const images = fileURLToPath(new URL('images', import.meta.url));
const dockerfile = fileURLToPath(new URL('../../../Dockerfile', import.meta.url));
const authorities = '/etc/ssl/certs/ca-certificates.crt';

/** Images in the place of those that the compose file names, made from what package registries have. */
export async function buildStandIns(daemon: Daemon, onProgress: (line: string) => void): Promise<void> {
  const programs = await temporalPrograms();
  const { path: temporal } = await findTemporalProgram(temporalCli, { environment: env, onProgress });
  await importDebian(daemon);
  onProgress('Debian is there');
  await build(daemon, 'postgres', { 'postgres.sh': join(images, 'postgres.sh') });
  await build(daemon, 'temporal', {
    'temporal-server': programs.server,
    'temporal-sql-tool': programs.sqlTool,
    'schema/postgresql/v12': programs.schemas,
    'entrypoint.sh': programs.entrypoint,
    temporal,
  });
  await build(daemon, 'node', {
    node: await nodeProgram(),
    npm: dirname(dirname(await realpath((await run('which', ['npm'])).stdout.trim()))),
    'ca-certificates.crt': authorities,
  });
  onProgress('stand-ins for PostgreSQL, Temporal and Node are there');
}

async function importDebian({ at }: Daemon): Promise<void> {
  const image = 'paytone-standin/debian';
  const { stdout: found } = await run('docker', ['image', 'ls', '--quiet', image], at);
  if (found !== '') return;
  const folder = await mkdtemp(join(tmpdir(), 'paytone-debian-'));
  const root = join(folder, 'root');
  const packages = 'ca-certificates,netcat-openbsd';
  await run('debootstrap', ['--variant=minbase', `--include=${packages}`, 'bookworm', root]);
  await rm(join(root, 'var/cache/apt/archives'), { recursive: true });
  await run('bash', ['-euo', 'pipefail', '-c', `tar -C ${root} -c . | docker import - ${image}`], at);
  await rm(folder, { recursive: true });
}

/** Builds an image from files by their names in its context. */
async function build({ at }: Daemon, name: string, files: Readonly<Record<string, string>>): Promise<void> {
  const context = await mkdtemp(join(tmpdir(), 'paytone-image-'));
  for (const [to, from] of Object.entries(files)) await cp(from, join(context, to), { recursive: true });
  const words = ['--network', 'host', '--file', join(images, `${name}.Dockerfile`)];
  // Without BuildKit, which Debian's Docker does not bring.
  const variables = { ...at, DOCKER_BUILDKIT: '0' };
  await run('docker', ['build', ...words, '--tag', `paytone-standin/${name}`, context], variables);
  await rm(context, { recursive: true });
}

/** The very Node that the Dockerfile names, from its npm package. */
async function nodeProgram(): Promise<string> {
  const version = /^ARG NODE_IMAGE=node:([0-9.]+)-/m.exec(await readFile(dockerfile, 'utf8'))?.[1];
  if (version === undefined) throw new Error('the Dockerfile names no version of Node');
  const cache = join(
    env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'paytone-payments',
    `node-${version}`,
  );
  const program = join(cache, 'node');
  if (await exists(program)) return program;
  const folder = await mkdtemp(join(tmpdir(), 'paytone-node-'));
  await run('npm', ['pack', '--silent', `node-linux-${arch}@${version}`, '--pack-destination', folder]);
  await run('tar', ['-xzf', join(folder, `node-linux-${arch}-${version}.tgz`), '-C', folder]);
  await mkdir(cache, { recursive: true });
  await cp(join(folder, 'package/bin/node'), `${program}.incoming`);
  await rename(`${program}.incoming`, program);
  await rm(folder, { recursive: true });
  return program;
}
