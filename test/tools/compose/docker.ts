import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, geteuid } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export type Variables = Readonly<Record<string, string>>;

/** Runs a program; fails with the end of what it said. */
export async function run(program: string, words: readonly string[], variables: Variables = {}) {
  try {
    return await execute(program, [...words], { env: { ...env, ...variables }, maxBuffer: 2 ** 27 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-60).join('\n');
    // The cause would repeat all that was said.
    // eslint-disable-next-line preserve-caught-error
    throw new Error(`${program} ${words.join(' ')} failed:\n${said}`);
  }
}

const works = (program: string, words: readonly string[], variables?: Variables): Promise<boolean> =>
  run(program, words, variables).then(
    () => true,
    () => false,
  );

export interface Daemon {
  /** Where the daemon is, for every command that talks to it. */
  readonly at: Variables;
  /** Ends it, if it was started here. */
  stop(): Promise<void>;
}

/** The Docker daemon that answers, or one of our own, whose images are kept in the cache; else why there is none. */
export async function dockerDaemon(): Promise<Daemon | string> {
  if (!(await works('docker', ['--version']))) return 'there is no docker';
  if (await works('docker', ['version'])) return { at: {}, stop: () => Promise.resolve() };
  if (!(await works('dockerd', ['--version'])))
    return 'no Docker daemon answers, and there is no dockerd to start';
  if (geteuid?.() !== 0) return 'no Docker daemon answers, and only root can start one';
  return startDaemon();
}

async function startDaemon(): Promise<Daemon | string> {
  const images = join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'paytone-payments/docker');
  await mkdir(images, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'paytone-docker-'));
  const socket = `unix://${folder}/socket`;
  const words = ['--host', socket, '--data-root', images, '--exec-root', join(folder, 'run')];
  const log = await open(join(folder, 'log'), 'w');
  const child = spawn('dockerd', [...words, '--pidfile', join(folder, 'pid')], {
    stdio: ['ignore', log.fd, log.fd],
  });
  const exited = once(child, 'exit');
  await log.close();
  const at = { DOCKER_HOST: socket };
  const stop = async (): Promise<void> => {
    // Layers of the last days make the next build quick; of older ones there would be no end.
    await works('docker', ['image', 'prune', '--force', '--filter', 'until=48h'], at);
    if (child.exitCode === null) child.kill();
    await exited;
    // dockerd leaves the mount of its first network namespace.
    await works('umount', [join(folder, 'run/netns/default')]);
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 60 && child.exitCode === null; tries += 1) {
    if (await works('docker', ['version'], at)) return { at, stop };
    await setTimeout(500);
  }
  const said = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n').at(-1) ?? '';
  await stop();
  return `dockerd does not start here: ${said}`;
}

/** The words that begin a command of Compose: the plugin's, or the older program of Debian. */
export async function composeProgram(): Promise<readonly [string, ...string[]] | null> {
  if (await works('docker', ['compose', 'version'])) return ['docker', 'compose'];
  return (await works('docker-compose', ['version'])) ? ['docker-compose'] : null;
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
