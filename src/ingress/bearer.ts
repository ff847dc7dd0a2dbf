import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { sendProblem } from './problem.ts';

export interface OrderApiKey {
  /** The order service's name; two keys may share it while one replaces the other. */
  readonly name: string;
  readonly key: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `Authorization: Bearer`; keys are kept as digests and every one is compared, in constant time. */
export function bearer(keys: readonly OrderApiKey[]): RequestHandler {
  const known = keys.map(({ name, key }) => ({ name, digest: digest(key) }));
  return (request, response, next) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '');
    const owner = known.filter((it) => timingSafeEqual(it.digest, given)).at(0)?.name;
    if (owner === undefined) {
      response.set('www-authenticate', 'Bearer');
      sendProblem(response, {
        kind: 'unauthorized',
        status: 401,
        detail: 'Send "Authorization: Bearer <key>" with a key of ORDER_API_KEYS.',
      });
      return;
    }
    response.locals['owner'] = owner;
    next();
  };
}

/** The order service that asks. */
export const ownerOf = ({ locals }: Response): string => String(locals['owner']);
