import { loadClientConnectConfig } from '@temporalio/envconfig';
import { isAmong, parseAddresses } from '../http/address-list.ts';
import { isLive, type Environment } from './raw.ts';

const loopback = parseAddresses(['127.0.0.0/8', '::1']);

/** What is safe on a developer's machine and not with real money. */
export function liveFaults(env: Environment): string[] {
  if (!isLive(env)) return [];
  return [...unencryptedUrls(env), ...unverifiedTls(env), ...plaintextTemporal(env)];
}

export const unencrypted =
  'must begin with https:// with live Paytone keys. Over http:, anybody in between can read and change what it carries';

const unencryptedUrls = (env: Environment): string[] =>
  ['PAYTONE_URL', 'OUTCOME_URL', 'PUBLIC_URL']
    .filter((name) => env[name]?.startsWith('http:'))
    .map((name) => `${name} ${unencrypted}`);

const unverifiedTls = (env: Environment): string[] =>
  env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
    ? [
        'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off TLS verification. Remove it; if you have your own certificate authority, name it in NODE_EXTRA_CA_CERTS',
      ]
    : [];

function plaintextTemporal(env: Environment): string[] {
  const address = env['TEMPORAL_ADDRESS'];
  if (address === undefined || env['TEMPORAL_PLAINTEXT'] === 'yes') return [];
  if (isLoopback(address) || encryptsPayloads(env)) return [];
  return [
    'TEMPORAL_ADDRESS is neither on this machine nor reached over TLS. Set TEMPORAL_TLS=true or certificates (docs/temporal-cloud.md), or TEMPORAL_PLAINTEXT=yes if nobody else can reach the network in between',
  ];
}

function isLoopback(address: string): boolean {
  const host = address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || (loopback !== null && isAmong(loopback, host));
}

/** As the SDK reads its own names. */
function encryptsPayloads(env: Environment): boolean {
  const given = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith('TEMPORAL_') && value !== undefined ? [[name, value] as const] : [],
  );
  try {
    const { tls } = loadClientConnectConfig({
      overrideEnvVars: Object.fromEntries(given),
      disableFile: true,
    }).connectionOptions;
    return Boolean(tls);
  } catch {
    // Told by `tlsFaults`, in words of ours.
    return true;
  }
}
