import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

/**
 * Answers a GET with an ETag, and with 304 where the asker has the same (RFC 9110, sections 8.8.3 and 13.1.2).
 * Express's own check takes `Cache-Control: no-cache`, which `fetch` adds to every conditional request, for a wish to
 * have the body anyway.
 */
export function sendTagged(request: Request, response: Response, body: object): void {
  const { text, tag } = tagged(body);
  response.set('etag', tag);
  const sent = (request.get('if-none-match') ?? '').split(',').map((it) => it.trim().replace(/^W\//, ''));
  if (sent.includes(tag) || sent.includes('*')) response.status(304).end();
  else response.type('json').send(text);
}

interface Tagged {
  readonly text: string;
  readonly tag: string;
}

const taggedBodies = new WeakMap<object, Tagged>();

/** A crowd that shares a look is answered with one text. */
function tagged(body: object): Tagged {
  const earlier = taggedBodies.get(body);
  if (earlier) return earlier;
  const text = JSON.stringify(body);
  const made = { text, tag: `"${createHash('sha256').update(text).digest('base64url')}"` };
  taggedBodies.set(body, made);
  return made;
}
