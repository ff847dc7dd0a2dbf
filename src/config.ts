import { readFileSync } from 'node:fs';
import { z } from 'zod';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const filled = z.string({ error: 'is missing' }).min(1, 'is empty');
const httpUrl = filled
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'must be an http(s) URL')
  .transform((text) => text.replace(/\/+$/, ''));
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^[0-9]+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be between ${min} and ${max}`);
const port = (preset: number) => whole(0, 65_535).default(preset);

const payloadKey = z
  .string()
  .regex(/^[^=]+=[A-Za-z0-9+/]{43}=$/, 'must be id=base64 of 32 bytes')
  .transform((pair) => ({
    id: pair.slice(0, pair.indexOf('=')),
    key: new Uint8Array(Buffer.from(pair.slice(pair.indexOf('=') + 1), 'base64')),
  }));
const payloadKeys = list.pipe(z.array(payloadKey));

const temporal = {
  TEMPORAL_ADDRESS: filled,
  TEMPORAL_NAMESPACE: filled.default('default'),
  TEMPORAL_TASK_QUEUE: filled.default('payments'),
  PAYLOAD_KEYS: payloadKeys.default([]),
};

const key = (prefix: string) =>
  filled.regex(new RegExp(`^${prefix}_(test|live)_.+`), `must begin with ${prefix}_test_ or ${prefix}_live_`);
const paytone = {
  PAYTONE_URL: httpUrl,
  PAYTONE_ACCOUNT_ID: filled,
  PAYTONE_PRIVATE_KEY: key('sk'),
  PAYTONE_PUBLIC_KEY: key('pk'),
  PAYTONE_CALLBACK_SECRETS: list.optional(),
  REDIRECT_HOSTS: list.optional(),
};

const apiKeys = list.pipe(
  z
    .array(
      z
        .string()
        // Split at the first "=": keys may end in the padding of base64.
        .regex(/^[^=]+=.+$/, 'must be name=key')
        .transform((pair) => ({
          name: pair.slice(0, pair.indexOf('=')),
          key: pair.slice(pair.indexOf('=') + 1),
        })),
    )
    .min(1, 'names no order service'),
);
const origins = list.pipe(
  z.array(
    z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, 'must be an origin'),
  ),
);
const secrets = list.pipe(
  z.array(z.string().regex(/^whsec_[A-Za-z0-9+/=]+$/, 'must be whsec_ and base64')).min(1),
);
const pauses = list.pipe(z.array(whole(1, 86_400)).min(1));

const workerShape = {
  ...temporal,
  ...paytone,
  PUBLIC_URL: httpUrl,
  OUTCOME_URL: httpUrl.optional(),
  OUTCOME_SECRETS: secrets.optional(),
  ADMIN_PORT: port(9101),
};
const ingressShape = {
  ...temporal,
  ...paytone,
  OUTCOME_URL: httpUrl.optional(),
  PORT: port(3000),
  ORDER_API_KEYS: z.string({ error: 'is missing' }).pipe(apiKeys),
  RETURN_URL_ORIGINS: origins.default([]),
  PAYMENT_TTL_SECONDS: whole(840, 172_800).default(1800),
  POLL_SCHEDULE_SECONDS: pauses.default([120, 300, 600, 900]),
  MAX_ATTEMPTS: whole(1, 20).default(3),
  LATE_PAYMENT: z.enum(['review', 'refund', 'accept']).default('review'),
  PAID_AFTER_CANCEL: z.enum(['refund', 'review']).default('refund'),
  ADMIN_PORT: port(9102),
};
const codecShape = {
  PORT: port(8081),
  PAYLOAD_KEYS: z.string({ error: 'is missing' }).pipe(payloadKeys),
  CODEC_TOKENS: z.string({ error: 'is missing' }).pipe(list.pipe(z.array(z.string()).min(1, 'is empty'))),
  CODEC_ORIGINS: origins.default([]),
  ADMIN_PORT: port(9103),
};
const sandboxShape = {
  PORT: port(4010),
  PUBLIC_URL: httpUrl.optional(),
  PAYTONE_ACCOUNT_ID: filled,
  PAYTONE_PRIVATE_KEY: key('sk'),
  PAYTONE_PUBLIC_KEY: key('pk'),
  ADMIN_PORT: port(9104),
};

const startShape = {
  SHOP_PORT: port(3001),
  SANDBOX_PORT: port(4010),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  PORT: port(3000),
  TEMPORAL_ADDRESS: filled.optional(),
};

const modeOf = (paytoneKey: string | undefined): string | undefined =>
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

const schemas = {
  temporal: z.object(temporal),
  worker: z.object(workerShape),
  ingress: z.object(ingressShape),
  codec: z.object(codecShape),
  sandbox: z.object(sandboxShape),
  start: z.object(startShape),
};

/** `NAME_FILE` gives what `NAME` would: secrets as files of a container. */
function withFiles(env: Environment, faults: string[]): Environment {
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

function parse<Schema extends z.ZodType>(schema: Schema, env: Environment): z.output<Schema> {
  const faults: string[] = [];
  const merged = withFiles(env, faults);
  faults.push(...contradictions(merged));
  const result = schema.safeParse(merged);
  if (result.success && faults.length === 0) return result.data;
  const issues = result.success ? [] : result.error.issues;
  throw new ConfigError([...faults, ...issues.map(({ path, message }) => `${path.join('.')} ${message}`)]);
}

export interface TemporalSettings {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** The SDK's own variables (TLS, API key), which its reader understands. */
  readonly environment: Readonly<Record<string, string>>;
  readonly payloadKeys: readonly { readonly id: string; readonly key: Uint8Array }[];
}

const temporalOf = (env: Environment, parsed: z.output<typeof schemas.temporal>): TemporalSettings => ({
  address: parsed.TEMPORAL_ADDRESS,
  namespace: parsed.TEMPORAL_NAMESPACE,
  taskQueue: parsed.TEMPORAL_TASK_QUEUE,
  payloadKeys: parsed.PAYLOAD_KEYS,
  environment: Object.fromEntries(
    Object.entries(withFiles(env, [])).flatMap(([name, value]) =>
      name.startsWith('TEMPORAL_') && value !== undefined ? [[name, value]] : [],
    ),
  ),
});

export function temporalConfig(env: Environment = process.env): TemporalSettings {
  return temporalOf(env, parse(schemas.temporal, env));
}

type PaytoneParsed = z.output<z.ZodObject<typeof paytone>>;
const paytoneOf = (parsed: PaytoneParsed) => ({
  url: parsed.PAYTONE_URL,
  accountId: parsed.PAYTONE_ACCOUNT_ID,
  privateKey: parsed.PAYTONE_PRIVATE_KEY,
  publicKey: parsed.PAYTONE_PUBLIC_KEY,
  testMode: modeOf(parsed.PAYTONE_PRIVATE_KEY) === 'test',
  callbackSecrets: parsed.PAYTONE_CALLBACK_SECRETS ?? [parsed.PAYTONE_PRIVATE_KEY],
});

export function workerConfig(env: Environment = process.env) {
  const parsed = parse(schemas.worker, env);
  const { OUTCOME_URL: url, OUTCOME_SECRETS: outcomeSecrets } = parsed;
  return {
    temporal: temporalOf(env, parsed),
    paytone: paytoneOf(parsed),
    publicUrl: parsed.PUBLIC_URL,
    outcome: url === undefined ? null : { url, secrets: outcomeSecrets ?? [] },
    adminPort: parsed.ADMIN_PORT,
  };
}
export type WorkerConfig = ReturnType<typeof workerConfig>;

export function ingressConfig(env: Environment = process.env) {
  const parsed = parse(schemas.ingress, env);
  const account = paytoneOf(parsed);
  return {
    temporal: temporalOf(env, parsed),
    paytone: account,
    port: parsed.PORT,
    orderApiKeys: parsed.ORDER_API_KEYS,
    returnOrigins: parsed.RETURN_URL_ORIGINS,
    policy: {
      ttlSeconds: parsed.PAYMENT_TTL_SECONDS,
      maxAttempts: parsed.MAX_ATTEMPTS,
      pollPausesSeconds: parsed.POLL_SCHEDULE_SECONDS,
      testMode: account.testMode,
      latePayment: parsed.LATE_PAYMENT,
      paidAfterCancel: parsed.PAID_AFTER_CANCEL,
      redirects: {
        httpsOnly: account.url.startsWith('https:'),
        hosts: parsed.REDIRECT_HOSTS ?? null,
      },
      tellsOutcomes: parsed.OUTCOME_URL !== undefined,
    },
    adminPort: parsed.ADMIN_PORT,
  };
}
export type IngressConfig = ReturnType<typeof ingressConfig>;

export function codecConfig(env: Environment = process.env) {
  const parsed = parse(schemas.codec, env);
  return {
    port: parsed.PORT,
    payloadKeys: parsed.PAYLOAD_KEYS,
    tokens: parsed.CODEC_TOKENS,
    origins: parsed.CODEC_ORIGINS,
    adminPort: parsed.ADMIN_PORT,
  };
}

export function sandboxConfig(env: Environment = process.env) {
  const parsed = parse(schemas.sandbox, env);
  const account = {
    id: parsed.PAYTONE_ACCOUNT_ID,
    privateKey: parsed.PAYTONE_PRIVATE_KEY,
    publicKey: parsed.PAYTONE_PUBLIC_KEY,
  };
  return { port: parsed.PORT, publicUrl: parsed.PUBLIC_URL, account, adminPort: parsed.ADMIN_PORT };
}

/** Ports of `npm start`, and the environment in which it looks for a Temporal server. */
export function startConfig(env: Environment = process.env) {
  const parsed = parse(schemas.start, env);
  return {
    ports: {
      PORT: parsed.PORT,
      SHOP_PORT: parsed.SHOP_PORT,
      SANDBOX_PORT: parsed.SANDBOX_PORT,
      TEMPORAL_PORT: parsed.TEMPORAL_PORT,
      TEMPORAL_UI_PORT: parsed.TEMPORAL_UI_PORT,
    },
    temporalAddress: parsed.TEMPORAL_ADDRESS,
    environment: env,
  };
}
export type StartConfig = ReturnType<typeof startConfig>;
