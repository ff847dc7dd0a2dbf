import type { RequestHandler, Response } from 'express';
import { placeOfBearer } from '../http/bearer-token.ts';
import type { Right } from '../http/right-names.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Problem } from '../payments/problem.ts';
import { limitGuesses } from './rate-limits.ts';
import { sendProblem } from './send-problem.ts';

interface OrderApiKey {
  /** The order service's name; two keys may share it while one replaces the other. */
  readonly name: string;
  /** SHA-256 of the key, which itself is not kept. */
  readonly digest: Uint8Array;
  readonly rights: readonly Right[];
}

const noKey: Problem = {
  kind: 'unauthorized',
  status: 401,
  detail:
    'The request carries no API key. Send "Authorization: Bearer <key>" with a key of your order service.',
};
const wrongKey: Problem = {
  ...noKey,
  detail:
    'The API key is not known here. Send "Authorization: Bearer <key>" with a key that your order service has now.',
};

export interface BearerParts {
  /** Those that are valid now. */
  readonly keys: () => readonly OrderApiKey[];
  /** Requests a minute of one key. */
  readonly rateLimit: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** Lets order services in by `Authorization: Bearer`; an address that sends wrong keys is answered 429 in the end. */
export function bearer({ keys, rateLimit: perMinute, metrics, logger }: BearerParts): RequestHandler {
  const guesses = limitGuesses(perMinute);
  const refuse: RequestHandler = ({ ip }, response) => {
    logger.warn({ address: ip, answer: 401 }, 'wrong API key');
    response.set('www-authenticate', 'Bearer error="invalid_token"');
    sendProblem(response, wrongKey);
  };
  return (request, response, next) => {
    const valid = keys();
    const place = placeOfBearer(
      request.get('authorization'),
      valid.map(({ digest }) => digest),
    );
    const key = place === null ? undefined : valid[place];
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
    response.locals['key'] = Buffer.from(key.digest).toString('base64');
    response.locals['rights'] = key.rights;
    next();
  };
}

/** The order service that asks. */
export const ownerOf = ({ locals }: Response): string => String(locals['owner']);
