import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { liveFaults } from './live-faults.ts';
import { isLive, modeOf, type Environment } from './raw.ts';
import { weakSecrets, wellKnownSecrets } from './secret-faults.ts';
import { faultsOfServices } from './services-file.ts';
import { namesOfSdk, tlsFaults } from './temporal-tls.ts';

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(faults: readonly string[]) {
    super(`The settings are not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Settings that contradict each other; checked on the raw text, so that they are told beside all other faults. */
function contradictions(env: Environment, names: readonly string[]): string[] {
  const privateMode = modeOf(env['PAYTONE_PRIVATE_KEY']);
  const publicMode = modeOf(env['PAYTONE_PUBLIC_KEY']);
  const faults: string[] = [];
  if (privateMode && publicMode && privateMode !== publicMode) {
    faults.push('PAYTONE_PUBLIC_KEY and PAYTONE_PRIVATE_KEY must both be test keys or both be live keys');
  }
  if (isLive(env) && !env['PAYLOAD_KEYS']) {
    faults.push('PAYLOAD_KEYS is missing. With live Paytone keys, payloads must be encrypted');
  }
  if (names.includes('OUTCOME_SECRETS') && env['OUTCOME_URL'] && !env['OUTCOME_SECRETS']) {
    faults.push('OUTCOME_SECRETS is missing, but OUTCOME_URL is set');
  }
  if (names.includes('ORDER_SERVICES')) faults.push(...sourcesOfServices(env, names));
  return faults;
}

/** Order services come from the file or from its shorthand; one of both would contradict the other. */
function sourcesOfServices(env: Environment, names: readonly string[]): string[] {
  if (env['ORDER_SERVICES'] === undefined) {
    const isNobody = names.includes('ORDER_API_RATE_LIMIT') && !env['ORDER_API_KEYS'];
    const place = env['ORDER_SERVICES_FILE']
      ? ', and ORDER_SERVICES_FILE holds nothing'
      : '; ORDER_SERVICES_FILE can take its place';
    return isNobody ? [`ORDER_API_KEYS is missing${place}`] : [];
  }
  const short = ['ORDER_API_KEYS', 'OUTCOME_URL', 'OUTCOME_SECRETS'].filter((name) => env[name]);
  return short.map((name) => `${name} is set beside ORDER_SERVICES_FILE, which takes its place: remove one`);
}

/** Settings whose empty value is a value of its own: a platform that serves its API without a prefix. */
const mayBeEmpty: ReadonlySet<string> = new Set(['PAYTONE_API_PATH', 'PAYTONE_PUBLIC_API_PATH']);

/**
 * `NAME_FILE` gives what `NAME` would: secrets as files of a container. An empty setting is an unset one, save where
 * empty means something.
 */
export function withFiles(env: Environment, names: readonly string[], faults: string[]): Environment {
  const merged: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== '' || mayBeEmpty.has(name)) merged[name] = value;
  }
  for (const name of names) {
    const path = env[`${name}_FILE`];
    if (!path || merged[name] !== undefined) continue;
    try {
      const value = readFileSync(path, 'utf8').trim();
      if (value !== '' || mayBeEmpty.has(name)) merged[name] = value;
    } catch {
      faults.push(`${name}_FILE names an unreadable file: ${path}`);
    }
  }
  return merged;
}

/** What the accounts of the file must differ from. */
const mainOf = (env: Environment) => ({
  id: env['PAYTONE_ACCOUNT_ID'],
  callbackSecrets: (env['PAYTONE_CALLBACK_SECRETS'] ?? env['PAYTONE_PRIVATE_KEY'] ?? '')
    .split(',')
    .map((secret) => secret.trim()),
});

interface DemoSecrets {
  /** Whether the secrets of `npm start` will do. */
  readonly isDemo: boolean;
}

export function parseEnv<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: Environment,
  { isDemo }: DemoSecrets = { isDemo: true },
): z.output<z.ZodObject<Shape>> {
  const faults: string[] = [];
  const names = Object.keys(schema.shape);
  const merged = withFiles(env, [...names, ...namesOfSdk], faults);
  faults.push(...contradictions(merged, names), ...tlsFaults(merged), ...liveFaults(merged));
  faults.push(...weakSecrets(merged, { isCodec: !isDemo && names.includes('CODEC_TOKENS') }));
  if (!isDemo) faults.push(...wellKnownSecrets(merged));
  if (names.includes('ORDER_SERVICES'))
    faults.push(
      ...faultsOfServices(merged['ORDER_SERVICES'], { isLive: isLive(merged), isDemo, main: mainOf(merged) }),
    );
  const result = schema.safeParse(merged);
  if (result.success && faults.length === 0) return result.data;
  const issues = result.success ? [] : result.error.issues;
  throw new ConfigError([...faults, ...issues.map(({ path, message }) => `${path.join('.')} ${message}`)]);
}
