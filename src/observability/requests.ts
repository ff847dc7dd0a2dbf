import type { RequestListener } from 'node:http';
import { Histogram, type Registry } from 'prom-client';
import { routeOf } from './spans.ts';

const methods: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST']);

/** Counts requests and how long each took, by route, method and status; a stream of events has no end that says anything. */
export function measuredListener(registry: Registry, listener: RequestListener): RequestListener {
  const seconds = new Histogram({
    name: 'paytone_request_seconds',
    help: 'Seconds of requests by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return (request, response) => {
    const route = routeOf(request.url);
    const { method = 'GET' } = request;
    const observe = seconds.startTimer({ route, method: methods.has(method) ? method : 'other' });
    if (!route.endsWith('/events'))
      response.once('close', () => observe({ status: String(response.statusCode) }));
    listener(request, response);
  };
}
