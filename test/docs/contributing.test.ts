import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';

const read = (file: string): Promise<string> =>
  readFile(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');
const manifest = z.object({ scripts: z.record(z.string(), z.string()) });

it('CONTRIBUTING.md describes every npm script', async () => {
  const { scripts } = manifest.parse(JSON.parse(await read('package.json')));
  const page = await read('CONTRIBUTING.md');
  const isTold = (script: string): boolean =>
    [`\`npm run ${script}\``, `\`npm ${script}\``, `\`${script}\``].some((text) => page.includes(text));
  expect(Object.keys(scripts).filter((script) => !isTold(script))).toEqual([]);
});
