import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../docs/adr/', import.meta.url));
const pages = (await readdir(folder)).sort();

describe('decision records', () => {
  it.each(pages)('share one format: %s', async (name) => {
    const text = await readFile(folder + name, 'utf8');
    const number = Number(name.slice(0, 4));
    expect(text).toMatch(new RegExp(`^# ${number}\\. [^\n]+\n\nStatus: (accepted|superseded by)[^\n]*\\.\n`));
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
  });

  it('are numbered without a gap', () => {
    expect(pages.map((name) => Number(name.slice(0, 4)))).toEqual(pages.map((_, index) => index + 1));
  });
});
