import type { RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { placeOfBearer } from '../access/bearer-token.ts';
import { sendProblem } from './problem.ts';

export interface OrderApiKey {
  /** The order service's name; two keys may share it while one replaces the other. */
  readonly name: string;
  /** SHA-256 of the key, which itself is not kept. */
  readonly digest: Uint8Array;
}

/** Lets order services in by `Authorization: Bearer`. */
export function bearer(keys: readonly OrderApiKey[]): RequestHandler {
  const digests = keys.map(({ digest }) => digest);
  return (request, response, next) => {
    const place = placeOfBearer(request.get('authorization'), digests);
    const key = place === null ? undefined : keys[place];
    if (!key) {
      response.set('www-authenticate', 'Bearer');
      sendProblem(response, {
        kind: 'unauthorized',
        status: 401,
        detail: 'Send "Authorization: Bearer <key>" with a key of ORDER_API_KEYS.',
      });
      return;
    }
    response.locals['owner'] = key.name;
    response.locals['key'] = place;
    next();
  };
}

/** The order service that asks. */
export const ownerOf = ({ locals }: Response): string => String(locals['owner']);

/** At most so many requests a minute of one key, told by `RateLimit` (draft-ietf-httpapi-ratelimit-headers-08). */
export const limitPerKey = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'key',
    keyGenerator: (_request, response) => String(response.locals['key']),
    handler: (_request, response) =>
      sendProblem(response, {
        kind: 'too-many-requests',
        status: 429,
        detail: `This key has made over ${perMinute} requests in a minute. Wait for Retry-After; follow payments with GET …/events instead of asking again and again.`,
      }),
  });
