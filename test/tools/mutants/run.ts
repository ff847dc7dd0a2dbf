// `npm run mutants`: applies one break at a time to a copy of the product and reports whether the tests see it;
// `npm run mutants -- outcome` only those whose name holds the word.
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { mutants as all, type Mutant } from './mutants.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const mutants = all.filter(({ name }) => name.includes(argv[2] ?? ''));
const left = new Set(['node_modules', '.git', '.cache', 'dist']);

const copy = await mkdtemp(join(tmpdir(), 'paytone-mutants-'));
await cp(root, copy, { recursive: true, filter: (path) => !left.has(basename(path)) });
await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
const survivors: string[] = [];
for (const mutant of mutants) {
  const caught = await isCaught(mutant);
  if (!caught) survivors.push(mutant.name);
  stdout.write(`${caught ? 'caught  ' : 'SURVIVED'}  ${mutant.name}\n`);
}
await rm(copy, { recursive: true });
stdout.write(`${mutants.length - survivors.length} of ${mutants.length} caught\n`);
exit(survivors.length === 0 ? 0 : 1);

async function isCaught({ file, from, to, tests }: Mutant): Promise<boolean> {
  const path = join(copy, file);
  const original = await readFile(path, 'utf8');
  if (original.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`);
  await writeFile(
    path,
    original.replace(from, () => to),
  );
  const { status, stdout: printed } = spawnSync('npx', ['vitest', 'run', '--bail=1', ...tests], {
    cwd: copy,
    encoding: 'utf8',
    timeout: 300_000,
  });
  await writeFile(path, original);
  // Red because a test failed, not because nothing could run.
  return status !== 0 && /Tests .*failed/.test(printed);
}
