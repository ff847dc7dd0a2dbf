import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

const tsconfig = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023'],
    strict: true,
    noEmit: true,
    types: ['node'],
    // The SDK's own declarations lack those of a package that they use.
    skipLibCheck: true,
  },
};

/** A project of somebody who installed the packages as they are published, with our examples unchanged. */
export async function createPackageUser() {
  const home = await mkdtemp(join(tmpdir(), 'paytone-user-'));
  const modules = join(home, 'node_modules');
  await mkdir(modules);
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== 'paytone-payments-http')
      await symlink(join(root, 'node_modules', name), join(modules, name));
  await installPacked(root, join(modules, 'paytone-payments'));
  await installPacked(join(root, 'src', 'clients', 'http'), join(modules, 'paytone-payments-http'));
  await cp(join(root, 'docs', 'examples'), home, { recursive: true });
  await writeFile(join(home, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(
    join(home, 'tsconfig.json'),
    JSON.stringify({ ...tsconfig, files: ['http.ts', 'receiver.ts', 'temporal.ts'] }),
  );
  return {
    /** What the compiler says of the examples; empty when it is content. */
    async compile(): Promise<string> {
      const tsc = join(root, 'node_modules', '.bin', 'tsc');
      return execute(tsc, ['-p', home], { cwd: home }).then(
        () => '',
        (error: unknown) =>
          typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : 'failed',
      );
    },
    run: (example: string, settings: Record<string, string>) => runExample(home, example, settings),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

/** Packs the package in `from` into the folder `to`; the tarball's path. */
export async function packInto(to: string, from: string): Promise<string> {
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', to];
  const { stdout } = await execute('npm', pack, { cwd: from });
  return join(to, /"filename": "([^"]+)"/.exec(stdout)?.[1] ?? '');
}

/** Packs the package in `from` and unpacks it as `to`. */
async function installPacked(from: string, to: string): Promise<void> {
  await mkdir(to);
  await execute('tar', ['-xzf', await packInto(to, from), '--strip-components=1'], { cwd: to });
}

/** A fresh clone that was never built, in which a documented command is run as it stands. */
export async function createFreshClone() {
  const home = await mkdtemp(join(tmpdir(), 'paytone-clone-'));
  for (const name of ['src', 'docs', 'package.json', 'tsconfig.json'])
    await cp(join(root, name), join(home, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(home, 'node_modules'));
  return {
    run: (example: string, settings: Record<string, string>) => runExample(home, example, settings),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

const runExample = (home: string, example: string, settings: Record<string, string>) =>
  runProgram(home, ['node', '--import', 'tsx', example], settings);

/** A program that is waited for by what it says, with no more of the environment than `settings`. */
export function runProgram(
  home: string,
  [program, ...words]: readonly [string, ...string[]],
  settings: Record<string, string> = {},
) {
  const child = spawn(program, words, {
    cwd: home,
    env: { PATH: env['PATH'], HOME: env['HOME'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const output = createInterface(child.stdout);
  const errors = createInterface(child.stderr);
  output.on('line', (line) => lines.push(line));
  errors.on('line', (line) => lines.push(line));
  const exited = once(child, 'exit');
  return {
    lines,
    /** Resolves with the first line of the output that holds the text. */
    async says(text: string | RegExp): Promise<string> {
      const isSaid = (line: string): boolean =>
        typeof text === 'string' ? line.includes(text) : text.test(line);
      for (;;) {
        const found = lines.find(isSaid);
        if (found !== undefined) return found;
        const ended = await Promise.race([once(output, 'line').then(() => false), exited.then(() => true)]);
        if (ended && !lines.some(isSaid))
          throw new Error(
            `${[program, ...words].join(' ')} ended without "${String(text)}":\n${lines.join('\n')}`,
          );
      }
    },
    /** Resolves with the exit code. */
    ended: exited.then(([code]) => code as number | null),
    stop: async (): Promise<void> => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
