import { DefaultLogger, Runtime, type LogLevel } from '@temporalio/worker';
import type { Logger } from '../observability/logger.ts';

const levels: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};
/** What the SDK may add to a line: names and ids of ours, never arguments or results. */
const kept = ['workflowId', 'runId', 'workflowType', 'activityType', 'attempt', 'taskQueue', 'sdkComponent'];

/** Sends the SDK's own log lines through ours; once a process, before its first worker. */
export function logTemporalAs(logger: Logger): void {
  Runtime.install({
    logger: new DefaultLogger(logger.level === 'warn' ? 'WARN' : 'INFO', ({ level, message, meta }) => {
      const fields = Object.fromEntries(
        kept.flatMap((name) => (meta?.[name] === undefined ? [] : [[name, meta[name]]])),
      );
      logger[levels[level]](fields, message);
    }),
  });
}
