import { readFileSync } from 'node:fs';
import type { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

export const modeOf = (paytoneKey: string | undefined): string | undefined =>
  /^[sp]k_(test|live)_/.exec(paytoneKey ?? '')?.[1];

/** Settings that contradict each other; checked on the raw text, so that they are told beside all other faults. */
function contradictions(env: Environment): string[] {
  const privateMode = modeOf(env['PAYTONE_PRIVATE_KEY']);
  const publicMode = modeOf(env['PAYTONE_PUBLIC_KEY']);
  const faults: string[] = [];
  if (privateMode && publicMode && privateMode !== publicMode) {
    faults.push('PAYTONE_PUBLIC_KEY is of another mode (test, live) than PAYTONE_PRIVATE_KEY');
  }
  if (privateMode === 'live' && !env['PAYLOAD_KEYS']) {
    faults.push('PAYLOAD_KEYS is missing: with live Paytone keys, payloads must not be stored in clear');
  }
  if (env['OUTCOME_URL'] !== undefined && env['OUTCOME_SECRETS'] === undefined) {
    faults.push('OUTCOME_SECRETS is missing while OUTCOME_URL is set');
  }
  return faults;
}

/** `NAME_FILE` gives what `NAME` would: secrets as files of a container. */
export function withFiles(env: Environment, faults: string[]): Environment {
  const merged: Record<string, string | undefined> = { ...env };
  for (const [name, path] of Object.entries(env)) {
    const target = name.replace(/_FILE$/, '');
    if (target === name || path === undefined || merged[target] !== undefined) continue;
    if (!/^(PAYTONE|ORDER|OUTCOME|PAYLOAD|CODEC|TEMPORAL_API)_/.test(target)) continue;
    try {
      merged[target] = readFileSync(path, 'utf8').trim();
    } catch {
      faults.push(`${name} names a file that cannot be read: ${path}`);
    }
  }
  return merged;
}

export function parse<Schema extends z.ZodType>(schema: Schema, env: Environment): z.output<Schema> {
  const faults: string[] = [];
  const merged = withFiles(env, faults);
  faults.push(...contradictions(merged));
  const result = schema.safeParse(merged);
  if (result.success && faults.length === 0) return result.data;
  const issues = result.success ? [] : result.error.issues;
  throw new ConfigError([...faults, ...issues.map(({ path, message }) => `${path.join('.')} ${message}`)]);
}
