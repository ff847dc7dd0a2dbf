import { isLive, type Environment } from './raw.ts';
import { demo } from './well-known.ts';

const listedParts = (text: string | undefined): string[] =>
  (text ?? '').split(',').map((part) => part.trim());
const valueOf = (pair: string): string => pair.slice(pair.indexOf('=') + 1);
const itself = (part: string): string => part;

/** A token's reader, where one is named: what follows a plain token may be the padding of base64. */
export function namedToken(part: string): { readonly name: string | null; readonly token: string } {
  const [, name, token] = /^([^=]+)=([^=].*)$/.exec(part) ?? [];
  return name === undefined || token === undefined ? { name: null, token: part } : { name, token };
}

interface SecretKind {
  /** Where in a part of the list the secret stands. */
  readonly secretIn: (part: string) => string;
  readonly isStrong: (secret: string) => boolean;
}
const varied =
  (least: number): SecretKind['isStrong'] =>
  (secret) =>
    isLongAndVaried(secret, least);

const secretKinds = {
  // The platform's own work.
  PAYTONE_PRIVATE_KEY: { secretIn: itself, isStrong: () => true },
  PAYTONE_CALLBACK_SECRETS: { secretIn: itself, isStrong: varied(16) },
  OUTCOME_SECRETS: {
    secretIn: itself,
    isStrong: (secret) => isLongAndVaried(bytesOf(secret.replace(/^whsec_/, '')), 24),
  },
  CODEC_TOKENS: { secretIn: (part) => namedToken(part).token, isStrong: varied(16) },
  ORDER_API_KEYS: { secretIn: valueOf, isStrong: varied(16) },
  PAYLOAD_KEYS: { secretIn: valueOf, isStrong: (key) => isLongAndVaried(bytesOf(key), 32) },
} as const satisfies Readonly<Record<string, SecretKind>>;

/** Settings with a part that is at fault. */
const namesWith = (env: Environment, isFault: (part: string, kind: SecretKind) => boolean): string[] =>
  Object.entries(secretKinds)
    .filter(([name, kind]) => listedParts(env[name]).some((part) => part !== '' && isFault(part, kind)))
    .map(([name]) => name);

const knownSecrets: readonly string[] = [
  demo.apiKey,
  demo.codecToken,
  demo.outcomeSecret,
  demo.payloadKey,
  valueOf(demo.payloadKey),
];
const demoSecretFault = 'a secret of the demo (npm start), which everybody knows. Generate your own';
const isWeak = 'too short or repetitive. Generate one with "openssl rand", as docs/operating.md explains';

/** Secrets that everybody knows, wherever they stand; with the account of the demo nobody can take money. */
export const wellKnownSecrets = (env: Environment): string[] =>
  namesWith(env, (part, { secretIn }) => knownSecrets.includes(secretIn(part))).map(
    (name) => `${name} holds ${demoSecretFault}`,
  );

/** What is wrong with one secret that stands elsewhere than in its setting; null where nothing is. */
export function faultOfSecret(
  name: keyof typeof secretKinds,
  secret: string,
  { isLive, isDemo }: { readonly isLive: boolean; readonly isDemo: boolean },
): string | null {
  if (!isDemo && knownSecrets.includes(secret)) return `is ${demoSecretFault}`;
  return isLive && !secretKinds[name].isStrong(secret) ? `is ${isWeak}` : null;
}

/** Of bytes, their text in Latin-1. */
const bytesOf = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');

/** Of random text, hardly two runs of three characters are alike; what repeats itself has few of its own. */
function isLongAndVaried(text: string, least: number): boolean {
  if (text.length < least) return false;
  const runs = Array.from({ length: text.length - 2 }, (_, place) => text.slice(place, place + 3));
  return new Set(text).size >= 6 && new Set(runs).size >= runs.length * 0.75;
}

/** A codec server knows of no account, and shows everything: its own secrets are checked in any case. */
const ofCodec = ['CODEC_TOKENS', 'PAYLOAD_KEYS'];

/** Secrets that are too easy to guess for real money. */
export function weakSecrets(env: Environment, { isCodec }: { readonly isCodec: boolean }): string[] {
  return namesWith(env, (part, { secretIn, isStrong }) => !isStrong(secretIn(part)))
    .filter((name) => isLive(env) || (isCodec && ofCodec.includes(name)))
    .map((name) => `${name} holds a secret that is ${isWeak}`);
}
