import { z } from 'zod';
import { toAccountId } from '../domain/identity.ts';
import { parseEnv, withFiles } from './environment.ts';
import {
  accountId,
  addresses,
  apiKeys,
  filled,
  host,
  hosts,
  httpUrl,
  key,
  origins,
  pathPrefix,
  pauses,
  payloadKeys,
  port,
  secrets,
  filledList,
  tokens,
  whole,
} from './fields.ts';
import { orderServicesOf, rereading } from './order-services.ts';
import { modeOf, type Environment } from './raw.ts';
import { namesOfSdk } from './temporal-tls.ts';

export { ConfigError } from './environment.ts';

const temporal = {
  TEMPORAL_ADDRESS: filled,
  TEMPORAL_NAMESPACE: filled.default('default'),
  TEMPORAL_TASK_QUEUE: filled.default('payments'),
  TEMPORAL_PLAINTEXT: z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('no'),
  PAYLOAD_KEYS: payloadKeys.default([]),
};

/** Health and metrics of a process. */
const admin = (preset: number) => ({ ADMIN_HOST: host, ADMIN_PORT: port(preset) });
const adminOf = (parsed: { readonly ADMIN_HOST: string; readonly ADMIN_PORT: number }) => ({
  host: parsed.ADMIN_HOST,
  port: parsed.ADMIN_PORT,
});

const paytone = {
  PAYTONE_URL: httpUrl,
  PAYTONE_API_PATH: pathPrefix.default('/api'),
  PAYTONE_PUBLIC_API_PATH: pathPrefix.default('/public-api'),
  PAYTONE_ACCOUNT_ID: accountId.transform(toAccountId),
  PAYTONE_PRIVATE_KEY: key('sk'),
  PAYTONE_PUBLIC_KEY: key('pk'),
  PAYTONE_CALLBACK_SECRETS: filledList.optional(),
  REDIRECT_HOSTS: hosts.optional(),
};

/** Who asks for payments and is told of them: the text of `ORDER_SERVICES_FILE`, or what stands for it. */
const serviceSettings = {
  ORDER_SERVICES: z.string().optional(),
  OUTCOME_URL: httpUrl.optional(),
};

/** What a payment goes by that is started. */
const policy = {
  PAYMENT_TTL_SECONDS: whole(840, 172_800).default(1800),
  POLL_SCHEDULE_SECONDS: pauses.default([120, 300, 600, 900]),
  MAX_ATTEMPTS: whole(1, 20).default(3),
  LATE_PAYMENT: z.enum(['review', 'refund', 'accept']).default('review'),
  PAID_AFTER_CANCEL: z.enum(['refund', 'review']).default('refund'),
  PAID_TWICE: z.enum(['review', 'refund']).default('review'),
};

const workerShape = {
  ...temporal,
  ...paytone,
  ...serviceSettings,
  ...policy,
  PUBLIC_URL: httpUrl,
  ORDER_API_KEYS: apiKeys.optional(),
  OUTCOME_SECRETS: secrets.optional(),
  SURVEY_SECONDS: whole(1, 3_600).default(30),
  WORKER_BUILD_ID: z
    .string()
    .max(255)
    .regex(/^[^.:]*$/, 'must not contain "." or ":"')
    .optional(),
  WORKER_DEPLOYMENT_NAME: filled.default('paytone-payments'),
  ...admin(9101),
};
/** What starting a payment takes, by the ingress or by a service that talks to Temporal itself. */
const clientShape = {
  ...temporal,
  ...paytone,
  ...serviceSettings,
  ...policy,
  RETURN_URL_ORIGINS: origins.default([]),
};
const ingressShape = {
  ...clientShape,
  PORT: port(3000),
  ORDER_API_KEYS: apiKeys.optional(),
  ORDER_API_RATE_LIMIT: whole(1, 10_000_000).default(30_000),
  PAYTONE_CALLBACK_ADDRESSES: addresses.optional(),
  TRUSTED_PROXIES: addresses.optional(),
  ...admin(9102),
};
const codecShape = {
  PORT: port(8081),
  TEMPORAL_NAMESPACE: filled.default('default'),
  PAYLOAD_KEYS: z.string({ error: 'is missing' }).pipe(payloadKeys),
  CODEC_TOKENS: z.string({ error: 'is missing' }).pipe(tokens),
  CODEC_ORIGINS: origins.default([]),
  CODEC_RATE_LIMIT: whole(1, 10_000_000).default(600),
  TRUSTED_PROXIES: addresses.optional(),
  ...admin(9103),
};
const sandboxShape = {
  PORT: port(4010),
  PUBLIC_URL: httpUrl.optional(),
  PAYTONE_ACCOUNT_ID: filled,
  PAYTONE_PRIVATE_KEY: key('sk'),
  PAYTONE_PUBLIC_KEY: key('pk'),
  ...admin(9104),
};

