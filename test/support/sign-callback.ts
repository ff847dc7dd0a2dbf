import { createHash } from 'node:crypto';

/** The `X-Signature` of a callback's body by a secret (docs/platform.md §5); written apart from what verifies it. */
export const signatureOf = (body: string, secret: string): string =>
  createHash('sha1').update(`${secret}${body}${secret}`).digest('base64');
