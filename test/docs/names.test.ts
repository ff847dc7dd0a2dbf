import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { writtenFiles } from '../support/citations.ts';

const definition =
  /^(?:export )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm;

/** What the clients publish under the order API's own names. */
const published = ['Choice', 'Outcome', 'Payment', 'RefundRequest', 'Report', 'Terms'];

it('a name of the product is defined in one file', async () => {
  const files = (await writtenFiles()).filter(
    (file) =>
      /^(src|workflows|activities)\/.*\.ts$/.test(file) && !/^src\/(sandbox|dev)\/|\/dist\//.test(file),
  );
  const places = new Map<string, Set<string>>();
  for (const file of files)
    for (const [, name = ''] of (await readFile(file, 'utf8')).matchAll(definition))
      places.set(name, (places.get(name) ?? new Set()).add(file));
  const twice = [...places].filter(([name, { size }]) => size > 1 && !published.includes(name));
  expect(places.size).toBeGreaterThan(1_000);
  expect(twice.map(([name, where]) => `${name}: ${[...where].join(', ')}`)).toEqual([]);
});
