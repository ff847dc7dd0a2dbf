import { createServer } from 'node:http';
import { once } from 'node:events';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogLevel } from '@temporalio/worker';
import { orderOfWorkflow } from '../domain/identity.ts';
import type { Logger } from '../observability/logger.ts';

const levels: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** The SDK's own lines through our logger, which keeps what may be kept, with the order that they are about. */
export const temporalLogger = (logger: Logger): DefaultLogger =>
  new DefaultLogger(logger.level === 'warn' ? 'WARN' : 'INFO', ({ level, message, meta }) => {
    const workflowId: unknown = meta?.['workflowId'];
    const orderId = typeof workflowId === 'string' ? orderOfWorkflow(workflowId) : null;
    logger[levels[level]]({ ...meta, ...(orderId && { orderId }) }, message);
  });

// The native side would write to standard error by itself.
const logging = { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) };

/** Sends the SDK's own log lines through ours; once a process, before its first worker. */
export function logTemporalAs(logger: Logger): void {
  Runtime.install({ logger: temporalLogger(logger), telemetryOptions: { logging } });
}

/** The same, and measures: answers with how to read the SDK's own metrics, as Prometheus text. */
export async function measureTemporalAs(logger: Logger): Promise<() => Promise<string>> {
  const bindAddress = `127.0.0.1:${await freePort()}`;
  Runtime.install({
    logger: temporalLogger(logger),
    telemetryOptions: {
      logging,
      metrics: {
        prometheus: {
          bindAddress,
          useSecondsForDurations: true,
          unitSuffix: true,
          countersTotalSuffix: true,
        },
      },
    },
  });
  return async () => (await fetch(`http://${bindAddress}/metrics`)).text();
}

/** The SDK's exporter takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
