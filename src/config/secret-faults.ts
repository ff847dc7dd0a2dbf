import { modeOf, type Environment } from './raw.ts';
import { demo } from './well-known.ts';

/** Whose parts are `name=secret`; others may end in the `=` of base64. */
const pairNames = ['ORDER_API_KEYS', 'PAYLOAD_KEYS'];
const secretNames = [
  'PAYTONE_PRIVATE_KEY',
  'PAYTONE_CALLBACK_SECRETS',
  'OUTCOME_SECRETS',
  'CODEC_TOKENS',
  ...pairNames,
];

const partsOf = (text: string | undefined): string[] => (text ?? '').split(',').map((part) => part.trim());
const valueOf = (pair: string): string => pair.slice(pair.indexOf('=') + 1);

/** Secrets that everybody knows, wherever they stand. */
export function wellKnownSecrets(env: Environment): string[] {
  const known: readonly string[] = [...Object.values(demo), valueOf(demo.payloadKey)];
  const secretOf = (name: string, part: string) => (pairNames.includes(name) ? valueOf(part) : part);
  return secretNames
    .filter((name) => partsOf(env[name]).some((part) => known.includes(secretOf(name, part))))
    .map(
      (name) => `${name} holds a secret of the demo (npm start), which everybody knows: make one of your own`,
    );
}

/** Secrets that are too easy to guess for real money. */
export function weakSecrets(env: Environment): string[] {
  if (modeOf(env['PAYTONE_PRIVATE_KEY']) !== 'live') return [];
  const checks: Readonly<Record<string, (part: string) => boolean>> = {
    PAYTONE_CALLBACK_SECRETS: (secret) => secret.length >= 16,
    ORDER_API_KEYS: (pair) => valueOf(pair).length >= 16,
    OUTCOME_SECRETS: (secret) => bytesOf(secret.replace(/^whsec_/, '')).length >= 24,
    PAYLOAD_KEYS: (pair) => new Set(bytesOf(valueOf(pair))).size >= 8,
  };
  return Object.entries(checks)
    .filter(([name, isStrong]) => partsOf(env[name]).some((part) => part !== '' && !isStrong(part)))
    .map(
      ([name]) => `${name} holds a secret that is too short or too regular for live Paytone keys: ${howTo}`,
    );
}

const howTo = 'docs/operating.md says how to make one';
const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
