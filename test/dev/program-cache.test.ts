import { createHash } from 'node:crypto';
import { access, constants, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';

import { cachedProgram, storeProgram, type CacheEntry } from '../../src/dev/program-cache.ts';
import { temporaryFolder } from './fake-program.ts';

let root: string;
let entry: CacheEntry;

beforeEach(async () => {
  root = await temporaryFolder();
  entry = { folder: join(root, 'cache/server-1'), name: 'server' };
});

function fetching(content: string) {
  return async (folder: string) => {
    const file = join(folder, 'fetched');
    await writeFile(file, content);
    return file;
  };
}

it('stores an executable with its hash, as sha256sum reads it', async () => {
  const path = await storeProgram(entry, fetching('program'));
  await access(path, constants.X_OK);
  expect(await cachedProgram(entry)).toBe(path);
  const recorded = await readFile(`${path}.sha256`, 'utf8');
  expect(recorded).toBe(`${createHash('sha256').update('program').digest('hex')}  server\n`);
});

it('lets several processes store at once: all get the same complete program', async () => {
  const paths = await Promise.all(Array.from({ length: 5 }, () => storeProgram(entry, fetching('program'))));
  expect(new Set(paths)).toEqual(new Set([await cachedProgram(entry)]));
  expect(await readdir(join(root, 'cache'))).toEqual(['server-1']);
});

it('keeps an intact program of another process and replaces a damaged one', async () => {
  const path = await storeProgram(entry, fetching('first'));
  await storeProgram(entry, fetching('second'));
  expect(await readFile(path, 'utf8')).toBe('first');
  await writeFile(path, 'damaged');
  await storeProgram(entry, fetching('third'));
  expect(await readFile(path, 'utf8')).toBe('third');
});

it('refuses a program whose hash is missing', async () => {
  await storeProgram(entry, fetching('program'));
  await rm(join(entry.folder, 'server.sha256'));
  await expect(cachedProgram(entry)).rejects.toThrow('does not match its hash');
});

it('leaves nothing behind when the fetch fails', async () => {
  await expect(storeProgram(entry, () => Promise.reject(new Error('no network')))).rejects.toThrow(
    'no network',
  );
  expect(await readdir(join(root, 'cache'))).toEqual([]);
});
