import { describe, expect, it } from 'vitest';
import { danglingIn, danglingInFile, writtenFiles } from '../support/citations.ts';

describe('what is cited', () => {
  it('can be found in this repository', async () => {
    // The resolver and this test hold patterns, not citations.
    const files = (await writtenFiles()).filter((file) => !file.includes('citations'));
    expect(files.length).toBeGreaterThan(300);
    expect((await Promise.all(files.map(danglingInFile))).flat()).toEqual([]);
  });

  it.each([
    ['docs/x.md', '[there](gone.md)'],
    ['docs/x.md', '[there](operating.md#gone)'],
    ['src/x.ts', '// see docs/gone.md'],
    ['src/x.ts', '// see docs/operating.md#gone'],
    ['src/x.ts', '// docs/contract.md §99'],
    ['src/x.ts', '// docs/contract.md §5.10'],
    ['src/x.ts', '// the contract, §5'],
    ['src/x.ts', '// contract, section 5'],
    ['src/x.ts', '// ADR 99'],
    ['docs/x.md', '`npm run gone`'],
    ['docs/x.md', '`src/gone.ts`'],
  ])('is missed when it is not there: %s: %s', async (file, text) => {
    expect(await danglingIn(file, text)).toHaveLength(1);
  });

  it.each([
    ['docs/x.md', '[there](operating.md#settings), [above](adr/0001-status-is-derived.md)'],
    ['src/x.ts', '// docs/contract.md §5.3 and §6, docs/platform.md §7, ADR 11, docs/operating.md#settings'],
    ['docs/contract.md', 'see §3'],
    ['src/x.ts', '// RFC 9110, section 15.5.6'],
  ])('is found when it is there: %s: %s', async (file, text) => {
    expect(await danglingIn(file, text)).toEqual([]);
  });
});
