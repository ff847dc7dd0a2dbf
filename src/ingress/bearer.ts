import type { RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { placeOfBearer } from '../http/bearer-token.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Problem } from '../payments/problem.ts';
import { sendProblem } from './send-problem.ts';

interface OrderApiKey {
  /** The order service's name; two keys may share it while one replaces the other. */
  readonly name: string;
  /** SHA-256 of the key, which itself is not kept. */
  readonly digest: Uint8Array;
}

const noKey: Problem = {
  kind: 'unauthorized',
  status: 401,
  detail: 'The request carries no API key. Send "Authorization: Bearer <key>" with a key of ORDER_API_KEYS.',
};
const wrongKey: Problem = {
  ...noKey,
  detail:
    'The API key is not known here. Send "Authorization: Bearer <key>" with a key that ORDER_API_KEYS holds now.',
};

export interface BearerParts {
  readonly keys: readonly OrderApiKey[];
  /** Requests a minute of one key. */
  readonly rateLimit: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

const guessesPerMinute = 20;

/** Lets order services in by `Authorization: Bearer`; an address that sends wrong keys is answered 429 in the end. */
export function bearer({ keys, rateLimit: perMinute, metrics, logger }: BearerParts): RequestHandler {
  const digests = keys.map(({ digest }) => digest);
  const guesses = limitGuesses(Math.min(guessesPerMinute, perMinute));
  const refuse: RequestHandler = ({ ip }, response) => {
    logger.warn({ address: ip, answer: 401 }, 'wrong API key');
    response.set('www-authenticate', 'Bearer error="invalid_token"');
    sendProblem(response, wrongKey);
  };
  return (request, response, next) => {
    const place = placeOfBearer(request.get('authorization'), digests);
    const key = place === null ? undefined : keys[place];
    if (!key && request.get('authorization') === undefined) {
      response.set('www-authenticate', 'Bearer');
      sendProblem(response, noKey);
      return;
    }
    if (!key) {
      metrics.wrongKeys.inc();
      guesses(request, response, () => refuse(request, response, next));
      return;
    }
    response.locals['owner'] = key.name;
    response.locals['key'] = place;
    next();
  };
}

/** Who holds a key goes on, from whatever address. */
const limitGuesses = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) =>
      sendProblem(response, {
        kind: 'too-many-requests',
        status: 429,
        detail: `This address has sent over ${perMinute} wrong keys in a minute. Wait for Retry-After, and send a key of ORDER_API_KEYS.`,
      }),
  });

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
