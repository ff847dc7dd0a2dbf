import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestListener } from 'node:http';

const current = new AsyncLocalStorage<{ orderId?: string }>();

/** The order that the request is about, whose answer is being made; for lines of the log. */
export const orderOfRequest = (): { orderId?: string } => current.getStore() ?? {};

/** Knows each request's order from its path, where it names one that can be one. */
export const withOrder =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const [, orderId] = /^\/v1\/payments\/([A-Za-z0-9_-]{1,64})(?:[/?]|$)/.exec(request.url ?? '') ?? [];
    current.run(orderId === undefined ? {} : { orderId }, () => listener(request, response));
  };
