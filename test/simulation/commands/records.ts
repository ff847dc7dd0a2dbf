import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../../support/histories.ts';

const counts = z.record(z.string(), z.number());
const record = z.object({
  tier: z.enum(['domain', 'workflow', 'processes', 'defects']),
  commit: z.string(),
  at: z.string(),
  from: z.number(),
  seeds: z.number(),
  requests: z.number().default(0),
  livedMs: z.number().default(0),
  seconds: z.number(),
  states: z.number().optional(),
  faults: counts.default({}),
  kills: counts.default({}),
  violations: z.array(z.object({ seed: z.number(), rules: z.array(z.string()) })).default([]),
  /** Of planted defects: how many sequences it took to find each; null where it was not. */
  found: z.record(z.string(), z.number().nullable()).optional(),
});
export type Run = z.output<typeof record>;

const folder = join(root, '.cache', 'simulation');
const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

const product = ['src', 'workflows', 'activities'];

/** The last that changed the product; where the tree differs from it, that is said. */
export function commitNow(): string {
  const isChanged = git('status', '--porcelain', '--', ...product) !== '';
  return `${git('log', '-1', '--format=%h', '--', ...product)}${isChanged ? ' with changes' : ''}`;
}

let isKept = true;
export const keepNothing = (): void => void (isKept = false);

export function keep(run: Omit<z.input<typeof record>, 'commit' | 'at'>): void {
  if (!isKept) return;
  const at = new Date().toISOString();
  mkdirSync(folder, { recursive: true });
  const name = `${at.replaceAll(/[:.]/g, '-')}-${run.tier}.json`;
  writeFileSync(join(folder, name), JSON.stringify({ ...run, at, commit: commitNow() }));
}

/** The runs that were made of the product as it stands: nothing but tests and documents has changed since. */
export function runsOfToday(): Run[] {
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name.endsWith('.json'));
  const runs = files.map(({ name }) => record.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  return runs.filter(({ commit }) => isAsToday(commit));
}

function isAsToday(commit: string): boolean {
  if (commit.includes(' ')) return false;
  try {
    execFileSync('git', ['diff', '--quiet', commit, '--', ...product], { cwd: root });
    return true;
  } catch {
    return false;
  }
}
