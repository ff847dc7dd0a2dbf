import { createHash, timingSafeEqual } from 'node:crypto';

/** Wrong keys that one address may send. */
export const guessesPerMinute = 20;

/** What is kept of a key: its SHA-256. */
export const digestOf = (key: string): Uint8Array => createHash('sha256').update(key).digest();

/**
 * The place of the key that `Authorization: Bearer` carries (RFC 6750), or null. Digests have one length and every
 * one is compared in constant time, so that the time taken tells nothing of any key.
 */
export function placeOfBearer(
  authorization: string | undefined,
  digests: readonly Uint8Array[],
): number | null {
  const given = digestOf(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
  const places = digests.flatMap((digest, place) => (timingSafeEqual(digest, given) ? [place] : []));
  return places[0] ?? null;
}
