import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The place in `secrets` of the one that signed the body, or null. `X-Signature` is base64 of the binary
 * SHA-1 of secret + raw body + secret (docs/platform.md §5). Every secret is tried, in constant time.
 */
export function verifyCallback(
  rawBody: Buffer,
  header: string | undefined,
  secrets: readonly string[],
): number | null {
  const given = createHash('sha256')
    .update(header ?? '')
    .digest();
  const matches = secrets.map((secret) => {
    const expected = createHash('sha1').update(secret).update(rawBody).update(secret).digest('base64');
    // Digests of equal length, so that neither the text nor its length shows in the time taken.
    return timingSafeEqual(createHash('sha256').update(expected).digest(), given);
  });
  const index = matches.indexOf(true);
  return index === -1 ? null : index;
}
