import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** What a server writes for a seed takes a tenth of it. */
const size = '64m';

/** A small disk in a folder of its own, which can be full; null where nobody may mount one. */
export async function mountDisk(folder: string) {
  await mkdir(folder);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'paytone-simulation', folder]);
  } catch {
    return null;
  }
  const ballast = join(folder, 'ballast');
  return {
    /** Until not even a page fits. */
    async fill(): Promise<void> {
      const file = await open(ballast, 'w');
      for (const bytes of [1 << 20, 1 << 12])
        while (await file.write(Buffer.alloc(bytes)).then(isWhole(bytes), isNoSpace));
      await file.close();
    },
    empty: (): Promise<void> => rm(ballast, { force: true }),
    async unmount(): Promise<void> {
      await run('umount', ['--lazy', folder]);
    },
  };
}

const isWhole =
  (bytes: number) =>
  ({ bytesWritten }: { bytesWritten: number }): boolean =>
    bytesWritten === bytes;

function isNoSpace(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
  throw error;
}
