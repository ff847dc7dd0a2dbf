import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): Promise<string> => readFile(`${root}${file}`, 'utf8');

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  const files = await readdir(`${root}${folder}`);
  const texts = await Promise.all(files.map((file) => read(`${folder}/${file}`)));
  return texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name));
}

it.each([
  ['setting', 'src/config', /^ {2}([A-Z][A-Z_]+):/gm],
  ['metric', 'src/observability', /name: '(paytone_[a-z_]+)'/g],
])('docs/operating.md describes every %s', async (_what, folder, pattern) => {
  const page = await read('docs/operating.md');
  const names = await namesIn(folder, pattern);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
});
