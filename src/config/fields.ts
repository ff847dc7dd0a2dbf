import { isIP } from 'node:net';
import { z } from 'zod';
import { parseAddresses } from '../http/address-list.ts';
import { isAccountId } from '../domain/identity.ts';
import { digestOf } from '../http/bearer-token.ts';
import { namedToken } from './secret-faults.ts';

const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
export const filledList = commaList.pipe(z.array(z.string()).min(1, 'is empty'));
export const filled = z.string({ error: 'is missing' }).min(1, 'is empty');
export const isHttpUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);
export const accountId = filled.refine(isAccountId, 'must be letters, digits, "_" or "-"');
export const httpUrl = filled
  .refine(isHttpUrl, 'must be an http(s) URL')
  .transform((text) => text.replace(/\/+$/, ''));
/** What stands between a URL and the paths below it; nothing at all is a prefix, too. */
export const pathPrefix = z
  .string()
  .regex(/^(?:\/[A-Za-z0-9._~-]+)*$/, 'must begin with "/" and not end with one, or be empty for no prefix');
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^[0-9]+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be between ${min} and ${max}`);
export const port = (preset: number) => whole(0, 65_535).default(preset);
/** Where a process listens: nobody else on the network reaches a loopback address. */
export const host = z
  .string()
  .refine((text) => text === 'localhost' || isIP(text) !== 0, 'must be an IP address, such as 0.0.0.0')
  .default('127.0.0.1');
/** Hosts as URLs have them, with a port where it is not the usual one. */
export const hosts = commaList.pipe(
  z
    .array(
      z
        .string()
        .toLowerCase()
        .refine(
          (text) => URL.canParse(`https://${text}`) && new URL(`https://${text}`).host === text,
          'must be hosts, such as pay.example.com',
        ),
    )
    .min(1, 'is empty'),
);
/** Source addresses, checked by `isAmong`. */
export const addresses = commaList.transform((parts, context) => {
  const parsed = parts.length === 0 ? null : parseAddresses(parts);
  if (parsed) return parsed;
  context.addIssue({
    code: 'custom',
    message: 'must be IP addresses or ranges, such as 192.0.2.7,2001:db8::/32',
  });
  return z.NEVER;
});
/** `name=token`; a plain token goes by its place. */
export const tokens = filledList.transform((parts) =>
  parts.map((part, place) => {
    const { name, token } = namedToken(part);
    return { name: name ?? `token ${place + 1}`, token };
  }),
);

const payloadKey = z
  .string()
  .regex(/^[^=]+=[A-Za-z0-9+/]{43}=$/, 'must be id=key, where the key is 32 bytes in base64')
  .transform((pair) => ({
    id: pair.slice(0, pair.indexOf('=')),
    key: new Uint8Array(Buffer.from(pair.slice(pair.indexOf('=') + 1), 'base64')),
  }));
export const payloadKeys = commaList.pipe(z.array(payloadKey).min(1, 'is empty'));

export const paytoneKey = (prefix: 'sk' | 'pk', text: z.ZodString) =>
  text.regex(new RegExp(`^${prefix}_(test|live)_.+`), `must begin with ${prefix}_test_ or ${prefix}_live_`);
export const key = (prefix: 'sk' | 'pk') => paytoneKey(prefix, filled);
/** Else whose payments a request is about would be a matter of order. */
const namesOneServiceAKey = (
  keys: readonly { readonly name: string; readonly digest: Uint8Array }[],
): boolean =>
  keys.every(({ name, digest }) =>
    keys.every((other) => other.name === name || Buffer.compare(other.digest, digest) !== 0),
  );
export const apiKeys = commaList.pipe(
  z
    .array(
      z
        .string()
        // Split at the first "=": keys may end in the padding of base64.
        .regex(/^[^=]+=.+$/, 'must be name=key')
        .transform((pair) => ({
          name: pair.slice(0, pair.indexOf('=')),
          digest: digestOf(pair.slice(pair.indexOf('=') + 1)),
        })),
    )
    .min(1, 'must name at least one order service')
    .refine(namesOneServiceAKey, 'gives the same key to two order services'),
);
export const origins = commaList.pipe(
  z.array(
    z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, 'must be an origin'),
  ),
);
export const outcomeSecret = (text: z.ZodString) =>
  text.regex(
    /^whsec_(?=.)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    'must be whsec_ followed by base64',
  );
export const secrets = commaList.pipe(z.array(outcomeSecret(z.string())).min(1));
export const pauses = commaList.pipe(z.array(whole(1, 86_400)).min(1));
