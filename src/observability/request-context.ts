import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { holdsCardNumber } from '../domain/card-number.ts';

/** What is told of a request in lines of the log, problems and traces. */
export interface RequestContext {
  readonly requestId: string;
  /** Where the path names one that can be one. */
  readonly orderId?: string;
}

const current = new AsyncLocalStorage<RequestContext>();

/** The request whose answer is being made; empty outside of requests. */
export const aboutRequest = (): Partial<RequestContext> => current.getStore() ?? {};

const isPlainToken = (text: unknown): text is string =>
  typeof text === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(text) && !holdsCardNumber(text);

/** Every answer carries `X-Request-Id`: the request's own, or one made here. */
export const withRequestContext =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const given = request.headers['x-request-id'];
    const requestId = isPlainToken(given) ? given : randomUUID();
    response.setHeader('x-request-id', requestId);
    const [, orderId] = /^\/v1\/payments\/([A-Za-z0-9_-]{1,64})(?:[/?]|$)/.exec(request.url ?? '') ?? [];
    const isTellable = orderId !== undefined && !holdsCardNumber(orderId);
    const context = { requestId, ...(isTellable && { orderId }) };
    current.run(context, () => listener(request, response));
  };
