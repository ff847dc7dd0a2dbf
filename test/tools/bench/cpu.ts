import { readdir, readFile } from 'node:fs/promises';

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own tick (proc(5), `stat`). */
const msPerTick = 10;

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

async function statOf(pid: number): Promise<Stat | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // user, system, and those of children that have ended.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), ticks };
  } catch {
    return null;
  }
}

/** CPU milliseconds that a process and its children have used so far. */
async function cpuMsOf(pid: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(async (each) => ({ each, stat: await statOf(each) })));
  return stats
    .filter(({ each, stat }) => each === pid || stat?.parent === pid)
    .reduce((sum, { stat }) => sum + (stat?.ticks ?? 0) * msPerTick, 0);
}

export async function cpuMsOfAll(pids: Readonly<Record<string, number>>): Promise<Record<string, number>> {
  const all = Object.entries(pids).map(async ([name, pid]) => [name, await cpuMsOf(pid)] as const);
  return Object.fromEntries(await Promise.all(all));
}

/** Resident memory of a process, bytes. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
