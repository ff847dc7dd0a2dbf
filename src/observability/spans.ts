import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { aboutRequest } from './request-context.ts';

// All of this does nothing, and costs next to nothing, until tracing is started.
export const tracer = () => trace.getTracer('paytone-payments');

const routes: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/payments\/[^/]+(\/(?:method|cancel|refunds|events|outcomes))?$/, '/v1/payments/{orderId}'],
  [/^\/return\/[^/]+$/, '/return/{token}'],
  [/^\/v1\/reports\/[^/]+$/, '/v1/reports/{day}'],
  [
    /^\/v1\/payments\/[^/]+\/outcomes\/[^/]+\/redeliver$/,
    '/v1/payments/{orderId}/outcomes/{webhookId}/redeliver',
  ],
  [/^\/(?:v1\/payments|v1\/services|callbacks\/paytone|openapi\.json|docs)$/, ''],
];

/** The route's pattern: what callers put into a path is theirs. */
export function routeOf(url = '/'): string {
  const [path = '/'] = url.split('?');
  for (const [pattern, route] of routes) {
    const found = pattern.exec(path);
    if (found) return route === '' ? path : `${route}${found[1] ?? ''}`;
  }
  return 'other';
}

/** Each request is a span, in the caller's trace where it names one: `traceparent` alone, since all else is free text. */
export const tracedListener =
  (listener: RequestListener): RequestListener =>
  (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
    const { method = 'GET', url, headers } = request;
    const route = routeOf(url);
    const { requestId } = aboutRequest();
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      ...(requestId !== undefined && { 'http.response.header.x-request-id': [requestId] }),
    };
    const parent = propagation.extract(ROOT_CONTEXT, { traceparent: headers['traceparent'] });
    const span = tracer().startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    response.once('close', () => {
      span.setAttribute('http.response.status_code', response.statusCode);
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(parent, span), () => listener(request, response));
  };

interface PlatformCall {
  readonly operation: string;
  readonly answer: string;
  readonly seconds: number;
}

/** A call of the platform that has just ended. */
export function tracePlatform({ operation, answer, seconds }: PlatformCall): void {
  const attributes = { 'paytone.operation': operation, 'paytone.answer': answer };
  const startTime = Date.now() - seconds * 1000;
  tracer().startSpan(`paytone ${operation}`, { kind: SpanKind.CLIENT, startTime, attributes }).end();
}

let chosen: string | null = null;
/** The id of the span that is being made, where it was chosen before: its children have run already. */
export const chosenSpanId = (): string | null => chosen;

interface EndedRun {
  readonly workflowType: string;
  readonly workflowId: string;
  readonly traceparent: string;
  readonly spanId: string;
  readonly from: number;
  readonly to: number;
}

/** A run of a workflow that has just ended. */
export function traceRun({ workflowType, workflowId, traceparent, spanId, from, to }: EndedRun): void {
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent });
  const attributes = { 'temporal.workflow_id': workflowId };
  chosen = spanId;
  const span = tracer().startSpan(`run ${workflowType}`, { startTime: from, attributes }, parent);
  chosen = null;
  span.end(to);
}
