import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** One program in the cache: `<folder>/<name>` with its hash beside it, as `sha256sum --check` reads it. */
export interface CacheEntry {
  folder: string;
  name: string;
}

/** The cached program's path; rejects when there is none or when its hash is no longer the one it came with. */
export async function cachedProgram({ folder, name }: CacheEntry): Promise<string> {
  const program = join(folder, name);
  if (!(await exists(program))) throw new Error(`nothing in ${folder}`);
  if (!(await isIntact({ folder, name }))) throw new Error(`${program} does not match its hash`);
  return program;
}

/**
 * Puts the program that `fetch` leaves in the folder it is given into the cache and answers its path.
 * Several processes may do so at once: an entry appears complete or not at all.
 */
export async function storeProgram(
  entry: CacheEntry,
  fetch: (folder: string) => Promise<string>,
): Promise<string> {
  await mkdir(dirname(entry.folder), { recursive: true });
  const staging = await mkdtemp(`${entry.folder}.incoming-`);
  try {
    const fetched = await fetch(staging);
    const complete = join(staging, 'complete');
    await mkdir(complete);
    await chmod(fetched, 0o755);
    await writeFile(hashFile(complete, entry.name), `${await sha256Of(fetched)}  ${entry.name}\n`);
    await rename(fetched, join(complete, entry.name));
    await publish(complete, entry);
    return join(entry.folder, entry.name);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function publish(complete: string, entry: CacheEntry): Promise<void> {
  try {
    await rename(complete, entry.folder);
  } catch {
    // The name is taken: by another process that was faster, or by the damaged entry that this one replaces.
    if (await isIntact(entry)) return;
    await rename(entry.folder, `${complete}.replaced`);
    await rename(complete, entry.folder);
  }
}

async function isIntact({ folder, name }: CacheEntry): Promise<boolean> {
  try {
    const recorded = await readFile(hashFile(folder, name), 'utf8');
    return recorded === `${await sha256Of(join(folder, name))}  ${name}\n`;
  } catch {
    return false;
  }
}

function hashFile(folder: string, name: string): string {
  return join(folder, `${name}.sha256`);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
