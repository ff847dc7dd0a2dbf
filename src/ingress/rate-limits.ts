import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { guessesPerMinute } from '../http/bearer-token.ts';
import { sendProblem } from './send-problem.ts';

/** At most 20 wrong keys a minute from one address, or as many as a key has requests. Who holds a key goes on, from whatever address. */
export function limitGuesses(requestsPerMinute: number): RequestHandler {
  const perMinute = Math.min(guessesPerMinute, requestsPerMinute);
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) =>
      sendProblem(response, {
        kind: 'too-many-requests',
        status: 429,
        detail: `This address has sent over ${perMinute} wrong keys in a minute. Wait for Retry-After, and send a key of your order service.`,
      }),
  });
}

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