const startShape = {
  SHOP_PORT: port(3001),
  SANDBOX_PORT: port(4010),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  CODEC_PORT: port(8081),
  PORT: port(3000),
  TEMPORAL_ADDRESS: filled.optional(),
};

const parsers = {
  temporal: z.object(temporal),
  worker: z.object(workerShape),
  client: z.object(clientShape),
  ingress: z.object(ingressShape),
  codec: z.object(codecShape),
  sandbox: z.object(sandboxShape),
  start: z.object(startShape),
};

export interface TemporalSettings {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** The SDK's own variables (TLS, API key), which its reader understands. */
  readonly environment: Readonly<Record<string, string>>;
  readonly payloadKeys: readonly { readonly id: string; readonly key: Uint8Array }[];
}

const temporalOf = (env: Environment, parsed: z.output<typeof parsers.temporal>): TemporalSettings => ({
  address: parsed.TEMPORAL_ADDRESS,
  namespace: parsed.TEMPORAL_NAMESPACE,
  taskQueue: parsed.TEMPORAL_TASK_QUEUE,
  payloadKeys: parsed.PAYLOAD_KEYS,
  environment: Object.fromEntries(
    Object.entries(withFiles(env, namesOfSdk, [])).flatMap(([name, value]) =>
      name.startsWith('TEMPORAL_') && value !== undefined ? [[name, value]] : [],
    ),
  ),
});

export function temporalConfig(env: Environment = process.env): TemporalSettings {
  return temporalOf(env, parseEnv(parsers.temporal, env));
}

/** What an operator's command line needs: which Temporal, and the keys of its payloads. */
export const operatorConfig = (env: Environment = process.env): TemporalSettings => temporalConfig(env);

type PaytoneParsed = z.output<z.ZodObject<typeof paytone>>;
const paytoneOf = (parsed: PaytoneParsed) => ({
  url: parsed.PAYTONE_URL,
  apiPath: parsed.PAYTONE_API_PATH,
  publicApiPath: parsed.PAYTONE_PUBLIC_API_PATH,
  accountId: parsed.PAYTONE_ACCOUNT_ID,
  privateKey: parsed.PAYTONE_PRIVATE_KEY,
  publicKey: parsed.PAYTONE_PUBLIC_KEY,
  testMode: modeOf(parsed.PAYTONE_PRIVATE_KEY) === 'test',
  callbackSecrets: parsed.PAYTONE_CALLBACK_SECRETS ?? [parsed.PAYTONE_PRIVATE_KEY],
});

type PolicyParsed = z.output<z.ZodObject<typeof paytone & typeof policy>>;
function policyOf(parsed: PolicyParsed) {
  return {
    ttlSeconds: parsed.PAYMENT_TTL_SECONDS,
    maxAttempts: parsed.MAX_ATTEMPTS,
    pollPausesSeconds: parsed.POLL_SCHEDULE_SECONDS,
    testMode: paytoneOf(parsed).testMode,
    latePayment: parsed.LATE_PAYMENT,
    paidAfterCancel: parsed.PAID_AFTER_CANCEL,
    paidTwice: parsed.PAID_TWICE,
    redirects: { hosts: parsed.REDIRECT_HOSTS ?? null },
  };
}

const deploymentOf = (parsed: z.output<typeof parsers.worker>) =>
  parsed.WORKER_BUILD_ID
    ? { deploymentName: parsed.WORKER_DEPLOYMENT_NAME, buildId: parsed.WORKER_BUILD_ID }
    : null;

