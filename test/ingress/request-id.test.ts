import { once } from 'node:events';
import { createServer } from 'node:http';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import express from 'express';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemHandler } from '../../src/ingress/send-problem.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { createMetrics } from '../../src/observability/metrics.ts';
import { observePlatform } from '../../src/observability/platform-observer.ts';
import { withRequestContext } from '../../src/observability/request-context.ts';
import { startLoneIngress } from '../support/lone-ingress.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the id of a request', () => {
  const spans = new InMemorySpanExporter();
  let ingress: Awaited<ReturnType<typeof startLoneIngress>>;
  beforeAll(async () => {
    const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
    trace.setGlobalTracerProvider(provider);
    ingress = await startLoneIngress();
  });
  afterAll(async () => {
    await ingress.stop();
    trace.disable();
  });

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${ingress.url}${path}`, { method, headers });

  it.each([
    ['/livez', 'GET'],
    ['/docs', 'GET'],
    ['/nowhere', 'GET'],
    ['/v1/payments/A1', 'GET'],
    ['/v1/payments/%zz', 'GET'],
    ['/openapi.json', 'DELETE'],
    ['/callbacks/paytone', 'POST'],
    ['/return/token', 'GET'],
  ])('is carried by the answer of %s', async (path, method) => {
    expect((await ask(path, { 'x-request-id': 'shop-7.A_1' }, method)).headers.get('x-request-id')).toBe(
      'shop-7.A_1',
    );
    expect((await ask(path, {}, method)).headers.get('x-request-id')).toMatch(uuid);
  });

  it.each(['', 'x'.repeat(65), 'two words', '<script>', 'sally@secret.example', '4111111111111111'])(
    'is made where the request has none that is plain: %j',
    async (given) => {
      expect((await ask('/livez', { 'x-request-id': given })).headers.get('x-request-id')).toMatch(uuid);
    },
  );

  it.each([
    ['431', 'too-large', `GET /livez HTTP/1.1\r\nHost: x\r\nX-Filler: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['400', 'malformed', 'no request\r\n\r\n'],
    ['417', 'malformed', 'GET /livez HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n'],
  ])('is carried by a %s that no route gives, which is a problem as well', async (status, kind, request) => {
    const { hostname, port } = new URL(ingress.url);
    const socket = createConnection({ host: hostname, port: Number(port) });
    socket.write(request);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\nx-request-id: [0-9a-f-]{36}\r\n`));
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      type: `/docs/problems/${kind}`,
      status: Number(status),
      requestId: /x-request-id: (\S+)/.exec(answer)?.[1],
    });
  });

  it('stands in the problem and in the trace', async () => {
    const answer = await ask('/v1/payments/A1', { 'x-request-id': 'traced-1' });
    expect(await answer.json()).toMatchObject({ status: 401, requestId: 'traced-1' });
    const attributesOf = () => spans.getFinishedSpans().map(({ attributes }) => attributes);
    await expect.poll(attributesOf).toContainEqual(
      expect.objectContaining({
        'http.response.header.x-request-id': ['traced-1'],
        'http.route': expect.any(String) as string,
      }),
    );
  });
});

it('lines of a request name it and its order: our own faults, and what Paytone rejects meanwhile', async () => {
  const lines: string[] = [];
  const logger = createLogger('ingress', 'info', { write: (line) => void lines.push(line) });
  const observe = observePlatform(createMetrics(), logger);
  const app = express();
  app.use(async () => {
    await Promise.resolve();
    const answer = { operation: 'prerequest', answer: 'credentials', seconds: 0.1 };
    observe({ account: 'coma_test', ...answer, breakerIsOpen: true });
    throw new Error('quotes a customer');
  });
  app.use(problemHandler(logger, () => false));
  const server = createServer(withRequestContext(app)).listen(0);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  for (const [id, path] of [
    ['r1', '/v1/payments/A1001/refunds?x=1'],
    ['r2', '/v1/services'],
  ] as const) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'x-request-id': id } });
    expect(answer.status).toBe(500);
  }
  server.close();
  const named = lines.map((line) => JSON.parse(line) as { orderId?: string; requestId?: string });
  expect(named.map(({ orderId, requestId }) => [requestId, orderId])).toEqual([
    ['r1', 'A1001'],
    ['r1', 'A1001'],
    ['r2', undefined],
    ['r2', undefined],
  ]);
  expect(lines.join('')).not.toContain('quotes a customer');
});
