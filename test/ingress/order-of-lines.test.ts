import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { fetch } from 'undici';
import { expect, it } from 'vitest';
import { problemHandler } from '../../src/ingress/problem.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { createMetrics } from '../../src/observability/metrics.ts';
import { observePlatform } from '../../src/observability/platform-observer.ts';
import { orderOfRequest, withOrder } from '../../src/observability/request-order.ts';

it('lines of a request name its order: our own faults, and what Paytone rejects meanwhile', async () => {
  const lines: string[] = [];
  const logger = createLogger('ingress', 'info', { write: (line) => void lines.push(line) });
  const observe = observePlatform(createMetrics(), logger, orderOfRequest);
  const app = express();
  app.use(async () => {
    await Promise.resolve();
    observe({ operation: 'prerequest', answer: 'credentials', seconds: 0.1, breakerIsOpen: true });
    throw new Error('quotes a customer');
  });
  app.use(problemHandler(logger, () => false));
  const server = createServer(withOrder(app)).listen(0);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  for (const path of ['/v1/payments/A1001/refunds?x=1', '/v1/services'])
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(500);
  server.close();
  const orders = lines.map((line) => (JSON.parse(line) as { orderId?: string }).orderId);
  expect(orders).toEqual(['A1001', 'A1001', undefined, undefined]);
  expect(lines.join('')).not.toContain('quotes a customer');
});
