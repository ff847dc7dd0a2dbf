import { readFileSync } from 'node:fs';
import type { Environment } from './raw.ts';

/** The SDK's own names, which may be given as files like ours. */
export const namesOfSdk = [
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS',
  'TEMPORAL_TLS_SERVER_NAME',
  'TEMPORAL_TLS_CLIENT_CERT_DATA',
  'TEMPORAL_TLS_CLIENT_KEY_DATA',
  'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
];

const [certificate, key, authority] = [
  'TEMPORAL_TLS_CLIENT_CERT',
  'TEMPORAL_TLS_CLIENT_KEY',
  'TEMPORAL_TLS_SERVER_CA_CERT',
];

/** What the SDK would fail on later, and in other words. */
export function tlsFaults(env: Environment): string[] {
  const given = [certificate, key, authority].filter(
    (name) => env[`${name}_PATH`] !== undefined || env[`${name}_DATA`] !== undefined,
  );
  const faults = given.flatMap((name) => pemFault(env, name));
  if (given.includes(certificate) !== given.includes(key))
    faults.push(`${certificate}_PATH and ${key}_PATH go together: one of them is missing`);
  return faults;
}

function pemFault(env: Environment, name: string): string[] {
  const path = env[`${name}_PATH`];
  if (path === undefined) return isPem(env[`${name}_DATA`] ?? '') ? [] : [`${name}_DATA must be PEM`];
  try {
    return isPem(readFileSync(path, 'utf8')) ? [] : [`${name}_PATH names a file that is not PEM: ${path}`];
  } catch {
    return [`${name}_PATH names an unreadable file: ${path}`];
  }
}

const isPem = (text: string): boolean => text.includes('-----BEGIN ');