export function workerConfig(env: Environment = process.env, { isDemo = false } = {}) {
  const parsed = parseEnv(parsers.worker, env, { isDemo });
  return {
    temporal: temporalOf(env, parsed),
    paytone: paytoneOf(parsed),
    publicUrl: parsed.PUBLIC_URL,
    policy: policyOf(parsed),
    orderServices: orderServicesOf(parsed, paytoneOf(parsed)),
    rereadServices: rereading(env, () => parseEnv(parsers.worker, env, { isDemo }), paytoneOf(parsed)),
    surveyMs: parsed.SURVEY_SECONDS * 1000,
    deployment: deploymentOf(parsed),
    admin: adminOf(parsed),
  };
}
export type WorkerConfig = ReturnType<typeof workerConfig>;

function clientOf(env: Environment, parsed: z.output<typeof parsers.client>) {
  const account = paytoneOf(parsed);
  return {
    temporal: temporalOf(env, parsed),
    paytone: account,
    returnOrigins: parsed.RETURN_URL_ORIGINS,
    policy: policyOf(parsed),
    orderServices: orderServicesOf(parsed, account),
  };
}

/** A service that talks to Temporal itself. */
export const clientConfig = (env: Environment = process.env) => clientOf(env, parseEnv(parsers.client, env));

export function ingressConfig(env: Environment = process.env, { isDemo = false } = {}) {
  const parsed = parseEnv(parsers.ingress, env, { isDemo });
  return {
    ...clientOf(env, parsed),
    port: parsed.PORT,
    rereadServices: rereading(env, () => parseEnv(parsers.ingress, env, { isDemo }), paytoneOf(parsed)),
    rateLimit: parsed.ORDER_API_RATE_LIMIT,
    callbackAddresses: parsed.PAYTONE_CALLBACK_ADDRESSES ?? null,
    trustedProxies: parsed.TRUSTED_PROXIES ?? null,
    admin: adminOf(parsed),
  };
}
export type IngressConfig = ReturnType<typeof ingressConfig>;

export function codecConfig(env: Environment = process.env, { isDemo = false } = {}) {
  const parsed = parseEnv(parsers.codec, env, { isDemo });
  return {
    port: parsed.PORT,
    payloadKeys: parsed.PAYLOAD_KEYS,
    namespace: parsed.TEMPORAL_NAMESPACE,
    tokens: parsed.CODEC_TOKENS,
    origins: parsed.CODEC_ORIGINS,
    rateLimit: parsed.CODEC_RATE_LIMIT,
    trustedProxies: parsed.TRUSTED_PROXIES ?? null,
    admin: adminOf(parsed),
  };
}

export function sandboxConfig(env: Environment = process.env) {
  const parsed = parseEnv(parsers.sandbox, env);
  const account = {
    id: parsed.PAYTONE_ACCOUNT_ID,
    privateKey: parsed.PAYTONE_PRIVATE_KEY,
    publicKey: parsed.PAYTONE_PUBLIC_KEY,
  };
  return { port: parsed.PORT, publicUrl: parsed.PUBLIC_URL, account, admin: adminOf(parsed) };
}

/** Ports of `npm start`, and the environment in which it looks for a Temporal server. */
export function startConfig(env: Environment = process.env) {
  const parsed = parseEnv(parsers.start, env);
  return {
    ports: {
      PORT: parsed.PORT,
      SHOP_PORT: parsed.SHOP_PORT,
      SANDBOX_PORT: parsed.SANDBOX_PORT,
      TEMPORAL_PORT: parsed.TEMPORAL_PORT,
      TEMPORAL_UI_PORT: parsed.TEMPORAL_UI_PORT,
      CODEC_PORT: parsed.CODEC_PORT,
    },
    temporalAddress: parsed.TEMPORAL_ADDRESS,
    environment: env,
  };
}
export type StartConfig = ReturnType<typeof startConfig>;

/** Whether the standard environment of OpenTelemetry says where traces go. */
export const isTraced = (env: Environment = process.env): boolean =>
  env['OTEL_SDK_DISABLED']?.toLowerCase() !== 'true' &&
  Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']);
