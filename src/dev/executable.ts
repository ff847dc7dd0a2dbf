import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The path itself; rejects with one sentence when no executable file is there. */
export async function executableAt(path: string): Promise<string> {
  if (!(await isExecutable(path))) throw new Error(`${path} is not an executable file`);
  return path;
}

/** Where `name` is on a PATH such as `/usr/bin:/bin`; rejects with one sentence when it is nowhere. */
export async function executableOnPath(name: string, path: string | undefined): Promise<string> {
  for (const folder of path?.split(delimiter).filter(Boolean) ?? []) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  throw new Error(`no ${name} on PATH`);
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
